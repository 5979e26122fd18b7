import Foundation
import NIOCore
import NIOPosix
import Review
import Vocabulary

/// Hands messages to a mail relay over SMTP. Source: RFC 5321; the letter by RFC 5322 and 2045, UTF-8 in Base64.
///
/// For a relay inside the authority's network: the connection is not encrypted.
public struct MailChannel: MessageChannel {
    public var name: String { "mail" }

    public struct Relay: Sendable, Hashable {
        public var host: String
        public var port: Int
        /// The envelope's and the letter's sender.
        public var from: String
        /// For `AUTH PLAIN`; nil where the relay asks nobody.
        public var user: String?
        public var password: String
        /// The whole conversation.
        public var seconds: Int64

        public init(
            host: String, port: Int, from: String, user: String? = nil, password: String = "", seconds: Int64 = 30
        ) {
            self.host = host
            self.port = port
            self.from = from
            self.user = user
            self.password = password
            self.seconds = seconds
        }

        /// Whether the relay seems to stand outside the own network, where letters would travel readable: anything but this
        /// machine, a private address (RFC 1918, RFC 4193) or a name without a domain or of a private one.
        public var isOutside: Bool {
            let name = host.lowercased()
            let parts = name.split(separator: ".", omittingEmptySubsequences: false)
            let numbers = parts.compactMap { UInt8($0) }
            if parts.count == 4, numbers.count == 4 {
                switch (numbers[0], numbers[1]) {
                case (10, _), (127, _), (192, 168), (172, 16...31): return false
                default: return true
                }
            }
            if name.contains(":") { return !(name == "::1" || name.hasPrefix("fc") || name.hasPrefix("fd")) }
            return parts.count > 1 && !["internal", "intranet", "lan", "local", "localdomain"].contains(parts.last)
        }

        /// `smtp://user:password@host:25`
        /// - Throws: `workflow.mail_relay`; `workflow.mail_outside` when a password would leave the network readable.
        public init(address: String, from: String) throws {
            guard let parts = URLComponents(string: address), parts.scheme == "smtp", let host = parts.host,
                !host.isEmpty, Contact(mail: from).findings.isEmpty
            else { throw Failure("workflow.mail_relay", ["address": address]) }
            self.init(
                host: host, port: parts.port ?? 25, from: from, user: parts.user, password: parts.password ?? "")
            if user != nil, isOutside { throw Failure("workflow.mail_outside", ["host": host]) }
        }
    }

    private let relay: Relay
    private let text: LetterText

    public init(_ relay: Relay, site: String) {
        self.relay = relay
        self.text = LetterText(site: site)
    }

    public func send(_ message: OutgoingMessage) async throws {
        guard let to = message.mail, Contact(mail: to).findings.isEmpty else {
            throw Failure("workflow.mail_refused", ["said": "no address"])
        }
        let letter = letter(message, to: to)
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await self.deliver(letter, to: to) }
            group.addTask {
                try await Task.sleep(for: .seconds(self.relay.seconds))
                throw Failure("workflow.mail_timeout", ["seconds": "\(self.relay.seconds)"])
            }
            defer { group.cancelAll() }
            try await group.next()
        }
    }

    /// The letter's bytes before dot stuffing; every line ends in CRLF.
    private func letter(_ message: OutgoingMessage, to: String) -> String {
        func encoded(_ text: String) -> String { Data(text.utf8).base64EncodedString() }
        let content = encoded(text.body(message))
        var lines = [
            "From: <\(relay.from)>", "To: <\(to)>", "Subject: =?utf-8?B?\(encoded(text.subject(message.language)))?=",
            "Date: \(MailChannel.date(message.at))", "Message-ID: <heng-\(message.id)-\(message.at.milliseconds)@heng>",
            "MIME-Version: 1.0", "Content-Type: text/plain; charset=utf-8", "Content-Transfer-Encoding: base64",
            "Auto-Submitted: auto-generated", "",
        ]
        var rest = Substring(content)
        while !rest.isEmpty {
            lines.append(String(rest.prefix(76)))
            rest = rest.dropFirst(76)
        }
        return lines.joined(separator: "\r\n") + "\r\n"
    }

    /// `Sat, 22 Nov 2025 06:05:00 +0000`
    private static func date(_ instant: Instant) -> String {
        let format = DateFormatter()
        format.locale = Locale(identifier: "en_US_POSIX")
        format.timeZone = .gmt
        format.dateFormat = "EEE, dd MMM yyyy HH:mm:ss '+0000'"
        return format.string(from: instant.date)
    }

    private func deliver(_ letter: String, to: String) async throws {
        let channel = try await ClientBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .connectTimeout(.seconds(relay.seconds))
            .connect(host: relay.host, port: relay.port) { channel in
                channel.eventLoop.makeCompletedFuture {
                    try NIOAsyncChannel<ByteBuffer, ByteBuffer>(wrappingChannelSynchronously: channel)
                }
            }
        try await channel.executeThenClose { inbound, outbound in
            var replies = SMTPReplies(inbound.makeAsyncIterator())
            func say(_ line: String, expecting codes: Set<Int>) async throws {
                try await outbound.write(ByteBuffer(string: line + "\r\n"))
                try await replies.expect(codes)
            }
            try await replies.expect([220])
            try await say("EHLO heng", expecting: [250])
            if let user = relay.user {
                let plain = Data("\u{0}\(user)\u{0}\(relay.password)".utf8).base64EncodedString()
                try await say("AUTH PLAIN \(plain)", expecting: [235])
            }
            try await say("MAIL FROM:<\(relay.from)>", expecting: [250])
            try await say("RCPT TO:<\(to)>", expecting: [250, 251])
            try await say("DATA", expecting: [354])
            // A line that begins with a dot gets another one (RFC 5321, 4.5.2).
            let stuffed = letter.components(separatedBy: "\r\n").map { $0.hasPrefix(".") ? "." + $0 : $0 }
            try await say(stuffed.joined(separator: "\r\n") + ".", expecting: [250])
            try await outbound.write(ByteBuffer(string: "QUIT\r\n"))
        }
    }
}

/// Reads the relay's replies: lines of a code and text, the last with a blank after the code.
private struct SMTPReplies {
    private var iterator: NIOAsyncChannelInboundStream<ByteBuffer>.AsyncIterator
    private var buffer = ""

    init(_ iterator: NIOAsyncChannelInboundStream<ByteBuffer>.AsyncIterator) { self.iterator = iterator }

    /// - Throws: `workflow.mail_refused` with what the relay said.
    mutating func expect(_ codes: Set<Int>) async throws {
        while true {
            let line = try await line()
            let code = Int(line.prefix(3)) ?? 0
            if line.dropFirst(3).first == "-" { continue }
            guard codes.contains(code) else {
                throw Failure("workflow.mail_refused", ["said": String(line.prefix(200))])
            }
            return
        }
    }

    private mutating func line() async throws -> String {
        while true {
            if let end = buffer.range(of: "\r\n") {
                let line = String(buffer[..<end.lowerBound])
                buffer.removeSubrange(..<end.upperBound)
                return line
            }
            guard buffer.utf8.count < 64 << 10, let more = try await iterator.next() else {
                throw Failure("workflow.mail_refused", ["said": "the connection was closed"])
            }
            buffer += String(buffer: more)
        }
    }
}
