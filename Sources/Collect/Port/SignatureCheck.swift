import Trust
import Vocabulary

/// The rules that a signature under a request to the port must keep.
///
/// A signature that is there must be good, whether or not the scheme asks for one: a wrong one is never taken for none.
/// What must be covered is what a stranger could gain by changing: method, address, body (by its digest) and the
/// idempotency key. A request repeated word for word within the window meets its own idempotency key and gets the
/// receipt it had, so that no table of nonces is needed.
/// Source: RFC 9421, sections 1.4, 3.2 and 7.
public struct SignatureCheck: Sendable {
    /// How far `created` may lie from our clock, either way.
    public static let windowSeconds: Int64 = 300

    private let keys: [PortSigningKey]
    private let now: Instant

    /// - Parameter keys: Those of the platform in the round, revoked ones included.
    public init(keys: [PortSigningKey], now: Instant) {
        self.keys = keys
        self.now = now
    }

    /// The id of the key that signed; nil when the request carries no signature.
    ///
    /// Of several signatures those with keys of other parties are passed over, as RFC 9421 asks.
    /// - Throws: `collect.signature-invalid`, with a finding that says what is wrong.
    public func signer(of message: SignedMessage) throws(Failure) -> String? {
        do throws(Failure) {
            let signatures = try MessageSignature.read(message)
            guard !signatures.isEmpty else { return nil }
            let ours = signatures.compactMap { signature in
                signature.base.parameters.keyID.flatMap { id in keys.first { $0.id == id } }.map { (signature, $0) }
            }
            guard let (signature, key) = ours.first else {
                throw Failure(
                    "collect.signature.key_unknown", ["key": signatures[0].base.parameters.keyID ?? ""])
            }
            if key.revokedAt != nil { throw Failure("collect.signature.key_revoked", ["key": key.id]) }
            try checkTime(signature.base.parameters)
            try checkCovered(signature.base.components, message)
            try signature.verify(message, with: key.key)
            return key.id
        } catch {
            throw Failure(
                "collect.signature-invalid", findings: [Finding(.error, error.code, at: "Signature", error.values)])
        }
    }

    private func checkTime(_ parameters: SignatureParameters) throws(Failure) {
        let seconds = now.milliseconds / 1000
        guard let created = parameters.created else { throw Failure("collect.signature.created_missing") }
        // Subtracting could overflow: the field may state any 64-bit number.
        guard (seconds - Self.windowSeconds...seconds + Self.windowSeconds).contains(created) else {
            throw Failure(
                "collect.signature.created_outside",
                ["created": "\(created)", "now": "\(seconds)", "window": "\(Self.windowSeconds)"])
        }
        if let expires = parameters.expires, expires < seconds {
            throw Failure("collect.signature.expired", ["expires": "\(expires)", "now": "\(seconds)"])
        }
    }

    private func checkCovered(_ components: [SignatureComponent], _ message: SignedMessage) throws(Failure) {
        let covered = Set(components.filter { $0.queryName == nil }.map(\.name))
        let wholeAddress = covered.contains("@target-uri") || covered.contains("@request-target")
        var missing: [String] = []
        if !covered.contains("@method") { missing.append("@method") }
        if !wholeAddress {
            if !covered.contains("@path") { missing.append("@path") }
            if message.query != nil, !covered.contains("@query") { missing.append("@query") }
        }
        // An empty body needs no digest; the reader of the body refuses a digest that does not fit it.
        for name in ["content-digest", "content-encoding", "idempotency-key", "late-reason"]
        where message.field(name) != nil && !covered.contains(name) { missing.append(name) }
        if message.field("content-digest") == nil, message.field("content-length") ?? "0" != "0" {
            missing.append("content-digest")
        }
        if !missing.isEmpty {
            throw Failure("collect.signature.not_covered", ["components": missing.joined(separator: " ")])
        }
    }
}
