import Vocabulary

/// One accepted row of an item list, its values in the form in which they are stored and compared.
public struct ItemRow: Sendable, Hashable, Codable {
    /// The row's number in what the company sent: the header is row 1, the first row of data 2.
    public let number: Int
    /// Field id → value: numbers in plain decimals, days as `2024-05-31`, choices as dictionary codes, credit codes in
    /// capitals, certificate numbers in their usual writing. A field left empty has no entry.
    public let fields: [String: String]

    public init(number: Int, fields: [String: String]) {
        self.number = number
        self.fields = fields
    }
}

/// The list behind a declared figure; a new list replaces the old one whole, and both stay in the log.
public struct ItemList: Sendable, Hashable, Codable {
    public let cell: CellAddress
    /// Accepted rows in the order in which they were sent; duplicates and refused rows are not among them.
    public let rows: [ItemRow]
    public let by: AccountID
    public let at: Instant
    /// 1 for the first list of the cell, one more with every change.
    public let version: Int
    /// Ids of the fields that tell something of a person; kept sealed.
    public let personalFields: Set<String>

    public init(
        cell: CellAddress, rows: [ItemRow], by: AccountID, at: Instant, version: Int, personalFields: Set<String> = []
    ) {
        self.personalFields = personalFields
        self.cell = cell
        self.rows = rows
        self.by = by
        self.at = at
        self.version = version
    }
}
