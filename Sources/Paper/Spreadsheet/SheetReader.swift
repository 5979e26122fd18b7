import Vocabulary

/// Reads one sheet of an XLSX file.
struct SheetReader {
    let name: String
    let sharedTexts: [String]
    let formats: [CellFormat]
    let from1904: Bool
    let limits: Workbook.Limits
    /// How many more filled cells may be read.
    private(set) var cellsLeft: Int
    private(set) var findings: [Finding] = []
    private var rows: [[Workbook.Cell]] = []
    private var merges: [Workbook.Merge] = []
    private static let mostFindings = 100

    init(
        name: String, sharedTexts: [String], formats: [CellFormat], from1904: Bool, limits: Workbook.Limits,
        cellsLeft: Int
    ) {
        self.name = name
        self.sharedTexts = sharedTexts
        self.formats = formats
        self.from1904 = from1904
        self.limits = limits
        self.cellsLeft = cellsLeft
    }

    mutating func read(_ bytes: [UInt8], isHidden: Bool) throws(Failure) -> Workbook.Sheet {
        var reader = MarkupReader(bytes)
        var row = -1
        var column = -1
        var frozenRows = 0
        loop: while true {
            switch try reader.next() {
            case .start where reader.name == "row":
                // Rows and cells may leave out their numbers; they then follow each other.
                row = reader.attribute("r").flatMap(Int.init).map { $0 - 1 } ?? row + 1
                column = -1
            case .start where reader.name == "c":
                if let place = reader.attribute("r").flatMap(SheetReader.place) {
                    (row, column) = place
                } else {
                    column += 1
                }
                try readCell(&reader, row, column)
            case .start where reader.name == "mergeCell":
                if let merge = reader.attribute("ref").flatMap(SheetReader.merge), merges.count < 10_000 {
                    merges.append(merge)
                }
            case .start where reader.name == "pane":
                if (reader.attribute("state") ?? "").hasPrefix("frozen") {
                    frozenRows = min(20, reader.attribute("ySplit").flatMap(Int.init) ?? 0)
                }
            case .finish: break loop
            default: continue
            }
        }
        return Workbook.Sheet(
            name: name, rows: rows, headerRows: max(0, frozenRows), merges: merges, isHidden: isHidden)
    }

    private mutating func readCell(_ reader: inout MarkupReader, _ row: Int, _ column: Int) throws(Failure) {
        let type = reader.attribute("t") ?? "n"
        let style = reader.attribute("s").flatMap(Int.init)
        let level = reader.depth
        var value: String?
        var inline: String?
        var hasFormula = false
        loop: while true {
            switch try reader.next() {
            case .start where reader.name == "v": value = try reader.wholeText()
            case .start where reader.name == "is": inline = try SharedTextReader.text(&reader)
            case .start where reader.name == "f":
                hasFormula = true
                try reader.skipElement()
            case .end where reader.depth < level: break loop
            case .finish: throw Failure("paper.markup_damaged", ["byte": "?"])
            default: continue
            }
        }
        let place = Workbook.address(row: max(0, row), column: max(0, column))
        if hasFormula, (value ?? "").isEmpty, type != "str" {
            note(.warning, "paper.formula_without_value", place)
        }
        let cell = try content(type, inline ?? value, style, place)
        if cell != .empty { try put(cell, row, column) }
    }

    private mutating func content(
        _ type: String, _ value: String?, _ style: Int?, _ place: String
    ) throws(Failure) -> Workbook.Cell {
        guard let value, !value.isEmpty else { return .empty }
        switch type {
        case "s":
            guard let index = Int(value), sharedTexts.indices.contains(index) else {
                throw Failure("paper.workbook_damaged")
            }
            return sharedTexts[index].isEmpty ? .empty : .text(sharedTexts[index])
        case "str": return .text(SharedTextReader.unescaped(value))
        case "inlineStr": return .text(value)
        case "b": return .boolean(value == "1" || value == "true")
        case "e":
            note(.warning, "paper.cell_error", place, ["value": value])
            return .text(value)
        case "d":
            return .text(value.replacing("T00:00:00", with: "").replacing("T", with: " "))
        default:
            let format = style.flatMap { formats.indices.contains($0) ? formats[$0] : nil } ?? .general
            if let moment = format.moment(value, from1904: from1904) { return .text(moment) }
            if let number = CellNumber.exact(value) { return .number(number) }
            return .text(value)
        }
    }

    private mutating func put(_ cell: Workbook.Cell, _ row: Int, _ column: Int) throws(Failure) {
        guard row >= 0, column >= 0 else { throw Failure("paper.workbook_damaged") }
        guard row < limits.rows else {
            throw Failure("paper.workbook_too_many_rows", ["limit": "\(limits.rows)", "sheet": name])
        }
        guard column < limits.columns else {
            throw Failure("paper.workbook_too_many_columns", ["limit": "\(limits.columns)", "sheet": name])
        }
        cellsLeft -= 1
        guard cellsLeft >= 0 else {
            throw Failure("paper.workbook_too_many_cells", ["limit": "\(limits.cells)", "sheet": name])
        }
        while rows.count <= row { rows.append([]) }
        while rows[row].count < column { rows[row].append(.empty) }
        if rows[row].count == column { rows[row].append(cell) } else { rows[row][column] = cell }
    }

    private mutating func note(
        _ severity: Finding.Severity, _ code: String, _ place: String, _ values: [String: String] = [:]
    ) {
        guard findings.count < SheetReader.mostFindings else { return }
        let named = ["sheet": name, "cell": place].merging(values) { first, _ in first }
        findings.append(Finding(severity, code, at: "\(name)!\(place)", named))
    }

    /// `AB12` as row and column from 0; nil when it is none or absurdly far.
    static func place(_ text: String) -> (Int, Int)? {
        var column = 0
        var row = 0
        for byte in text.utf8 {
            switch byte {
            case UInt8(ascii: "$"): continue
            case UInt8(ascii: "A")...UInt8(ascii: "Z") where row == 0: column = column * 26 + Int(byte) - 64
            case UInt8(ascii: "0")...UInt8(ascii: "9"): row = row * 10 + Int(byte) - 48
            default: return nil
            }
            guard column <= 16_384, row <= 1_048_576 else { return nil }
        }
        return row > 0 && column > 0 ? (row - 1, column - 1) : nil
    }

    static func merge(_ text: String) -> Workbook.Merge? {
        let ends = text.split(separator: ":")
        guard ends.count == 2, let from = place(String(ends[0])), let to = place(String(ends[1])), from.0 <= to.0,
            from.1 <= to.1, to.1 < 512
        else { return nil }
        return Workbook.Merge(rows: from.0...to.0, columns: from.1...to.1)
    }
}
