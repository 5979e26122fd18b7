import Trust
import Vocabulary

/// A remark in the discussion of a case whose marks lie far apart.
public struct MarkRemark: Sendable, Hashable {
    public let cell: CellAddress
    public let expert: AccountID
    public let text: String
    public let at: Instant

    public init(cell: CellAddress, expert: AccountID, text: String, at: Instant) {
        self.cell = cell
        self.expert = expert
        self.text = text
        self.at = at
    }
}

/// Where the pool, the panels and the experts' sheets are kept. Every write leaves its entry in the same transaction;
/// drafts count for nothing and leave none.
public protocol ExpertStore: Sendable {
    // The pool.
    /// Everybody, retired ones too, by account.
    func experts() async throws -> [Expert]
    func expert(_ account: AccountID) async throws -> Expert?
    /// All or none. Each replaces the stored entry of one version less.
    /// - Throws: `review.stale`.
    func save(_ experts: [Expert], entry: AuditEntry) async throws
    /// Credit code → group, by name or credit code of its head.
    func groups() async throws -> [String: String]
    func saveGroups(_ groups: [String: String], entry: AuditEntry) async throws

    // Panels.
    /// Of the round, or of one indicator, or of one platform in it.
    func book(_ round: RoundID, indicator: IndicatorID?, platform: PlatformID?) async throws -> ExpertBook
    /// Leaves an entry that fixes pool and field before the seed is known.
    func freeze(entry: AuditEntry) async throws
    /// - Throws: `experts.drawn_already`.
    func keep(_ draw: ExpertDrawRecord, round: RoundID, cases: [ExpertCase], entry: AuditEntry) async throws
    /// Further cases for a drawn panel; those it has are left alone.
    func add(_ cases: [ExpertCase], at: Instant, entry: AuditEntry) async throws
    /// Ends the leaving expert's duty for the cells and gives it to the other, if there is one.
    func exchange(_ exchange: ExpertExchange, entry: AuditEntry) async throws
    func pledge(_ pledge: ExpertPledge, round: RoundID, entry: AuditEntry) async throws
    func declare(_ conflict: ExpertConflict, round: RoundID, entry: AuditEntry) async throws
    /// From now on the experts of these cells see each other's first marks; those seen already keep their moment.
    func reveal(_ cells: [CellAddress], at: Instant, entry: AuditEntry) async throws

    // Sheets.
    func draft(_ cell: CellAddress, _ expert: AccountID, sitting: Int) async throws -> MarkDraft?
    /// All drafts of one expert in a round, by cell and sitting.
    func drafts(_ round: RoundID, _ expert: AccountID) async throws -> [CellAddress: MarkDraft]
    /// - Throws: `review.stale` when the stored version is not one less.
    func save(_ draft: MarkDraft, _ cell: CellAddress, _ expert: AccountID, sitting: Int) async throws
    /// Keeps the sheet, counts its mark, and drops the draft.
    /// - Parameter version: of the expert's mark that this one replaces, 0 for the first.
    /// - Throws: `review.marks_settled`, `review.stale`.
    func handIn(_ sheet: MarkSheet, replacing version: Int, entry: AuditEntry) async throws
    func remarks(_ cell: CellAddress) async throws -> [MarkRemark]
    func say(_ remark: MarkRemark, entry: AuditEntry) async throws
}

/// One expert leaves cells, another may take them over.
public struct ExpertExchange: Sendable, Hashable {
    public let round: RoundID
    public let indicator: IndicatorID
    public let panel: Int
    public let leaving: AccountID
    public let taking: AccountID?
    public let cells: [CellAddress]
    /// True when the leaving one gives up the seat, false when they keep their other cases.
    public let leavesSeat: Bool
    public let reason: String
    public let at: Instant

    public init(
        round: RoundID, indicator: IndicatorID, panel: Int, leaving: AccountID, taking: AccountID?,
        cells: [CellAddress], leavesSeat: Bool, reason: String, at: Instant
    ) {
        self.round = round
        self.indicator = indicator
        self.panel = panel
        self.leaving = leaving
        self.taking = taking
        self.cells = cells
        self.leavesSeat = leavesSeat
        self.reason = reason
        self.at = at
    }
}

/// Whose marks count in which cells, and which cells must wait; asked before marks are settled.
public protocol MarkReadiness: Sendable {
    /// By cell, for those whose experts were drawn; a cell not named is open to every expert and never held.
    func readiness(_ round: RoundID) async throws -> [CellAddress: CaseStanding]
}
