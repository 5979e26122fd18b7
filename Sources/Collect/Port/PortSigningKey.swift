import Trust
import Vocabulary

/// A key whose signatures under a platform's requests are believed. Several may hold at once, so that a program can
/// change to a new one before the old one is revoked.
public struct PortSigningKey: Sendable {
    /// What requests name as `keyid`.
    public var id: String
    public var round: RoundID
    public var platform: PlatformID
    /// What its holder calls it.
    public var name: String
    public var key: SignatureKey
    public var createdAt: Instant
    public var createdBy: AccountID
    public var revokedAt: Instant?

    public init(
        id: String, round: RoundID, platform: PlatformID, name: String, key: SignatureKey, createdAt: Instant,
        createdBy: AccountID, revokedAt: Instant? = nil
    ) {
        self.id = id
        self.round = round
        self.platform = platform
        self.name = name
        self.key = key
        self.createdAt = createdAt
        self.createdBy = createdBy
        self.revokedAt = revokedAt
    }
}

/// Where signing keys are kept; shared secrets are sealed there.
public protocol SigningKeyStore: Sendable {
    /// Throws `privacy.no_key` when a secret cannot be sealed.
    func create(_ key: PortSigningKey, secret: [UInt8]?, entry: AuditEntry) async throws -> Int
    /// Oldest first, revoked ones included.
    func signingKeys(_ round: RoundID, _ platform: PlatformID) async throws -> [PortSigningKey]
    /// Revoking twice leaves the first time. Throws `collect.signing-key-unknown`.
    func revokeSigningKey(_ id: String, at: Instant, entry: AuditEntry) async throws -> Int
}
