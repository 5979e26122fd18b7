import Vocabulary

/// The declared side of a cell: what the company says, by whom and when.
public struct Declaration: Sendable, Hashable, Codable {
    public let cell: CellAddress
    /// Value id (`core-talent`, `standards.national-led`) → the declared figure, with the indicator's places.
    ///
    /// A ratio indicator carries its typed parts beside the computed share under the indicator's own id.
    public let values: [String: ExactDecimal]
    public let by: AccountID
    public let at: Instant
    /// 1 for the first declaration of the cell, one more with every change; the ETag of the cell's declared side.
    public let version: Int

    public init(cell: CellAddress, values: [String: ExactDecimal], by: AccountID, at: Instant, version: Int) {
        self.cell = cell
        self.values = values
        self.by = by
        self.at = at
        self.version = version
    }
}
