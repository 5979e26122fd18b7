import Vocabulary

/// Rows of one list that stand in lists of other submissions of the round too.
public struct SharedRows: Sendable, Hashable {
    public let cell: CellAddress
    /// Row → where the same stands; each in the order of platforms and rows.
    public let rows: [Int: [Place]]

    public struct Place: Sendable, Hashable {
        public let platform: PlatformID
        public let row: Int

        public init(platform: PlatformID, row: Int) {
            self.platform = platform
            self.row = row
        }
    }

    public init(cell: CellAddress, rows: [Int: [Place]]) {
        self.cell = cell
        self.rows = rows
    }
}

/// Finds equal rows of different submissions by their keys: a credit code, a certificate's number, or a person's keyed
/// digest, never the person's fields themselves.
public protocol SharedRowStore: Sendable {
    /// Grows whenever any list of the round changes; looking is cheap.
    func revision(_ round: RoundID) async throws -> Int
    /// Rows that count and stand in more than one submission, of one indicator; at most 20 000 rows are looked at.
    func shared(_ round: RoundID, _ indicator: IndicatorID) async throws -> [SharedRows]
    /// Cell → rows that repeat an earlier one of the same list; at most 500 a list.
    func repeated(_ round: RoundID) async throws -> [CellAddress: [Int]]
}
