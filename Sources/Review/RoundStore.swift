import Trust
import Vocabulary

/// Where rounds and the platforms taking part in them are kept.
///
/// Every write commits its audit entry in the same transaction and answers the entry's index in the log. A change is
/// refused with `review.stale` when the stored version is not `replacing`.
public protocol RoundStore: Sendable {
    /// All rounds, newest first.
    func rounds() async throws -> [Round]
    func round(_ id: RoundID) async throws -> Round?
    /// - Throws: `review.round_exists`.
    @discardableResult
    func create(_ round: Round, entry: AuditEntry) async throws -> Int
    @discardableResult
    func change(_ round: Round, replacing version: Int, entry: AuditEntry) async throws -> Int

    /// The round's platforms in the order of their ids; `after` for the next page.
    func participations(_ round: RoundID, after: PlatformID?, limit: Int) async throws -> [Participation]
    func participation(_ round: RoundID, _ platform: PlatformID) async throws -> Participation?
    /// Platforms of one company in a round.
    func participations(_ round: RoundID, company: CompanyCode) async throws -> [Participation]
    /// - Throws: `review.platform_exists`, `review.company_has_platform` (one platform a company and round).
    @discardableResult
    func register(_ participation: Participation, entry: AuditEntry) async throws -> Int
    @discardableResult
    func change(_ participation: Participation, replacing version: Int, entry: AuditEntry) async throws -> Int
}
