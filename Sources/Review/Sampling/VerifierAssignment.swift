import Trust
import Vocabulary

/// What a third-party verifier is given a platform for.
public enum VerifierTask: String, Sendable, Hashable, Codable, CaseIterable {
    /// Drawn rows.
    case sample
    /// The check on site.
    case site
}

/// Which verifier is given which platform. As long as a round assigns nobody, every verifier has every platform; from
/// the first assignment on, each has only what it is given.
public protocol VerifierAssignmentStore: Sendable {
    /// Platform → task → accounts, of the whole round.
    func assignments(_ round: RoundID) async throws -> [PlatformID: [VerifierTask: Set<AccountID>]]
    /// Replaces the verifiers of one platform and task.
    func assign(
        _ accounts: Set<AccountID>, to platform: PlatformID, of round: RoundID, for task: VerifierTask,
        by: AccountID, at: Instant, entry: AuditEntry
    ) async throws
}
