import CQRCode
import CZlib
import Vocabulary

/// A QR code as dark and light squares. Source: ISO/IEC 18004, by libqrencode.
public struct QRCode: Sendable, Hashable {
    /// Squares on a side, without the quiet zone of four on each side that a reader needs.
    public let size: Int
    /// Row by row; true is dark.
    public let modules: [Bool]

    /// The smallest code that carries the text and still reads when a quarter of it is covered.
    /// - Throws: `paper.code_too_long` when the text does not fit.
    public init(_ text: String) throws(Failure) {
        guard let code = QRcode_encodeString8bit(text, 0, QR_ECLEVEL_Q) else {
            throw Failure("paper.code_too_long", ["length": "\(text.utf8.count)"])
        }
        defer { QRcode_free(code) }
        size = Int(code.pointee.width)
        var modules: [Bool] = []
        for index in 0..<size * size { modules.append(code.pointee.data[index] & 1 == 1) }
        self.modules = modules
    }

    public subscript(row: Int, column: Int) -> Bool { modules[row * size + column] }

    /// As a PNG picture of one bit, quiet zone included.
    /// - Parameter scale: pixels for each square.
    /// - Throws: `paper.archive_damaged` when the packer has no memory.
    public func png(scale: Int = 8) throws(Failure) -> [UInt8] {
        let side = (size + 8) * scale
        var raw: [UInt8] = []
        for y in 0..<side {
            raw.append(0)
            var byte: UInt8 = 0
            for x in 0..<((side + 7) / 8 * 8) {
                let (row, column) = (y / scale - 4, x / scale - 4)
                let inside = (0..<size).contains(row) && (0..<size).contains(column)
                byte = byte << 1 | (x < side && inside && self[row, column] ? 0 : 1)
                if x % 8 == 7 {
                    raw.append(byte)
                    byte = 0
                }
            }
        }
        let sum = raw.withUnsafeBufferPointer { adler32(1, $0.baseAddress, UInt32($0.count)) }
        let packed = [0x78, 0x9C] + (try Deflate.pack(raw)) + QRCode.big(UInt32(sum))
        let header = QRCode.big(UInt32(side)) + QRCode.big(UInt32(side)) + [1, 0, 0, 0, 0]
        return [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A] + QRCode.chunk("IHDR", header)
            + QRCode.chunk("IDAT", packed) + QRCode.chunk("IEND", [])
    }

    private static func chunk(_ name: String, _ content: [UInt8]) -> [UInt8] {
        let body = Array(name.utf8) + content
        return big(UInt32(content.count)) + body + big(Deflate.checksum(body))
    }

    private static func big(_ value: UInt32) -> [UInt8] {
        [UInt8(value >> 24), UInt8(value >> 16 & 0xFF), UInt8(value >> 8 & 0xFF), UInt8(value & 0xFF)]
    }
}
