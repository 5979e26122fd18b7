import Vocabulary

/// A cell sent back to the company: only it reopens.
public struct CellReturn: Sendable, Hashable, Codable {
    /// Why, in one word of a fixed list, so that returns can be counted.
    public enum ReasonCode: String, Sendable, Hashable, Codable, CaseIterable {
        case evidenceMissing = "evidence-missing"
        case evidenceUnreadable = "evidence-unreadable"
        case evidenceMismatch = "evidence-mismatch"
        case figureImplausible = "figure-implausible"
        case outOfScope = "out-of-scope"
        case outOfWindow = "out-of-window"
        case listFaulty = "list-faulty"
        case other
    }

    public let cell: CellAddress
    public let reasonCode: ReasonCode
    /// What the company should do, in words.
    public let reason: String
    /// The version of the declaration that was sent back; 0 when nothing was declared.
    public let declaredVersion: Int
    public let by: AccountID
    public let at: Instant
    /// Rows of the item list that are sent back; empty: the whole item.
    public let rows: [Int]

    public init(
        cell: CellAddress, reasonCode: ReasonCode, reason: String, declaredVersion: Int, by: AccountID, at: Instant,
        rows: [Int] = []
    ) {
        self.cell = cell
        self.reasonCode = reasonCode
        self.reason = reason
        self.declaredVersion = declaredVersion
        self.by = by
        self.at = at
        self.rows = rows
    }
}
