import Foundation
import Submit
import Vocabulary

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// Asks clamd over its INSTREAM command, on a Unix socket (`/run/clamav/clamd.ctl`) or TCP (`host:port`).
///
/// Source: clamd(8), "COMMANDS".
public struct ClamScanner: EvidenceScanner {
    private let address: String
    private let timeoutSeconds: Int

    public init(address: String, timeoutSeconds: Int = 60) {
        self.address = address
        self.timeoutSeconds = timeoutSeconds
    }

    public func threat(in bytes: [UInt8]) async throws -> String? {
        let (address, timeout) = (address, timeoutSeconds)
        // Blocking calls keep to a thread of their own.
        let answer: String? = await withCheckedContinuation { continuation in
            Thread.detachNewThread {
                continuation.resume(returning: Self.ask(address, bytes, timeout))
            }
        }
        guard let answer else { throw Failure("submit.scanner_unreachable") }
        if answer.hasSuffix("OK") { return nil }
        guard answer.hasSuffix("FOUND") else { throw Failure("submit.scanner_unreachable") }
        return answer.split(separator: " ").dropLast().last.map(String.init) ?? "?"
    }

    /// The daemon's line; nil when it cannot be reached or says nothing in time.
    private static func ask(_ address: String, _ bytes: [UInt8], _ timeoutSeconds: Int) -> String? {
        guard let handle = open(address) else { return nil }
        defer { close(handle) }
        var limit = timeval(tv_sec: timeoutSeconds, tv_usec: 0)
        setsockopt(handle, SOL_SOCKET, SO_RCVTIMEO, &limit, socklen_t(MemoryLayout<timeval>.size))
        setsockopt(handle, SOL_SOCKET, SO_SNDTIMEO, &limit, socklen_t(MemoryLayout<timeval>.size))
        var message = Array("zINSTREAM\u{0}".utf8)
        for start in stride(from: 0, to: bytes.count, by: 1 << 16) {
            let piece = bytes[start..<min(start + 65_536, bytes.count)]
            message += [24, 16, 8, 0].map { UInt8(piece.count >> $0 & 0xFF) }
            message += piece
        }
        message += [0, 0, 0, 0]
        var sent = 0
        while sent < message.count {
            let count = message.withUnsafeBytes { buffer in
                send(handle, buffer.baseAddress?.advanced(by: sent), buffer.count - sent, Int32(MSG_NOSIGNAL))
            }
            guard count > 0 else { return nil }
            sent += count
        }
        var answer: [UInt8] = []
        var piece = [UInt8](repeating: 0, count: 512)
        while answer.count < 4096 {
            let count = recv(handle, &piece, piece.count, 0)
            guard count > 0 else { break }
            answer += piece[..<count]
            if piece[..<count].contains(0) { break }
        }
        let text = String(decoding: answer.prefix { $0 != 0 }, as: UTF8.self)
        return text.isEmpty ? nil : text.trimmingCharacters(in: .whitespacesAndNewlines)
    }

    private static func open(_ address: String) -> Int32? {
        address.hasPrefix("/") ? openUnix(address) : openTCP(address)
    }

    private static func openUnix(_ path: String) -> Int32? {
        let handle = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0)
        guard handle >= 0 else { return nil }
        var name = sockaddr_un()
        name.sun_family = sa_family_t(AF_UNIX)
        let bytes = Array(path.utf8)
        guard bytes.count < MemoryLayout.size(ofValue: name.sun_path) else {
            close(handle)
            return nil
        }
        withUnsafeMutableBytes(of: &name.sun_path) { $0.copyBytes(from: bytes) }
        let isOpen = withUnsafePointer(to: &name) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                connect(handle, $0, socklen_t(MemoryLayout<sockaddr_un>.size)) == 0
            }
        }
        if !isOpen { close(handle) }
        return isOpen ? handle : nil
    }

    private static func openTCP(_ address: String) -> Int32? {
        guard let colon = address.lastIndex(of: ":") else { return nil }
        var hints = addrinfo()
        hints.ai_socktype = Int32(SOCK_STREAM.rawValue)
        var found: UnsafeMutablePointer<addrinfo>?
        guard
            getaddrinfo(String(address[..<colon]), String(address[address.index(after: colon)...]), &hints, &found) == 0
        else { return nil }
        defer { freeaddrinfo(found) }
        var next = found
        while let info = next?.pointee {
            let handle = socket(info.ai_family, info.ai_socktype, info.ai_protocol)
            if handle >= 0, connect(handle, info.ai_addr, info.ai_addrlen) == 0 { return handle }
            if handle >= 0 { close(handle) }
            next = info.ai_next
        }
        return nil
    }
}
