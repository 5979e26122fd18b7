import Vocabulary

/// The sheets of a spreadsheet: what stands in the cells, and the little that a table needs to be pleasant to work in.
///
/// `Workbook(xlsx:)` reads what Excel, WPS and LibreOffice write, `xlsx()` writes what they open. Text stays text (a
/// credit code never becomes a number), numbers are exact.
public struct Workbook: Sendable, Hashable {
    /// One cell.
    public enum Cell: Sendable, Hashable {
        case empty
        case text(String)
        case number(ExactDecimal)
        case boolean(Bool)
        /// A day; a file that was read has it as text in ISO form.
        case date(CivilDay)
        /// A day with hours and minutes, as the clock on the wall shows them.
        case moment(CivilDay, minutes: Int)

        /// What a person would type for it: a number without needless zeros, `TRUE` and `FALSE` as spreadsheets show
        /// them, nothing for an empty cell. Text comes back as it is, spaces included.
        public var plainText: String {
            switch self {
            case .empty: ""
            case .text(let text): text
            case .number(let number): number.shortest
            case .boolean(let truth): truth ? "TRUE" : "FALSE"
            case .date(let day): day.description
            case .moment(let day, let minutes): "\(day) \(Cell.two(minutes / 60)):\(Cell.two(minutes % 60))"
            }
        }

        private static func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
    }

    /// How a column is written; read workbooks have none.
    public struct Column: Sendable, Hashable {
        /// In characters of Latin text, 2…120; nil measures the cells.
        public var width: Int?
        /// What may be chosen in the column; anything else is refused by the spreadsheet. Empty: anything.
        public var choices: [String]
        /// The whole column is text, also in rows not yet filled: for codes and dates in a form to be filled in.
        public var isText: Bool

        public init(width: Int? = nil, choices: [String] = [], isText: Bool = false) {
            self.width = width
            self.choices = choices
            self.isText = isText
        }
    }

    /// Cells merged into one, counted from 0, both ends included. The content stands in the first cell.
    public struct Merge: Sendable, Hashable {
        public let rows: ClosedRange<Int>
        public let columns: ClosedRange<Int>

        public init(rows: ClosedRange<Int>, columns: ClosedRange<Int>) {
            self.rows = rows
            self.columns = columns
        }
    }

    /// One sheet: rows of cells, of unequal length where cells at the end are empty.
    public struct Sheet: Sendable, Hashable {
        public var name: String
        public var rows: [[Cell]]
        /// From the left; columns beyond them are measured.
        public var columns: [Column]
        /// How many rows stand above the table: bold, repeated in print, and in place when the rest is scrolled.
        public var headerRows: Int
        public var merges: [Merge]
        /// The person who made the file has hidden the sheet.
        public var isHidden: Bool

        public init(
            name: String, rows: [[Cell]], columns: [Column] = [], headerRows: Int = 1, merges: [Merge] = [],
            isHidden: Bool = false
        ) {
            self.name = name
            self.rows = rows
            self.columns = columns
            self.headerRows = headerRows
            self.merges = merges
            self.isHidden = isHidden
        }

        /// The cell at a place, empty beyond the edge.
        public subscript(row: Int, column: Int) -> Cell {
            rows.indices.contains(row) && rows[row].indices.contains(column) ? rows[row][column] : .empty
        }

        /// The same sheet with the content of merged cells in each of them, so that every row can be read by itself.
        public func unmerged() -> Sheet {
            var copy = self
            copy.merges = []
            for merge in merges where merge.rows.lowerBound < rows.count {
                let content = self[merge.rows.lowerBound, merge.columns.lowerBound]
                guard content != .empty else { continue }
                for row in merge.rows where row < rows.count {
                    while copy.rows[row].count <= merge.columns.upperBound { copy.rows[row].append(.empty) }
                    for column in merge.columns { copy.rows[row][column] = content }
                }
            }
            return copy
        }
    }

    /// How much is read from a file that someone else made.
    public struct Limits: Sendable, Hashable {
        public var fileBytes: Int
        /// For each part of the file when unpacked.
        public var unpackedBytes: Int
        public var sheets: Int
        public var rows: Int
        public var columns: Int
        /// Filled cells of all sheets.
        public var cells: Int

        public init(
            fileBytes: Int = 32 << 20, unpackedBytes: Int = 256 << 20, sheets: Int = 64, rows: Int = 50_000,
            columns: Int = 512, cells: Int = 2_000_000
        ) {
            self.fileBytes = fileBytes
            self.unpackedBytes = unpackedBytes
            self.sheets = sheets
            self.rows = rows
            self.columns = columns
            self.cells = cells
        }
    }

    public var sheets: [Sheet]
    /// What the reader could not take over as it stands: formulas without a value, error values.
    public var findings: [Finding] = []

    public init(sheets: [Sheet]) { self.sheets = sheets }

    /// The name of a cell as spreadsheets show it, from a row and a column counted from 0: `AB12`.
    public static func address(row: Int, column: Int) -> String { columnName(column) + "\(row + 1)" }

    static func columnName(_ column: Int) -> String {
        var name = ""
        var rest = column
        repeat {
            name = String(UnicodeScalar(UInt8(65 + rest % 26))) + name
            rest = rest / 26 - 1
        } while rest >= 0
        return name
    }
}

extension ExactDecimal {
    /// The same value without zeros at its end: `12.5`.
    var shortest: String {
        guard places > 0 else { return description }
        let trimmed = description.reversed().drop { $0 == "0" }.reversed()
        return trimmed.last == "." ? String(trimmed.dropLast()) : String(trimmed)
    }
}
