import Vocabulary

/// A list as it stands when it is frozen for the draw.
public struct FrozenList: Sendable, Hashable {
    /// One row that may be drawn.
    public struct Row: Sendable, Hashable {
        public let number: Int
        public let stratum: String
        /// The city whose office judges the row.
        public let office: RegionCode

        public init(number: Int, stratum: String, office: RegionCode) {
            self.number = number
            self.stratum = stratum
            self.office = office
        }
    }

    public let cell: CellAddress
    public let listVersion: Int
    /// SHA-256 over the canonical JSON of the rows, the same as the entry of the list's hand-in carries.
    public let digest: Digest
    /// In the order of the list, without those struck out.
    public let rows: [Row]
    /// Numbers of rows struck out: they repeat another in all key fields, or carry a credit code that fails its check.
    public let struck: [Int]
    /// Value id → the figure that the rows left add up to.
    public let figures: [String: ExactDecimal]

    public init(
        cell: CellAddress, listVersion: Int, digest: Digest, rows: [Row], struck: [Int],
        figures: [String: ExactDecimal]
    ) {
        self.cell = cell
        self.listVersion = listVersion
        self.digest = digest
        self.rows = rows
        self.struck = struck
        self.figures = figures
    }
}
