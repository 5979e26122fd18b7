import CZlib
import Vocabulary

/// Raw deflate as ZIP files use it (RFC 1951), by zlib.
enum Deflate {
    /// Packs; the same bytes give the same packed bytes on every run with one zlib.
    /// - Throws: `paper.archive_damaged` when the library has no memory.
    static func pack(_ bytes: [UInt8]) throws(Failure) -> [UInt8] {
        var stream = z_stream()
        let size = Int32(MemoryLayout<z_stream>.size)
        guard deflateInit2_(&stream, 6, Z_DEFLATED, -15, 8, Z_DEFAULT_STRATEGY, ZLIB_VERSION, size) == Z_OK else {
            throw Failure("paper.archive_damaged")
        }
        defer { deflateEnd(&stream) }
        var packed = [UInt8](repeating: 0, count: Int(deflateBound(&stream, UInt(bytes.count))))
        let status = bytes.withUnsafeBufferPointer { input in
            packed.withUnsafeMutableBufferPointer { output in
                stream.next_in = UnsafeMutablePointer(mutating: input.baseAddress)
                stream.avail_in = UInt32(input.count)
                stream.next_out = output.baseAddress
                stream.avail_out = UInt32(output.count)
                return deflate(&stream, Z_FINISH)
            }
        }
        guard status == Z_STREAM_END else { throw Failure("paper.archive_damaged") }
        packed.removeLast(packed.count - Int(stream.total_out))
        return packed
    }

    /// Unpacks into exactly `size` bytes; what would grow beyond them is refused without being held.
    /// - Throws: `paper.archive_damaged`.
    static func unpack(_ packed: ArraySlice<UInt8>, size: Int) throws(Failure) -> [UInt8] {
        var stream = z_stream()
        guard inflateInit2_(&stream, -15, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size)) == Z_OK else {
            throw Failure("paper.archive_damaged")
        }
        defer { inflateEnd(&stream) }
        // One byte more than said, so that a longer stream is seen, and an empty one has somewhere to end.
        var unpacked = [UInt8](repeating: 0, count: size + 1)
        let status = packed.withUnsafeBufferPointer { input in
            unpacked.withUnsafeMutableBufferPointer { output in
                stream.next_in = UnsafeMutablePointer(mutating: input.baseAddress)
                stream.avail_in = UInt32(input.count)
                stream.next_out = output.baseAddress
                stream.avail_out = UInt32(output.count)
                return inflate(&stream, Z_FINISH)
            }
        }
        guard status == Z_STREAM_END, Int(stream.total_out) == size else { throw Failure("paper.archive_damaged") }
        unpacked.removeLast()
        return unpacked
    }

    /// CRC-32 as ZIP keeps it.
    static func checksum(_ bytes: [UInt8]) -> UInt32 {
        bytes.withUnsafeBufferPointer { UInt32(crc32(0, $0.baseAddress, UInt32($0.count))) }
    }
}
