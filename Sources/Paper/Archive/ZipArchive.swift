import CZlib
import Vocabulary

/// The entries of a ZIP file, as its central directory tells them; an entry is unpacked when it is asked for.
///
/// Stored and deflated entries are read; encrypted ones, several volumes and ZIP64 are refused. What is unpacked is
/// bounded and its check sum is compared, so that neither a bomb nor a damaged file passes.
public struct ZipArchive: Sendable {
    /// One entry as listed.
    public struct Entry: Sendable, Hashable {
        /// The path inside the archive, with `/` between its parts.
        public let path: String
        /// Bytes when unpacked, as the directory says.
        public let size: Int
        let method: UInt16
        let packedSize: Int
        let checksum: UInt32
        let offset: Int
    }

    /// In the order of the central directory.
    public let entries: [Entry]
    private let bytes: [UInt8]
    private let byPath: [String: Int]

    /// - Parameter entryLimit: more entries than that are refused.
    /// - Throws: `paper.archive_damaged`, `paper.archive_encrypted`, `paper.archive_too_large`.
    public init(_ bytes: [UInt8], entryLimit: Int = 4_096) throws(Failure) {
        guard let end = ZipArchive.directoryEnd(bytes) else { throw Failure("paper.archive_damaged") }
        let reader = ByteReader(bytes)
        guard let count = reader.uint16(end + 10), let start = reader.uint32(end + 16),
            start != 0xFFFF_FFFF, count != 0xFFFF
        else { throw Failure("paper.archive_damaged") }
        guard Int(count) <= entryLimit else {
            throw Failure("paper.archive_too_large", ["limit": "\(entryLimit)"])
        }
        var entries: [Entry] = []
        var byPath: [String: Int] = [:]
        var at = Int(start)
        for _ in 0..<count {
            guard let entry = try ZipArchive.entry(reader, &at) else { throw Failure("paper.archive_damaged") }
            byPath[entry.path] = byPath[entry.path] ?? entries.count
            entries.append(entry)
        }
        self.entries = entries
        self.bytes = bytes
        self.byPath = byPath
    }

    /// The entry at a path; nil when there is none.
    public subscript(path: String) -> Entry? { byPath[path].map { entries[$0] } }

    /// Unpacks one entry of at most `limit` bytes.
    /// - Throws: `paper.archive_too_large`, `paper.archive_damaged`.
    public func unpack(_ entry: Entry, limit: Int) throws(Failure) -> [UInt8] {
        guard entry.size <= limit else {
            throw Failure("paper.archive_too_large", ["limit": "\(limit / 1_048_576) MiB"])
        }
        let reader = ByteReader(bytes)
        guard reader.uint32(entry.offset) == 0x0403_4B50, let name = reader.uint16(entry.offset + 26),
            let extra = reader.uint16(entry.offset + 28)
        else { throw Failure("paper.archive_damaged") }
        let from = entry.offset + 30 + Int(name) + Int(extra)
        guard from + entry.packedSize <= bytes.count else { throw Failure("paper.archive_damaged") }
        let packed = bytes[from..<from + entry.packedSize]
        let unpacked: [UInt8]
        switch entry.method {
        case 0: unpacked = Array(packed)
        case 8: unpacked = try Deflate.unpack(packed, size: entry.size)
        default: throw Failure("paper.archive_damaged")
        }
        guard unpacked.count == entry.size, Deflate.checksum(unpacked) == entry.checksum else {
            throw Failure("paper.archive_damaged")
        }
        return unpacked
    }

    private static func entry(_ reader: ByteReader, _ at: inout Int) throws(Failure) -> Entry? {
        guard reader.uint32(at) == 0x0201_4B50, let flags = reader.uint16(at + 8), let method = reader.uint16(at + 10),
            let checksum = reader.uint32(at + 16), let packed = reader.uint32(at + 20),
            let size = reader.uint32(at + 24), let nameLength = reader.uint16(at + 28),
            let extra = reader.uint16(at + 30), let comment = reader.uint16(at + 32),
            let offset = reader.uint32(at + 42), packed != 0xFFFF_FFFF, size != 0xFFFF_FFFF,
            let name = reader.text(at + 46, Int(nameLength))
        else { return nil }
        if flags & 1 != 0 { throw Failure("paper.archive_encrypted") }
        at += 46 + Int(nameLength) + Int(extra) + Int(comment)
        let path = name.replacing("\\", with: "/")
        return Entry(
            path: path, size: Int(size), method: method, packedSize: Int(packed), checksum: checksum,
            offset: Int(offset))
    }

    private static func directoryEnd(_ bytes: [UInt8]) -> Int? {
        guard bytes.count >= 22 else { return nil }
        let reader = ByteReader(bytes)
        var at = bytes.count - 22
        let last = max(0, bytes.count - 22 - 65_535)
        while at >= last {
            if bytes[at] == 0x50, reader.uint32(at) == 0x0605_4B50 { return at }
            at -= 1
        }
        return nil
    }
}

/// Little-endian numbers at a place in bytes; nil beyond the end.
struct ByteReader {
    let bytes: [UInt8]

    init(_ bytes: [UInt8]) { self.bytes = bytes }

    func uint16(_ at: Int) -> UInt16? {
        guard at >= 0, at + 2 <= bytes.count else { return nil }
        return UInt16(bytes[at]) | UInt16(bytes[at + 1]) << 8
    }

    func uint32(_ at: Int) -> UInt32? {
        guard let low = uint16(at), let high = uint16(at + 2) else { return nil }
        return UInt32(low) | UInt32(high) << 16
    }

    func text(_ at: Int, _ count: Int) -> String? {
        guard at >= 0, at + count <= bytes.count else { return nil }
        return String(decoding: bytes[at..<at + count], as: UTF8.self)
    }
}
