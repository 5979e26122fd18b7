import Vocabulary

/// Who stands behind a token that a request brings.
public struct ResolvedSession: Sendable, Hashable {
    /// The session's own id, never the token.
    public let id: String
    public let principal: Principal

    public init(id: String, principal: Principal) {
        self.id = id
        self.principal = principal
    }
}

/// Answers for every request, so it must be cheap: one indexed read, or a bounded cache.
public protocol SessionResolver: Sendable {
    /// Nil for a token that is unknown, has run out, was revoked, or whose account is locked.
    func resolve(token: String, at now: Instant) async throws -> ResolvedSession?
}
