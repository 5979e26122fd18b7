import Vocabulary

/// A fault in one row of a list, with the place a person looks at and the text that says what to do.
public struct RowFinding: Sendable, Hashable, Codable {
    /// As in `ItemRow.number`; 1 is the header.
    public let row: Int
    /// The field's id; empty when the whole row is meant.
    public let column: String
    public let severity: Finding.Severity
    /// Key of the text in both catalogues: `submit.row.required`.
    public let code: String
    public let values: [String: String]

    public init(
        row: Int, column: String, _ code: String, _ values: [String: String] = [:],
        severity: Finding.Severity = .error
    ) {
        self.row = row
        self.column = column
        self.severity = severity
        self.code = code
        self.values = values
    }
}

/// What came of reading a list: the rows that count, those that repeat one, and every fault.
///
/// A wrong row never takes right ones with it.
public struct ItemReading: Sendable, Hashable {
    /// Distinct rows without an error, in order.
    public let accepted: [ItemRow]
    /// One finding for each row that repeats an accepted one in all key fields; it counts once.
    public let duplicates: [RowFinding]
    /// Errors of the refused rows, in order of row and column.
    public let rejected: [RowFinding]
    /// Remarks on accepted rows and on the header (an unknown column), which refuse nothing.
    public let remarks: [RowFinding]
    /// How many rows of data were read, empty ones apart.
    public let rowCount: Int
    /// The rows that repeat an accepted one.
    public let repeated: [ItemRow]
    /// The refused rows; good fields in their stored form, wrong ones as they were typed.
    public let refused: [ItemRow]

    public init(
        accepted: [ItemRow], duplicates: [RowFinding], rejected: [RowFinding], remarks: [RowFinding], rowCount: Int,
        repeated: [ItemRow] = [], refused: [ItemRow] = []
    ) {
        self.repeated = repeated
        self.refused = refused
        self.accepted = accepted
        self.duplicates = duplicates
        self.rejected = rejected
        self.remarks = remarks
        self.rowCount = rowCount
    }

    /// How many rows were refused.
    public var rejectedRowCount: Int { Set(rejected.map(\.row)).count }
}
