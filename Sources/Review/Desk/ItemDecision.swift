import Vocabulary

/// What one level decided about one item of a submission.
public struct ItemDecision: Sendable, Hashable {
    public enum Verdict: String, Sendable, Hashable, Codable, CaseIterable { case accept, `return` }

    /// Why a decision no longer stands.
    public enum Void: String, Sendable, Hashable, Codable, CaseIterable {
        /// The company has changed the figure, the list or the papers since.
        case changed
        /// The level decided anew.
        case replaced
        /// The company has resubmitted what was returned.
        case answered
        case undone
    }

    /// Grows over all decisions of the installation; what a writer has seen.
    public let id: Int
    public let cell: CellAddress
    public let level: ReviewLevel
    public let verdict: Verdict
    /// Only of a return.
    public let reasonCode: CellReturn.ReasonCode?
    /// In words; empty for an acceptance that needed none.
    public let reason: String
    /// Rows of the item list that are sent back; empty: the whole item.
    public let rows: [Int]
    /// The declaration that was decided on; 0 when nothing was declared.
    public let declaredVersion: Int
    public let by: AccountID
    public let at: Instant
    public let batch: String?
    /// Nil while the decision stands.
    public let void: Void?

    public init(
        id: Int, cell: CellAddress, level: ReviewLevel, verdict: Verdict, reasonCode: CellReturn.ReasonCode? = nil,
        reason: String, rows: [Int] = [], declaredVersion: Int, by: AccountID, at: Instant, batch: String? = nil,
        void: Void? = nil
    ) {
        self.id = id
        self.cell = cell
        self.level = level
        self.verdict = verdict
        self.reasonCode = reasonCode
        self.reason = reason
        self.rows = rows
        self.declaredVersion = declaredVersion
        self.by = by
        self.at = at
        self.batch = batch
        self.void = void
    }
}

/// Who has an item on their desk at a level.
public struct ItemAssignment: Sendable, Hashable {
    public let cell: CellAddress
    public let level: ReviewLevel
    public let account: AccountID
    /// What the colleague should know.
    public let note: String
    public let by: AccountID
    public let at: Instant

    public init(
        cell: CellAddress, level: ReviewLevel, account: AccountID, note: String, by: AccountID, at: Instant
    ) {
        self.cell = cell
        self.level = level
        self.account = account
        self.note = note
        self.by = by
        self.at = at
    }
}
