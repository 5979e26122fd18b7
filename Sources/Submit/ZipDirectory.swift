/// The central directory of a ZIP file: names and flags, nothing unpacked.
///
/// Source: PKWARE APPNOTE 6.3, sections 4.3.12 and 4.3.16. ZIP64 and split archives are not read: no office file under
/// the size limit needs them.
struct ZipDirectory {
    struct Entry {
        let name: String
        let isEncrypted: Bool
        /// Bytes when unpacked, as the directory claims.
        let size: Int
        /// 0 stored, 8 deflated.
        let method: Int
        /// Bytes as packed.
        let packed: Int
        /// Where the entry's own head stands.
        let offset: Int
    }

    let entries: [Entry]

    /// Nil when the bytes end in no readable directory.
    init?(_ bytes: [UInt8]) {
        guard bytes.count >= 22, let end = ZipDirectory.endRecord(bytes) else { return nil }
        func short(_ at: Int) -> Int { Int(bytes[at]) | Int(bytes[at + 1]) << 8 }
        func long(_ at: Int) -> Int { short(at) | short(at + 2) << 16 }
        let count = short(end + 10)
        var at = long(end + 16)
        var entries: [Entry] = []
        for _ in 0..<count {
            guard at + 46 <= end, long(at) == 0x0201_4B50 else { return nil }
            let nameLength = short(at + 28)
            let next = at + 46 + nameLength + short(at + 30) + short(at + 32)
            guard next <= end else { return nil }
            let name = String(decoding: bytes[(at + 46)..<(at + 46 + nameLength)], as: UTF8.self)
            entries.append(
                Entry(
                    name: name, isEncrypted: short(at + 8) & 1 != 0, size: long(at + 24), method: short(at + 10),
                    packed: long(at + 20), offset: long(at + 42)))
            at = next
        }
        self.entries = entries
    }

    /// Where the end record stands: in the last 64 KiB, before a comment.
    private static func endRecord(_ bytes: [UInt8]) -> Int? {
        let first = max(0, bytes.count - 22 - 65_535)
        var at = bytes.count - 22
        while at >= first {
            if bytes[at] == 0x50, bytes[at + 1] == 0x4B, bytes[at + 2] == 5, bytes[at + 3] == 6 { return at }
            at -= 1
        }
        return nil
    }
}
