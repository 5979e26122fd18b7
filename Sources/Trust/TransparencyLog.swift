import Vocabulary

/// The reading side of the audit log: what stands in it, and the proofs of it. Writing happens only together with what
/// an entry proves, in the stores.
///
/// Every method answers out of one snapshot; sizes only grow, and what was once answered for a size stays true.
public protocol TransparencyLog: Sendable {
    /// What others check signatures with.
    var verifier: NoteVerifier { get }

    /// The log as it stands now, signed. The same size gives the same note.
    func checkpoint() async throws -> SignedCheckpoint

    /// Entries from `start` on, ascending, at most `limit`; one indexed read.
    func entries(start: Int, limit: Int) async throws -> [LoggedEntry]

    /// Nil for an index that the log does not have yet.
    func entry(_ index: Int) async throws -> LoggedEntry?

    /// O(log n). Throws: `trust.index_outside`; `trust.size_outside` for a size that the log does not have yet.
    func inclusion(index: Int, size: Int) async throws -> InclusionProof

    /// O(log n). Throws: `trust.sizes_outside`, `trust.size_outside`.
    func consistency(first: Int, second: Int) async throws -> ConsistencyProof

    /// Entry, path and checkpoint of one snapshot. Throws: `trust.index_outside`.
    func proof(_ index: Int) async throws -> LogProof

    /// The index of the newest entry about the cell; nil while nothing has happened to it.
    func lastChange(_ round: RoundID, _ platform: PlatformID, _ indicator: IndicatorID) async throws -> Int?

    /// What an entry commits to, for those who may see it; nil when it was deleted on schedule or never existed.
    func opening(_ index: Int) async throws -> CommitmentOpening?
}

/// A checkpoint with its signature.
public struct SignedCheckpoint: Sendable, Hashable {
    public let checkpoint: Checkpoint
    /// The signed note.
    public let note: String

    public init(checkpoint: Checkpoint, note: String) {
        self.checkpoint = checkpoint
        self.note = note
    }
}

/// An entry as it stands in the log.
public struct LoggedEntry: Sendable, Hashable {
    /// From 0.
    public let index: Int
    public let leaf: AuditLeaf
    /// The bytes that are hashed; those of `leaf`.
    public let bytes: [UInt8]

    /// Throws: `trust.leaf_unreadable`.
    public init(index: Int, bytes: [UInt8]) throws {
        self.index = index
        self.leaf = try AuditLeaf(bytes: bytes)
        self.bytes = bytes
    }

    /// RFC 9162 leaf hash.
    public var hash: Digest { MerkleHash.leaf(bytes) }
}

/// What a commitment commits to: with it anybody can check that SHA-256(salt ‖ committed) is the commitment.
public struct CommitmentOpening: Sendable, Hashable {
    public let salt: [UInt8]
    /// Canonical JSON of `{"payload": …, "reason": …}`.
    public let committed: [UInt8]

    public init(salt: [UInt8], committed: [UInt8]) {
        self.salt = salt
        self.committed = committed
    }

    /// SHA-256(salt ‖ committed).
    public var commitment: Digest { Digest.sha256(of: salt + committed) }
}
