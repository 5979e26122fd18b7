import Vocabulary

extension Run {
    /// The version whose facts are packed column by column.
    static let packedVersion: UInt8 = 2
    static let packedHeaderLength = 28
    /// So many different values of a word are listed once.
    static let longestList = 256

    /// The run as bytes: header, blocks of 128 facts packed by base and width, checksum. Format: `docs/run-format.md`.
    public func encoded() -> [UInt8] {
        let layout = entries.withUnsafeBufferPointer { ColumnLayout($0) }
        var writer = PackedWriter(capacity: Run.packedHeaderLength + entries.count * 20 + 64)
        writer.append(Run.magic)
        writer.append(Run.packedVersion)
        writer.append(kind.rawValue)
        writer.append(0 as UInt16)
        writer.append(Int32(truncatingIfNeeded: day))
        writer.append(UInt32(truncatingIfNeeded: rows))
        writer.append(UInt32(truncatingIfNeeded: entries.count))
        for mode in layout.modes { writer.append(mode.rawValue) }
        writer.append(UInt16(layout.list.count))
        for column in RunColumn.allCases where layout.modes[column.rawValue] == .constant {
            writer.append(layout.constants[column.rawValue])
        }
        for value in layout.list { writer.append(value) }
        entries.withUnsafeBufferPointer { Run.appendBlocks($0, layout, to: &writer) }
        writer.append(XXHash64.hash(writer.bytes))
        return writer.bytes
    }

    private static func appendBlocks(
        _ entries: UnsafeBufferPointer<RunEntry>, _ layout: ColumnLayout, to writer: inout PackedWriter
    ) {
        let listWidth = PackedWriter.width(of: UInt64(max(0, layout.list.count - 1)))
        withUnsafeTemporaryAllocation(of: UInt64.self, capacity: PackedWriter.blockLength) { block in
            for start in stride(from: 0, to: entries.count, by: PackedWriter.blockLength) {
                let facts = UnsafeBufferPointer(
                    rebasing: entries[start..<min(start + PackedWriter.blockLength, entries.count)])
                let words = UnsafeMutableBufferPointer(rebasing: block[..<facts.count])
                for column in RunColumn.allCases {
                    let mode = layout.modes[column.rawValue]
                    if mode == .constant { continue }
                    ColumnLayout.read(column, of: facts, into: words)
                    if mode == .listed {
                        for index in words.indices { words[index] = layout.place(of: words[index]) }
                        writer.pack(UnsafeBufferPointer(words), width: listWidth)
                    } else {
                        writer.appendBlock(words, mode: mode)
                    }
                }
            }
        }
    }

    /// Judges an encoded run without unpacking it.
    /// - Throws: `collect.run_damaged` with the reason.
    public static func check(_ bytes: [UInt8]) throws(Failure) {
        if bytes.count > 4, bytes[4] == Run.version {
            _ = try Run(plain: bytes)
        } else {
            _ = try RunCursor(bytes)
        }
    }

    /// Reads what `encoded` wrote, in this version or the one before.
    /// - Throws: `collect.run_damaged` with the reason: not a run, another version, cut short, wrong checksum.
    public init(encoded bytes: [UInt8]) throws(Failure) {
        if bytes.count > 4, bytes[4] == Run.version {
            try self.init(plain: bytes)
            return
        }
        let cursor = try RunCursor(bytes)
        var entries: [RunEntry] = []
        entries.reserveCapacity(min(cursor.count, bytes.count * 128))
        while true {
            let count = try cursor.next()
            if count == 0 { break }
            for index in 0..<count { entries.append(cursor.entry(index)) }
        }
        self.init(kind: cursor.kind, day: cursor.day, entries: entries, rows: cursor.rows)
    }
}

/// How each column of a run is stored, chosen by what is in it.
private struct ColumnLayout {
    var modes: [ColumnMode] = []
    var constants: [UInt64] = []
    /// Ascending.
    var list: [UInt64] = []

    init(_ entries: UnsafeBufferPointer<RunEntry>) {
        let first = entries.first ?? RunEntry(key: .zero)
        var differing = RunEntry(key: .zero)
        for entry in entries {
            differing.key.high |= entry.key.high ^ first.key.high
            differing.key.low |= entry.key.low ^ first.key.low
            differing.second.high |= entry.second.high ^ first.second.high
            differing.second.low |= entry.second.low ^ first.second.low
            differing.a |= entry.a ^ first.a
            differing.b |= entry.b ^ first.b
        }
        constants = [first.key.high, first.key.low, first.second.high, first.second.low, first.a, first.b]
        let marks = [
            differing.key.high, differing.key.low, differing.second.high, differing.second.low, differing.a,
            differing.b,
        ]
        modes = marks.map { $0 == 0 ? .constant : .packed }
        if modes[0] == .packed { modes[0] = .rising }
        if modes[4] == .packed, entries.count > 16, let found = ColumnLayout.fewValues(entries) {
            list = found
            modes[4] = .listed
        }
    }

    /// The different values of `a`, ascending; nil when there are more than a list holds.
    private static func fewValues(_ entries: UnsafeBufferPointer<RunEntry>) -> [UInt64]? {
        var found: [UInt64] = []
        var latest: UInt64?
        for entry in entries where entry.a != latest {
            latest = entry.a
            let place = ColumnLayout.place(of: entry.a, in: found)
            if place < found.count, found[place] == entry.a { continue }
            // A list must be far shorter than the run, or it saves nothing.
            if found.count == Run.longestList || found.count * 4 > entries.count { return nil }
            found.insert(entry.a, at: place)
        }
        return found
    }

    /// The place of a value in the list.
    func place(of value: UInt64) -> UInt64 { UInt64(ColumnLayout.place(of: value, in: list)) }

    private static func place(of value: UInt64, in list: [UInt64]) -> Int {
        var (low, high) = (0, list.count)
        while low < high {
            let middle = (low + high) / 2
            if list[middle] < value { low = middle + 1 } else { high = middle }
        }
        return low
    }

    static func read(
        _ column: RunColumn, of entries: UnsafeBufferPointer<RunEntry>, into words: UnsafeMutableBufferPointer<UInt64>
    ) {
        switch column {
        case .keyHigh: for index in entries.indices { words[index] = entries[index].key.high }
        case .keyLow: for index in entries.indices { words[index] = entries[index].key.low }
        case .secondHigh: for index in entries.indices { words[index] = entries[index].second.high }
        case .secondLow: for index in entries.indices { words[index] = entries[index].second.low }
        case .a: for index in entries.indices { words[index] = entries[index].a }
        case .b: for index in entries.indices { words[index] = entries[index].b }
        }
    }
}
