import Foundation
import Trust
import Vocabulary

/// Signs requests with a key out of a file: one line, `ed25519 KEYID BASE64` or `hmac-sha256 KEYID BASE64`, the bytes
/// being the private seed or the shared secret.
struct RequestSigner: Sendable {
    let keyID: String
    let key: SignatureKey

    /// - Throws: `agent.signing_key_unreadable`.
    init(file: String) throws {
        let text = (try? String(contentsOfFile: file, encoding: .utf8)) ?? ""
        let words = text.split(whereSeparator: \.isWhitespace)
        guard words.count == 3, let algorithm = SignatureKey.Algorithm(rawValue: String(words[0])),
            let bytes = Data(base64Encoded: String(words[2])),
            let key = try? algorithm == .ed25519
                ? SignatureKey.ed25519(seed: Array(bytes)) : SignatureKey.hmacSHA256(secret: Array(bytes))
        else { throw Failure("agent.signing_key_unreadable", ["file": file]) }
        keyID = String(words[1])
        self.key = key
    }

    /// The two fields to add. Covers method, path, query, and every field that says something about the body.
    func fields(_ method: String, _ url: URL, _ headers: [String: String]) throws -> [SignedMessage.Field] {
        let port = url.port.map { ":\($0)" } ?? ""
        let message = SignedMessage(
            method: method, scheme: url.scheme ?? "https", authority: (url.host ?? "") + port,
            path: url.path(percentEncoded: true), query: url.query(percentEncoded: true),
            fields: headers.map { .init($0.key, $0.value) })
        var covered = ["@method", "@path"]
        if message.query != nil { covered.append("@query") }
        covered += ["content-digest", "content-encoding", "idempotency-key"].filter { message.field($0) != nil }
        return try MessageSignature.sign(
            message, components: covered.map { SignatureComponent($0) },
            parameters: SignatureParameters(
                created: Int64(Date().timeIntervalSince1970), keyID: keyID, algorithm: key.algorithm.rawValue),
            with: key)
    }
}
