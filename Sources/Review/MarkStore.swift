import Trust
import Vocabulary

/// Where experts' marks are kept, until and after they are settled.
public protocol MarkStore: Sendable {
    func mark(_ cell: CellAddress, by expert: AccountID) async throws -> ExpertMark?
    /// All marks of one cell, in the order of the experts' accounts.
    func marks(_ cell: CellAddress) async throws -> [ExpertMark]
    /// All marks of one indicator in the round, by platform and expert.
    func marks(_ round: RoundID, _ indicator: IndicatorID) async throws -> [ExpertMark]
    /// Indicators whose marks are settled: nothing changes any more, and everybody with leave sees all.
    func settled(_ round: RoundID) async throws -> Set<IndicatorID>

    /// Gives a mark or replaces the expert's own.
    /// - Throws: `review.marks_settled`; `review.stale` when the stored version is not one less than the mark's.
    @discardableResult
    func give(_ mark: ExpertMark, entry: AuditEntry) async throws -> Int
    /// Closes the indicator; doing it again changes nothing and leaves no second entry.
    func settle(_ round: RoundID, _ indicator: IndicatorID, at: Instant, entry: AuditEntry) async throws
}
