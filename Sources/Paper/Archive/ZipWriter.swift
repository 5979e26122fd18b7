import Vocabulary

/// Writes a ZIP file whose bytes depend on nothing but its entries: no clock, no machine, no order but the given one.
public struct ZipWriter: Sendable {
    private var bytes: [UInt8] = []
    private var directory: [UInt8] = []
    private var count = 0

    public init() {}

    /// Adds an entry; small or incompressible content is stored as it is.
    /// - Throws: `paper.archive_damaged` when the packer has no memory.
    public mutating func add(_ path: String, _ content: [UInt8], packed isPacked: Bool = true) throws(Failure) {
        var body = content
        var method: UInt16 = 0
        if isPacked, content.count > 64 {
            let packed = try Deflate.pack(content)
            if packed.count < content.count {
                body = packed
                method = 8
            }
        }
        let name = Array(path.utf8)
        let offset = bytes.count
        let sizes =
            ZipWriter.uint32(Deflate.checksum(content)) + ZipWriter.uint32(UInt32(body.count))
            + ZipWriter.uint32(UInt32(content.count)) + ZipWriter.uint16(UInt16(name.count)) + ZipWriter.uint16(0)
        // Version 2.0, names in UTF-8, the first day a ZIP file can name.
        let common =
            ZipWriter.uint16(20) + ZipWriter.uint16(0x0800) + ZipWriter.uint16(method)
            + ZipWriter.uint16(0) + ZipWriter.uint16(0x0021)
        bytes += ZipWriter.uint32(0x0403_4B50) + common + sizes + name + body
        directory += ZipWriter.uint32(0x0201_4B50) + ZipWriter.uint16(20) + common + sizes
        directory += ZipWriter.uint16(0) + ZipWriter.uint16(0) + ZipWriter.uint16(0) + ZipWriter.uint32(0)
        directory += ZipWriter.uint32(UInt32(offset)) + name
        count += 1
    }

    /// Adds an entry of text in UTF-8.
    public mutating func add(_ path: String, _ text: String) throws(Failure) { try add(path, Array(text.utf8)) }

    /// The whole file.
    public func finished() -> [UInt8] {
        bytes + directory + ZipWriter.uint32(0x0605_4B50) + ZipWriter.uint32(0) + ZipWriter.uint16(UInt16(count))
            + ZipWriter.uint16(UInt16(count)) + ZipWriter.uint32(UInt32(directory.count))
            + ZipWriter.uint32(UInt32(bytes.count)) + ZipWriter.uint16(0)
    }

    private static func uint16(_ value: UInt16) -> [UInt8] { [UInt8(value & 0xFF), UInt8(value >> 8)] }

    private static func uint32(_ value: UInt32) -> [UInt8] {
        uint16(UInt16(value & 0xFFFF)) + uint16(UInt16(value >> 16))
    }
}
