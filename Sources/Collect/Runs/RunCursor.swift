import Vocabulary

/// Walks through an encoded run block by block, without unpacking it whole.
public final class RunCursor {
    public let kind: RecordKind
    public let day: Int
    /// Rows that went in.
    public let rows: Int
    /// Facts of the run.
    public let count: Int
    private let source: [UInt8]
    private let modes: [ColumnMode]
    private let constants: [UInt64]
    private let list: [UInt64]
    private let listWidth: Int
    private var at: Int
    private let end: Int
    private var left: Int
    /// Six columns of a block's words.
    private let words: UnsafeMutablePointer<UInt64>

    /// - Throws: `collect.run_damaged` with the reason: not a run, another version, cut short, wrong checksum.
    public init(_ bytes: [UInt8]) throws(Failure) {
        func damaged(_ reason: String) -> Failure { Failure("collect.run_damaged", ["reason": reason]) }
        func read<T: FixedWidthInteger>(_ at: Int, _: T.Type) -> T {
            bytes.withUnsafeBytes { T(littleEndian: $0.loadUnaligned(fromByteOffset: at, as: T.self)) }
        }
        guard bytes.count >= Run.packedHeaderLength + 8 else { throw damaged("length") }
        guard read(0, UInt32.self) == Run.magic else { throw damaged("magic") }
        guard bytes[4] == Run.packedVersion else { throw damaged("version") }
        let end = bytes.count - 8
        let sum = bytes.withUnsafeBytes { XXHash64.hash(UnsafeRawBufferPointer(rebasing: $0[..<end])) }
        guard read(end, UInt64.self) == sum else { throw damaged("checksum") }
        guard let kind = RecordKind(rawValue: bytes[5]) else { throw damaged("kind") }
        var at = Run.packedHeaderLength
        var modes: [ColumnMode] = []
        var constants: [UInt64] = []
        for column in RunColumn.allCases {
            guard let mode = ColumnMode(rawValue: bytes[20 + column.rawValue]) else { throw damaged("column") }
            modes.append(mode)
            guard mode == .constant else {
                constants.append(0)
                continue
            }
            guard at + 8 <= end else { throw damaged("length") }
            constants.append(read(at, UInt64.self))
            at += 8
        }
        let listLength = Int(read(26, UInt16.self))
        guard at + listLength * 8 <= end else { throw damaged("length") }
        list = (0..<listLength).map { read(at + $0 * 8, UInt64.self) }
        listWidth = PackedWriter.width(of: UInt64(max(0, listLength - 1)))
        self.kind = kind
        self.day = Int(read(8, Int32.self))
        self.rows = Int(read(12, UInt32.self))
        self.count = Int(read(16, UInt32.self))
        self.source = bytes
        self.modes = modes
        self.constants = constants
        self.at = at + listLength * 8
        self.end = end
        self.left = count
        self.words = .allocate(capacity: PackedWriter.blockLength * RunColumn.allCases.count)
        words.initialize(repeating: 0, count: PackedWriter.blockLength * RunColumn.allCases.count)
        for column in RunColumn.allCases where modes[column.rawValue] == .constant {
            self.column(column).update(repeating: constants[column.rawValue], count: PackedWriter.blockLength)
        }
    }

    deinit { words.deallocate() }

    /// The words of a column in the block read last; valid until the next call of `next`.
    @inline(__always)
    func column(_ column: RunColumn) -> UnsafeMutablePointer<UInt64> {
        words + column.rawValue * PackedWriter.blockLength
    }

    /// Reads the next block; the number of its facts, 0 at the end.
    /// - Throws: `collect.run_damaged`.
    @inline(__always)
    func next() throws(Failure) -> Int {
        let count = min(left, PackedWriter.blockLength)
        if count == 0 { return 0 }
        left -= count
        let (modes, list, listWidth, words, end) = (modes, list, listWidth, words, end)
        var place = at
        let isSound = source.withUnsafeBytes { bytes in
            var reader = PackedReader(bytes: bytes, at: place, end: end)
            for index in 0..<modes.count {
                let out = words + index * PackedWriter.blockLength
                switch modes[index] {
                case .constant: continue
                case .packed, .rising:
                    guard reader.readBlock(out, count: count, mode: modes[index]) else { return false }
                case .listed:
                    guard reader.unpack(out, count: count, width: listWidth) else { return false }
                    for fact in 0..<count {
                        guard out[fact] < UInt64(list.count) else { return false }
                        out[fact] = list[Int(out[fact])]
                    }
                }
            }
            place = reader.at
            return true
        }
        guard isSound else { throw Failure("collect.run_damaged", ["reason": "block"]) }
        at = place
        return count
    }

    /// A fact of the block read last.
    @inline(__always)
    func entry(_ index: Int) -> RunEntry {
        let stride = PackedWriter.blockLength
        return RunEntry(
            key: RecordKey(high: words[index], low: words[index + stride]),
            second: RecordKey(high: words[index + 2 * stride], low: words[index + 3 * stride]),
            a: words[index + 4 * stride], b: words[index + 5 * stride])
    }
}
