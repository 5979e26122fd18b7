import Vocabulary

/// One sign-in, from one place, until it ends.
public struct Session: Sendable, Hashable {
    /// 16 hexadecimal digits; names the session in lists, opens nothing.
    public let id: String
    public let account: AccountID
    public let startedAt: Instant
    public let expiresAt: Instant
    /// What the browser or program called itself, cut to 200 characters.
    public let agent: String

    /// A working day; there is no silent renewal.
    public static let lengthSeconds: Int64 = 12 * 3600

    public init(id: String, account: AccountID, startedAt: Instant, expiresAt: Instant, agent: String) {
        self.id = id
        self.account = account
        self.startedAt = startedAt
        self.expiresAt = expiresAt
        self.agent = String(agent.prefix(200))
    }
}
