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

    /// Unpacks as much of the input as the output has room for; moves `input` behind what was used and answers how much
    /// was written. Less than all the room is only left when the input is used up.
    /// - Throws: `collect.content_damaged`.
    public mutating func decode(
        _ input: inout UnsafeBufferPointer<UInt8>, into output: UnsafeMutableBufferPointer<UInt8>
    ) throws -> Int {
        switch coding {
        case .identity:
            let count = min(input.count, output.count)
            if count > 0, let source = input.baseAddress { output.baseAddress?.update(from: source, count: count) }
            input = UnsafeBufferPointer(rebasing: input[count...])
            return count
        case .gzip: return try inflate(&input, output)
        case .zstd: return try unpack(&input, output)
        }
    }

    /// Unpacks the next piece of input; `sink` gets each piece of output, valid during the call only.
    /// - Throws: `collect.content_damaged`, and what `sink` throws.
    public mutating func feed(
        _ input: UnsafeBufferPointer<UInt8>, _ sink: (UnsafeBufferPointer<UInt8>) throws -> Void
    ) throws {
        if coding == .identity { return input.isEmpty ? () : try sink(input) }
        var input = input
        let window = UnsafeMutableBufferPointer(start: window, count: ContentDecoder.windowLength)
        while true {
            let count = try decode(&input, into: window)
            if count > 0 { try sink(UnsafeBufferPointer(rebasing: window[..<count])) }
            if count < window.count, input.isEmpty { return }
        }
    }

    /// Ends the stream.
    /// - Throws: `collect.content_damaged` when it is cut short.
    public func finish() throws { if isInside { throw damaged() } }

    private func damaged() -> Failure { Failure("collect.content_damaged", ["coding": coding.rawValue]) }

    private mutating func inflate(
        _ input: inout UnsafeBufferPointer<UInt8>, _ output: UnsafeMutableBufferPointer<UInt8>
    ) throws -> Int {
        guard let gzip, let base = input.baseAddress else { return 0 }
        gzip.pointee.next_in = UnsafeMutablePointer(mutating: base)
        gzip.pointee.avail_in = UInt32(input.count)
        gzip.pointee.next_out = output.baseAddress
        gzip.pointee.avail_out = UInt32(output.count)
        loop: while gzip.pointee.avail_out > 0 {
            switch CZlib.inflate(gzip, Z_NO_FLUSH) {
            case Z_OK: isInside = true
            case Z_STREAM_END:
                isInside = false
                guard gzip.pointee.avail_in > 0 else { break loop }
                guard inflateReset(gzip) == Z_OK else { throw damaged() }
            case Z_BUF_ERROR where gzip.pointee.avail_in == 0: break loop
            default: throw damaged()
            }
        }
        input = UnsafeBufferPointer(rebasing: input[(input.count - Int(gzip.pointee.avail_in))...])
        return output.count - Int(gzip.pointee.avail_out)
    }

    private mutating func unpack(
        _ input: inout UnsafeBufferPointer<UInt8>, _ output: UnsafeMutableBufferPointer<UInt8>
    ) throws -> Int {
        guard let zstd else { return 0 }
        var source = ZSTD_inBuffer(src: input.baseAddress, size: input.count, pos: 0)
        var target = ZSTD_outBuffer(dst: output.baseAddress, size: output.count, pos: 0)
        while target.pos < target.size {
            let (read, written) = (source.pos, target.pos)
            let status = ZSTD_decompressStream(zstd, &target, &source)
            if ZSTD_isError(status) != 0 { throw damaged() }
            // Between frames the library asks for the next one, which need not come.
            if source.pos == read, target.pos == written { break }
            isInside = status != 0
        }
        input = UnsafeBufferPointer(rebasing: input[source.pos...])
        return target.pos
    }

    static func tooLarge(_ limit: Int) -> Failure {
        Failure("collect.batch_too_large", ["limit": "\(limit / 1_048_576) MiB"])
    }

    /// Unpacks a whole body of at most `limit` bytes; packed or not, no more than that is ever held.
    /// - Throws: `collect.batch_too_large`, `collect.content_damaged`.
    public static func unpack(_ body: [UInt8], _ coding: ContentCoding, limit: Int) throws -> [UInt8] {
        var decoder = try ContentDecoder(coding)
        var out: [UInt8] = []
        try body.withUnsafeBufferPointer { input in
            try decoder.feed(input) { piece in
                guard out.count + piece.count <= limit else {
                    throw tooLarge(limit)
                }
                out.append(contentsOf: piece)
            }
        }
        try decoder.finish()
        return out
    }
}
