import Crypto
import Foundation
import Review
import Vocabulary

#if canImport(FoundationNetworking)
    import FoundationNetworking
#endif

/// Posts messages to a work chat's robot: `{"msgtype":"text","text":{"content":…}}`, signed.
///
/// `X-Heng-Signature` is `v1=` and the hexadecimal HMAC-SHA256 of `TIMESTAMP.BODY` under the shared secret, the
/// timestamp in `X-Heng-Timestamp` (seconds). Anything but 2xx is a failure, and so is an `errcode` other than 0.
public struct WebhookChannel: MessageChannel {
    public var name: String { "webhook" }
    private let address: URL
    private let secret: String
    private let text: LetterText
    private let clock: any Clock
    private let session: URLSession

    /// - Throws: `workflow.webhook_address` unless it is http or https with a host.
    public init(address: String, secret: String, site: String, clock: any Clock) throws {
        guard let url = URL(string: address), ["http", "https"].contains(url.scheme ?? ""), url.host() != nil else {
            throw Failure("workflow.webhook_address", ["address": address])
        }
        self.address = url
        self.secret = secret
        self.text = LetterText(site: site)
        self.clock = clock
        let configuration = URLSessionConfiguration.ephemeral
        configuration.timeoutIntervalForRequest = 15
        session = URLSession(configuration: configuration)
    }

    public func send(_ message: OutgoingMessage) async throws {
        let body = try WebhookChannel.body(text.body(message), phones: message.phones)
        var request = URLRequest(url: address)
        request.httpMethod = "POST"
        request.httpBody = body
        request.setValue("application/json; charset=utf-8", forHTTPHeaderField: "Content-Type")
        let timestamp = "\(clock.now().milliseconds / 1000)"
        request.setValue(timestamp, forHTTPHeaderField: "X-Heng-Timestamp")
        request.setValue("\(message.id)", forHTTPHeaderField: "X-Heng-Delivery")
        if !secret.isEmpty {
            request.setValue(
                WebhookChannel.signature(of: body, at: timestamp, secret: secret),
                forHTTPHeaderField: "X-Heng-Signature"
            )
        }
        let (answer, response) = try await session.data(for: request)
        let status = (response as? HTTPURLResponse)?.statusCode ?? 0
        guard (200..<300).contains(status) else { throw Failure("workflow.webhook_refused", ["status": "\(status)"]) }
        if let said = try? JSONDecoder().decode(Said.self, from: answer), let code = said.errcode, code != 0 {
            throw Failure("workflow.webhook_refused", ["status": "errcode \(code)"])
        }
    }

    /// `v1=` and the hexadecimal HMAC-SHA256 of `timestamp.body`.
    public static func signature(of body: Data, at timestamp: String, secret: String) -> String {
        let code = HMAC<SHA256>.authenticationCode(
            for: Data((timestamp + ".").utf8) + body, using: SymmetricKey(data: Data(secret.utf8)))
        return "v1=" + code.map { $0 < 16 ? "0" + String($0, radix: 16) : String($0, radix: 16) }.joined()
    }

    private static func body(_ content: String, phones: [String]) throws -> Data {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return try encoder.encode(
            Post(
                msgtype: "text", text: .init(content: content, mentionedMobileList: phones),
                at: .init(atMobiles: phones)))
    }

    /// As WeCom (`mentioned_mobile_list`) and DingTalk (`at`) read it.
    private struct Post: Encodable {
        let msgtype: String
        let text: Text
        let at: Mention
        struct Text: Encodable {
            let content: String
            let mentionedMobileList: [String]

            private enum CodingKeys: String, CodingKey {
                case content
                case mentionedMobileList = "mentioned_mobile_list"
            }
        }
        struct Mention: Encodable { let atMobiles: [String] }
    }

    private struct Said: Decodable { let errcode: Int? }
}
