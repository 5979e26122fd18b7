import Vocabulary

/// One batch in a segment file: a header with the directory of its runs, then the runs. Format: `docs/run-format.md`.
///
/// The header's checksum covers the checksum of every run, so that the header vouches for the whole frame, and each run
/// can be read and judged alone.
public struct SegmentFrame: Sendable, Hashable {
    /// Where a run lies in its frame.
    public struct Block: Sendable, Hashable {
        /// Bytes from the frame's beginning.
        public var start: Int
        public var length: Int
        public var checksum: UInt64
    }

    /// What wrote the frame: a batch's id, or the name of a compacted set.
    public let owner: String
    public let blocks: [Block]
    /// Header and runs, a multiple of eight bytes.
    public let length: Int

    /// `HFRM`, little-endian.
    static let magic: UInt32 = 0x4d52_4648
    static let version: UInt8 = 1
    static let ownerLength = 64
    static let fixedLength = 32 + ownerLength
    static let blockLength = 16

    /// The frame of the runs as bytes, for the segment of that number.
    public static func encode(owner: String, runs: [Run], segment: Int) -> (frame: SegmentFrame, bytes: [UInt8]) {
        encode(owner: owner, blocks: runs.map { $0.encoded() }, segment: segment)
    }

    /// The frame of encoded runs as bytes.
    public static func encode(
        owner: String, blocks encoded: [[UInt8]], segment: Int
    ) -> (frame: SegmentFrame, bytes: [UInt8]) {
        let headerLength = fixedLength + encoded.count * blockLength + 8
        var blocks: [Block] = []
        var at = headerLength
        for block in encoded {
            let sum = block.suffix(8).reversed().reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
            blocks.append(Block(start: at, length: block.count, checksum: sum))
            at += (block.count + 7) & ~7
        }
        var bytes: [UInt8] = []
        bytes.reserveCapacity(at)
        func append(_ value: some FixedWidthInteger) {
            withUnsafeBytes(of: value.littleEndian) { bytes.append(contentsOf: $0) }
        }
        append(magic)
        append(UInt32(version))
        append(UInt64(truncatingIfNeeded: segment))
        append(UInt64(truncatingIfNeeded: at))
        append(UInt32(truncatingIfNeeded: encoded.count))
        append(UInt32(truncatingIfNeeded: headerLength))
        let name = Array(owner.utf8.prefix(ownerLength))
        bytes += name + [UInt8](repeating: 0, count: ownerLength - name.count)
        for block in blocks {
            append(UInt32(truncatingIfNeeded: block.start))
            append(UInt32(truncatingIfNeeded: block.length))
            append(block.checksum)
        }
        append(XXHash64.hash(bytes))
        for block in encoded {
            bytes += block
            bytes.append(contentsOf: repeatElement(0, count: (8 - block.count % 8) % 8))
        }
        return (SegmentFrame(owner: owner, blocks: blocks, length: at), bytes)
    }

    init(owner: String, blocks: [Block], length: Int) {
        self.owner = owner
        self.blocks = blocks
        self.length = length
    }

    /// Reads and checks a whole frame: header, directory, and every run's checksum.
    /// - Throws: `collect.run_damaged` with the reason.
    public init(checking bytes: [UInt8], segment: Int) throws(Failure) {
        func damaged(_ reason: String) -> Failure { Failure("collect.run_damaged", ["reason": reason]) }
        func read<T: FixedWidthInteger>(_ at: Int, _: T.Type) -> T {
            bytes.withUnsafeBytes { T(littleEndian: $0.loadUnaligned(fromByteOffset: at, as: T.self)) }
        }
        guard bytes.count >= SegmentFrame.fixedLength + 8 else { throw damaged("length") }
        guard read(0, UInt32.self) == SegmentFrame.magic else { throw damaged("magic") }
        guard read(4, UInt32.self) == UInt32(SegmentFrame.version) else { throw damaged("version") }
        guard read(8, UInt64.self) == UInt64(segment) else { throw damaged("segment") }
        let count = Int(read(24, UInt32.self))
        let header = SegmentFrame.fixedLength + count * SegmentFrame.blockLength + 8
        guard read(16, UInt64.self) == UInt64(bytes.count), Int(read(28, UInt32.self)) == header,
            header <= bytes.count
        else { throw damaged("length") }
        let sum = bytes.withUnsafeBytes { XXHash64.hash(UnsafeRawBufferPointer(rebasing: $0[..<(header - 8)])) }
        guard read(header - 8, UInt64.self) == sum else { throw damaged("checksum") }
        var blocks: [Block] = []
        for index in 0..<count {
            let at = SegmentFrame.fixedLength + index * SegmentFrame.blockLength
            let block = Block(
                start: Int(read(at, UInt32.self)), length: Int(read(at + 4, UInt32.self)),
                checksum: read(at + 8, UInt64.self))
            guard block.start >= header, block.length >= 8, block.start + block.length <= bytes.count else {
                throw damaged("length")
            }
            let end = block.start + block.length - 8
            let actual = bytes.withUnsafeBytes {
                XXHash64.hash(UnsafeRawBufferPointer(rebasing: $0[block.start..<end]))
            }
            guard actual == block.checksum, read(end, UInt64.self) == actual else { throw damaged("checksum") }
            blocks.append(block)
        }
        let name = bytes[32..<(32 + SegmentFrame.ownerLength)].prefix { $0 != 0 }
        self.init(owner: String(decoding: name, as: UTF8.self), blocks: blocks, length: bytes.count)
    }
}

/// The first 4096 bytes of a segment file.
public enum SegmentHeader {
    /// Frames begin here, and groups of frames begin at multiples of it: what was acknowledged is never in a disk block
    /// that is written again.
    public static let length = 4096
    /// `HSEG`, little-endian.
    static let magic: UInt32 = 0x4745_5348
    static let version: UInt32 = 1

    /// Magic, version, number, file length, checksum of the 24 bytes before it, zeros.
    public static func encode(number: Int, fileLength: Int) -> [UInt8] {
        var bytes: [UInt8] = []
        func append(_ value: some FixedWidthInteger) {
            withUnsafeBytes(of: value.littleEndian) { bytes.append(contentsOf: $0) }
        }
        append(magic)
        append(version)
        append(UInt64(truncatingIfNeeded: number))
        append(UInt64(truncatingIfNeeded: fileLength))
        append(XXHash64.hash(bytes))
        return bytes + [UInt8](repeating: 0, count: length - bytes.count)
    }

    /// Whether the bytes begin a segment of that number.
    public static func isSound(_ bytes: [UInt8], number: Int) -> Bool {
        guard bytes.count >= length else { return false }
        func read<T: FixedWidthInteger>(_ at: Int, _: T.Type) -> T {
            bytes.withUnsafeBytes { T(littleEndian: $0.loadUnaligned(fromByteOffset: at, as: T.self)) }
        }
        return read(0, UInt32.self) == magic && read(4, UInt32.self) == version
            && read(8, UInt64.self) == UInt64(number) && read(24, UInt64.self) == XXHash64.hash(Array(bytes[..<24]))
    }
}
