import Trust
import Vocabulary

/// Where queries are kept.
public protocol QueryStore: Sendable {
    /// Of the round, oldest first.
    func queries(_ round: RoundID) async throws -> [SignalQuery]
    func queries(_ round: RoundID, _ platform: PlatformID) async throws -> [SignalQuery]
    func query(_ round: RoundID, _ id: Int) async throws -> SignalQuery?
    /// - Returns: the query's id.
    /// - Throws: `desk.query_exists` while one about the same signal is not decided.
    func ask(_ query: SignalQuery, entry: AuditEntry) async throws -> Int
    /// - Throws: `review.stale` when the stored version is not one less than the query's.
    func change(_ query: SignalQuery, entry: AuditEntry) async throws
}
