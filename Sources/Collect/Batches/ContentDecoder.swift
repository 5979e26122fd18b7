import CZlib
import CZstd
import Vocabulary

/// How a batch or file is packed.
public enum ContentCoding: String, Sendable, Hashable, CaseIterable {
    case identity, gzip, zstd

    /// What a file's first bytes say.
    public init(firstBytes bytes: [UInt8]) {
        if bytes.starts(with: [0x1f, 0x8b]) {
            self = .gzip
        } else if bytes.starts(with: [0x28, 0xb5, 0x2f, 0xfd]) {
            self = .zstd
        } else {
            self = .identity
        }
    }
}

/// Unpacks a stream piece by piece; memory does not grow with the stream.
public struct ContentDecoder: ~Copyable {
    public let coding: ContentCoding
    private var gzip: UnsafeMutablePointer<z_stream>?
    private var zstd: OpaquePointer?
    /// Inside a member or frame: the end of input here is a stream cut short.
    private var isInside = false
    private let window: UnsafeMutablePointer<UInt8>
    private static let windowLength = 256 * 1024
    /// Frames of zstd may ask for windows up to 8 MiB, as RFC 8878 recommends; larger ones are refused.
    private static let largestWindowLog: Int32 = 23

    /// - Throws: `collect.decoder_unavailable` when the library has no memory.
    public init(_ coding: ContentCoding) throws {
        self.coding = coding
        self.window = .allocate(capacity: ContentDecoder.windowLength)
        var isReady = true
        switch coding {
        case .identity: break
        case .gzip:
            let stream = UnsafeMutablePointer<z_stream>.allocate(capacity: 1)
            stream.initialize(to: z_stream())
            gzip = stream
            isReady = inflateInit2_(stream, 31, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size)) == Z_OK
        case .zstd:
            zstd = ZSTD_createDStream()
            if let zstd {
                ZSTD_DCtx_setParameter(zstd, ZSTD_d_windowLogMax, ContentDecoder.largestWindowLog)
            } else {
                isReady = false
            }
        }
        guard isReady else { throw Failure("collect.decoder_unavailable", ["coding": coding.rawValue]) }
    }

    deinit {
        if let gzip {
            inflateEnd(gzip)
            gzip.deallocate()
        }
        if let zstd { ZSTD_freeDStream(zstd) }
        window.deallocate()
    }

    /// Unpacks the next piece of input; `sink` gets each piece of output, valid during the call only.
    /// - Throws: `collect.content_damaged`, and what `sink` throws.
    public mutating func feed(
        _ input: UnsafeBufferPointer<UInt8>, _ sink: (UnsafeBufferPointer<UInt8>) throws -> Void
    ) throws {
        guard input.count > 0 else { return }
        switch coding {
        case .identity: try sink(input)
        case .gzip: try inflate(input, sink)
        case .zstd: try unpack(input, sink)
        }
    }

    /// Ends the stream.
    /// - Throws: `collect.content_damaged` when it is cut short.
    public func finish() throws { if isInside { throw damaged() } }

    private func damaged() -> Failure { Failure("collect.content_damaged", ["coding": coding.rawValue]) }

    private mutating func inflate(
        _ input: UnsafeBufferPointer<UInt8>, _ sink: (UnsafeBufferPointer<UInt8>) throws -> Void
    ) throws {
        guard let gzip, let base = input.baseAddress else { return }
        gzip.pointee.next_in = UnsafeMutablePointer(mutating: base)
        gzip.pointee.avail_in = UInt32(input.count)
        repeat {
            gzip.pointee.next_out = window
            gzip.pointee.avail_out = UInt32(ContentDecoder.windowLength)
            let status = CZlib.inflate(gzip, Z_NO_FLUSH)
            let written = ContentDecoder.windowLength - Int(gzip.pointee.avail_out)
            if written > 0 { try sink(UnsafeBufferPointer(start: window, count: written)) }
            switch status {
            case Z_OK: isInside = true
            case Z_STREAM_END:
                isInside = false
                if gzip.pointee.avail_in > 0, inflateReset(gzip) != Z_OK { throw damaged() }
            case Z_BUF_ERROR where gzip.pointee.avail_in == 0: return
            default: throw damaged()
            }
        } while gzip.pointee.avail_in > 0 || gzip.pointee.avail_out == 0
    }

    private mutating func unpack(
        _ input: UnsafeBufferPointer<UInt8>, _ sink: (UnsafeBufferPointer<UInt8>) throws -> Void
    ) throws {
        guard let zstd else { return }
        var source = ZSTD_inBuffer(src: input.baseAddress, size: input.count, pos: 0)
        while true {
            var target = ZSTD_outBuffer(dst: window, size: ContentDecoder.windowLength, pos: 0)
            let status = ZSTD_decompressStream(zstd, &target, &source)
            if ZSTD_isError(status) != 0 { throw damaged() }
            if target.pos > 0 { try sink(UnsafeBufferPointer(start: window, count: target.pos)) }
            isInside = status != 0
            if source.pos == source.size, target.pos < target.size { return }
        }
    }

    /// Unpacks a whole body of at most `limit` bytes; packed or not, no more than that is ever held.
    /// - Throws: `collect.batch_too_large`, `collect.content_damaged`.
    public static func unpack(_ body: [UInt8], _ coding: ContentCoding, limit: Int) throws -> [UInt8] {
        var decoder = try ContentDecoder(coding)
        var out: [UInt8] = []
        try body.withUnsafeBufferPointer { input in
            try decoder.feed(input) { piece in
                guard out.count + piece.count <= limit else {
                    throw Failure("collect.batch_too_large", ["limit": "\(limit / 1_048_576) MiB"])
                }
                out.append(contentsOf: piece)
            }
        }
        try decoder.finish()
        return out
    }
}
