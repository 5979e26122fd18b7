import Collect
import HTTPTypes
import Hummingbird
import Trust
import Vocabulary

extension Services {
    /// The key that signed a request to the port; nil when the request carries no signature.
    /// - Throws: `collect.signature-invalid`.
    func signer(of request: Request, _ key: PortKey) async throws -> String? {
        let message = SignedMessage(request)
        guard message.field("signature-input") != nil || message.field("signature") != nil else { return nil }
        let keys = try await portSide.signingKeys?.signingKeys(key.round, key.platform) ?? []
        return try SignatureCheck(keys: keys, now: clock.now()).signer(of: message)
    }
}

extension SignedMessage {
    /// The request as the sender wrote it; behind a proxy that ends TLS, `X-Forwarded-Proto` says the scheme.
    init(_ request: Request) {
        let target = request.head.path ?? "/"
        let parts = target.split(separator: "?", maxSplits: 1, omittingEmptySubsequences: false)
        let forwarded = HTTPField.Name("X-Forwarded-Proto").flatMap { request.headers[$0] }
        self.init(
            method: request.method.rawValue, scheme: forwarded ?? request.head.scheme ?? "http",
            authority: request.head.authority ?? "", path: String(parts[0]),
            query: parts.count == 2 ? String(parts[1]) : nil,
            fields: request.headers.map { Field($0.name.canonicalName, $0.value) })
    }
}
