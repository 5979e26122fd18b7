import Vocabulary

/// The sheets of a spreadsheet, as values without formats.
public struct Workbook: Sendable, Hashable {
    /// One cell.
    public enum Cell: Sendable, Hashable {
        case empty
        case text(String)
        case number(ExactDecimal)
    }

    /// One sheet: rows of cells, of unequal length where cells at the end are empty.
    public struct Sheet: Sendable, Hashable {
        public var name: String
        public var rows: [[Cell]]

        public init(name: String, rows: [[Cell]]) {
            self.name = name
            self.rows = rows
        }
    }

    public var sheets: [Sheet]

    public init(sheets: [Sheet]) { self.sheets = sheets }
}
