import Vocabulary

/// What a platform's program shows to send records: known by its id, stored as a digest, shown once.
public struct PortKey: Sendable, Hashable {
    public var id: String
    public var round: RoundID
    public var platform: PlatformID
    /// What its holder calls it.
    public var name: String
    /// A sandbox key checks batches and stores none; it does not work in production, nor the reverse.
    public var isSandbox: Bool
    /// SHA-256 of the whole key.
    public var digest: Digest
    public var createdAt: Instant
    public var createdBy: AccountID
    public var revokedAt: Instant?
    /// When its latest batch came.
    public var lastUsedAt: Instant?

    public init(
        id: String, round: RoundID, platform: PlatformID, name: String, isSandbox: Bool, digest: Digest,
        createdAt: Instant, createdBy: AccountID, revokedAt: Instant? = nil,
        lastUsedAt: Instant? = nil
    ) {
        self.id = id
        self.round = round
        self.platform = platform
        self.name = name
        self.isSandbox = isSandbox
        self.digest = digest
        self.createdAt = createdAt
        self.createdBy = createdBy
        self.revokedAt = revokedAt
        self.lastUsedAt = lastUsedAt
    }
}

/// The authority's leave to send after the cut-off.
public struct PortLeave: Sendable, Hashable {
    public var round: RoundID
    public var platform: PlatformID
    public var until: Instant
    public var reason: String

    public init(round: RoundID, platform: PlatformID, until: Instant, reason: String) {
        self.round = round
        self.platform = platform
        self.until = until
        self.reason = reason
    }
}
