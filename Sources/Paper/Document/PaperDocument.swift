import Vocabulary

/// A document before it has a format: what it says, in order. It renders to PDF, DOCX and, for its tables, XLSX; equal
/// documents give equal bytes on one machine.
public struct PaperDocument: Sendable, Hashable {
    /// How the text stands on the page.
    public enum Manner: Sendable, Hashable {
        /// An official letter: 16 points, 22 lines a page. Source: GB/T 9704-2012, 5.2.
        case letter
        /// A form or a list: smaller, so that tables fit.
        case form
    }

    public enum Alignment: Sendable, Hashable { case left, center, right }

    /// One column of a table.
    public struct Column: Sendable, Hashable {
        public var title: String
        /// Share of the width, against the other columns'.
        public var weight: Double
        public var alignment: Alignment

        public init(_ title: String, weight: Double = 1, _ alignment: Alignment = .left) {
            self.title = title
            self.weight = max(0.1, weight)
            self.alignment = alignment
        }
    }

    public struct Table: Sendable, Hashable {
        /// Above the table; also the name of its sheet.
        public var title: String?
        public var columns: [Column]
        /// Each with as many cells as there are columns.
        public var rows: [[String]]

        public init(title: String? = nil, columns: [Column], rows: [[String]]) {
            self.title = title
            self.columns = columns
            self.rows = rows.map { row in
                Array(row.prefix(columns.count)) + Array(repeating: "", count: max(0, columns.count - row.count))
            }
        }
    }

    /// A label and what stands behind it.
    public struct Entry: Sendable, Hashable {
        public var label: String
        public var text: String

        public init(_ label: String, _ text: String) {
            self.label = label
            self.text = text
        }
    }

    public enum Block: Sendable, Hashable {
        /// A heading with its number already in it; level 1…3.
        case heading(String, level: Int)
        /// Running text, its first line indented by two characters.
        case paragraph(String)
        /// A line by itself: whom a letter is addressed to, the date at its end.
        case line(String, Alignment)
        case entries([Entry])
        case table(Table)
        /// Places for signature and seal, side by side, with the date below each.
        case signatures([String], date: String)
        case pageBreak
    }

    /// What marks the very version on every page.
    public struct Seal: Sendable, Hashable {
        /// What the QR code carries.
        public var code: String
        /// Beside it, for people: version number and check digits.
        public var lines: [String]

        public init(code: String, lines: [String]) {
            self.code = code
            self.lines = lines
        }
    }

    public var title: String
    public var subtitle: String?
    /// At the top of every page, in red: that it is a rehearsal, a draft.
    public var banner: String?
    /// At the top of every page on the right: which document of whom.
    public var runningTitle: String?
    public var manner: Manner
    public var isLandscape: Bool
    public var blocks: [Block]
    public var seal: Seal?

    public init(
        title: String, subtitle: String? = nil, banner: String? = nil, runningTitle: String? = nil,
        manner: Manner = .form, isLandscape: Bool = false, blocks: [Block], seal: Seal? = nil
    ) {
        self.title = title
        self.subtitle = subtitle
        self.banner = banner
        self.runningTitle = runningTitle
        self.manner = manner
        self.isLandscape = isLandscape
        self.blocks = blocks
        self.seal = seal
    }

    /// Numbers in a list and ranks stand in the middle of their columns; codes with leading zeros are none.
    private static func count(_ text: String) -> Workbook.Cell? {
        guard text.count <= 9, text.utf8.allSatisfy({ (48...57).contains($0) }), text == "0" || !text.hasPrefix("0")
        else { return nil }
        return Int(text).map { .number(ExactDecimal($0)) }
    }

    /// The tables as a workbook, one sheet each, with the title above the header and the seal's lines below.
    public func workbook() -> Workbook {
        var sheets: [Workbook.Sheet] = []
        for case .table(let table) in blocks {
            let width = max(1, table.columns.count)
            var rows: [[Workbook.Cell]] = [[.text(title)]]
            if let banner { rows.append([.text(banner)]) }
            var merges = rows.indices.map { Workbook.Merge(rows: $0...$0, columns: 0...(width - 1)) }
            if width == 1 { merges = [] }
            rows.append(table.columns.map { .text($0.title) })
            let header = rows.count
            rows += table.rows.map { row in
                zip(row, table.columns).map { text, column in
                    if text.isEmpty { return .empty }
                    if column.alignment == .right {
                        return CellNumber.exact(text).map { .number($0) } ?? .text(text)
                    }
                    return column.alignment == .center ? PaperDocument.count(text) ?? .text(text) : .text(text)
                }
            }
            for line in seal?.lines ?? [] { rows.append([.text(line)]) }
            sheets.append(
                Workbook.Sheet(
                    name: table.title ?? title, rows: rows,
                    columns: table.columns.map { column in
                        Workbook.Column(
                            width: max(SheetWriter.displayWidth(column.title) + 2, Int(column.weight * 12)))
                    }, headerRows: header, merges: merges))
        }
        return Workbook(sheets: sheets)
    }
}
