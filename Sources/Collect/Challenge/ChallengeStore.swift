import Trust
import Vocabulary

/// Where commitments, challenges, answers and confirmations are kept.
public protocol ChallengeStore: Sendable {
    // MARK: commitments

    /// Keeps a commitment; its place in the log is its entry's.
    func commit(
        _ round: RoundID, _ platform: PlatformID, size: Int, root: Digest, at: Instant, entry: AuditEntry
    ) async throws -> InventoryCommitment
    /// Newest first.
    func commitments(_ round: RoundID, _ platform: PlatformID) async throws -> [InventoryCommitment]

    // MARK: challenges

    /// Keeps a draw. Throws `collect.challenge-open` while another of the platform is under way.
    func draw(_ challenge: NewChallenge, entry: AuditEntry) async throws -> Challenge
    /// Newest first; `platform` nil: of all.
    func challenges(_ round: RoundID, _ platform: PlatformID?) async throws -> [Challenge]
    /// Throws `collect.challenge-unknown`.
    func challenge(_ id: Int) async throws -> Challenge

    /// Keeps answers with their verdicts; a leaf once good stays as it is.
    /// - Returns: the index of the entry. Throws `collect.challenge-unknown`.
    func answer(_ challenge: Int, _ answers: [JudgedAnswer], at: Instant, entry: AuditEntry) async throws -> Int

    // MARK: confirmation

    /// Keeps the digest of the token by which the owner of a leaf comes in; an older token ends.
    func makeLink(_ challenge: Int, ordinal: Int, token: Digest, entry: AuditEntry) async throws -> Int
    /// The leaf that a token opens; nil for none.
    func leaf(token: Digest) async throws -> (challenge: Challenge, leaf: Challenge.Leaf)?
    func confirm(
        _ challenge: Int, ordinal: Int, _ confirmation: LeafConfirmation, entry: AuditEntry
    ) async throws -> Int
}

/// A draw on its way to the store.
public struct NewChallenge: Sendable {
    public var commitment: InventoryCommitment
    public var checkpointSize: Int
    public var seed: Digest
    public var drawnAt: Instant
    public var dueAt: Instant
    /// In the order drawn.
    public var places: [Int]
    /// The first so many go to confirmation.
    public var handedOver: Int

    public init(
        commitment: InventoryCommitment, checkpointSize: Int, seed: Digest, drawnAt: Instant, dueAt: Instant,
        places: [Int], handedOver: Int
    ) {
        self.commitment = commitment
        self.checkpointSize = checkpointSize
        self.seed = seed
        self.drawnAt = drawnAt
        self.dueAt = dueAt
        self.places = places
        self.handedOver = handedOver
    }
}

/// An answer with what came of it.
public struct JudgedAnswer: Sendable {
    public var ordinal: Int
    public var answer: LeafAnswer
    public var verdict: LeafVerdict

    public init(ordinal: Int, answer: LeafAnswer, verdict: LeafVerdict) {
        self.ordinal = ordinal
        self.answer = answer
        self.verdict = verdict
    }
}
