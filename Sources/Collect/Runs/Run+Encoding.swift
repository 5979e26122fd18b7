import Vocabulary

/// Which words of a fact a kind uses; the others are zero and are not stored.
struct RunLayout {
    let hasSecond: Bool
    let hasA = true
    let hasB: Bool

    init(_ kind: RecordKind) {
        switch kind {
        case .point:
            hasSecond = true
            hasB = true
        case .subscription, .call:
            hasSecond = true
            hasB = false
        case .device, .app, .user, .summary:
            hasSecond = false
            hasB = false
        case .node, .gauge, .model, .developer, .company:
            hasSecond = false
            hasB = true
        }
    }

    /// Bytes of one fact.
    var width: Int { 24 + (hasSecond ? 16 : 0) + (hasB ? 8 : 0) }
}

extension Run {
    /// `HRUN`, little-endian.
    static let magic: UInt32 = 0x4e55_5248
    static let version: UInt8 = 1
    static let headerLength = 20

    /// Reads a run of version 1, whose facts stand one after the other in fixed width.
    /// - Throws: `collect.run_damaged` with the reason: not a run, another version, cut short, wrong checksum.
    init(plain bytes: [UInt8]) throws(Failure) {
        func damaged(_ reason: String) -> Failure { Failure("collect.run_damaged", ["reason": reason]) }
        guard bytes.count >= Run.headerLength + 8 else { throw damaged("length") }
        func read<T: FixedWidthInteger>(_ at: Int, _: T.Type) -> T {
            bytes.withUnsafeBytes { T(littleEndian: $0.loadUnaligned(fromByteOffset: at, as: T.self)) }
        }
        guard read(0, UInt32.self) == Run.magic else { throw damaged("magic") }
        guard bytes[4] == Run.version else { throw damaged("version") }
        guard let kind = RecordKind(rawValue: bytes[5]) else { throw damaged("kind") }
        let layout = RunLayout(kind)
        let count = Int(read(16, UInt32.self))
        guard Int(read(6, UInt16.self)) == layout.width,
            bytes.count == Run.headerLength + count * layout.width + 8
        else { throw damaged("length") }
        guard read(bytes.count - 8, UInt64.self) == Run.checksum(bytes[..<(bytes.count - 8)]) else {
            throw damaged("checksum")
        }
        var entries: [RunEntry] = []
        entries.reserveCapacity(count)
        var at = Run.headerLength
        func word() -> UInt64 {
            defer { at += 8 }
            return read(at, UInt64.self)
        }
        for _ in 0..<count {
            var entry = RunEntry(key: RecordKey(high: word(), low: word()))
            if layout.hasSecond { entry.second = RecordKey(high: word(), low: word()) }
            entry.a = word()
            if layout.hasB { entry.b = word() }
            entries.append(entry)
        }
        self.init(kind: kind, day: Int(read(8, Int32.self)), entries: entries, rows: Int(read(12, UInt32.self)))
    }

    /// SipHash-2-4 under the zero key: against damage, not against people.
    private static func checksum(_ bytes: ArraySlice<UInt8>) -> UInt64 {
        let zero = KeySeed(k0: 0, k1: 0)
        return bytes.withUnsafeBufferPointer { SipHash128(seed: zero).hash(prefix: 0, $0).high }
    }
}
