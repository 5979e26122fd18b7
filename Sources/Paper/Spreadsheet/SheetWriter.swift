import Vocabulary

/// Writes one sheet of an XLSX file.
struct SheetWriter {
    private let sheet: Workbook.Sheet
    private let isFirst: Bool

    init(_ sheet: Workbook.Sheet, isFirst: Bool) {
        self.sheet = sheet
        self.isFirst = isFirst
    }

    func markup(_ texts: inout SharedTextTable, _ lists: inout ChoiceLists) -> String {
        var out = WorkbookMarkup.head + "<worksheet xmlns=\"\(WorkbookMarkup.main)\">"
        out += "<sheetPr><pageSetUpPr fitToPage=\"1\"/></sheetPr>"
        out += "<sheetViews><sheetView workbookViewId=\"0\"\(isFirst ? " tabSelected=\"1\"" : "")>" + pane
        out += "</sheetView></sheetViews><sheetFormatPr defaultRowHeight=\"16\"/>" + columns + "<sheetData>"
        for (index, row) in sheet.rows.enumerated() where !row.isEmpty {
            out += "<row r=\"\(index + 1)\">"
            for (column, cell) in row.enumerated() { write(cell, index, column, &texts, &out) }
            out += "</row>"
        }
        out += "</sheetData>" + merges + validations(&lists)
        out += "<pageMargins left=\"0.5\" right=\"0.5\" top=\"0.6\" bottom=\"0.6\" header=\"0.3\" footer=\"0.3\"/>"
        out += "<pageSetup paperSize=\"9\" orientation=\"\(width > 8 ? "landscape" : "portrait")\" fitToHeight=\"0\"/>"
        out += "<headerFooter><oddFooter>&amp;C&amp;P / &amp;N</oddFooter></headerFooter>"
        return out + "</worksheet>"
    }

    private var width: Int { max(sheet.rows.prefix(1_000).map(\.count).max() ?? 0, sheet.columns.count) }

    private var pane: String {
        guard sheet.headerRows > 0, sheet.rows.count >= sheet.headerRows else { return "" }
        return "<pane ySplit=\"\(sheet.headerRows)\" topLeftCell=\"A\(sheet.headerRows + 1)\" "
            + "activePane=\"bottomLeft\" state=\"frozen\"/><selection pane=\"bottomLeft\"/>"
    }

    private var columns: String {
        guard width > 0 else { return "" }
        var measured = [Int](repeating: 6, count: width)
        let merged = Set(sheet.merges.filter { $0.columns.count > 1 }.flatMap { merge in merge.rows.map { $0 } })
        for (index, row) in sheet.rows.prefix(1_000).enumerated() where !merged.contains(index) {
            for (column, cell) in row.enumerated() {
                measured[column] = max(measured[column], SheetWriter.displayWidth(cell.plainText) + 2)
            }
        }
        let all = (0..<width).map { column in
            let asked = sheet.columns.indices.contains(column) ? sheet.columns[column] : nil
            let wide = asked?.width.map { min(120, max(2, $0)) } ?? min(48, measured[column])
            let style = asked?.isText == true ? " style=\"\(WorkbookMarkup.textStyle)\"" : ""
            return "<col min=\"\(column + 1)\" max=\"\(column + 1)\" width=\"\(wide)\" customWidth=\"1\"\(style)/>"
        }
        return "<cols>" + all.joined() + "</cols>"
    }

    private var merges: String {
        guard !sheet.merges.isEmpty else { return "" }
        let all = sheet.merges.map { merge in
            let from = Workbook.address(row: merge.rows.lowerBound, column: merge.columns.lowerBound)
            let to = Workbook.address(row: merge.rows.upperBound, column: merge.columns.upperBound)
            return "<mergeCell ref=\"\(from):\(to)\"/>"
        }
        return "<mergeCells count=\"\(all.count)\">" + all.joined() + "</mergeCells>"
    }

    private func validations(_ lists: inout ChoiceLists) -> String {
        var all: [String] = []
        for (index, column) in sheet.columns.enumerated() where !column.choices.isEmpty {
            let name = Workbook.columnName(index)
            all.append(
                "<dataValidation type=\"list\" allowBlank=\"1\" showErrorMessage=\"1\" "
                    + "sqref=\"\(name)\(sheet.headerRows + 1):\(name)\(max(20_000, sheet.rows.count))\"><formula1>"
                    + lists.range(column.choices) + "</formula1></dataValidation>")
        }
        return all.isEmpty ? "" : "<dataValidations count=\"\(all.count)\">" + all.joined() + "</dataValidations>"
    }

    private func write(
        _ cell: Workbook.Cell, _ row: Int, _ column: Int, _ texts: inout SharedTextTable, _ out: inout String
    ) {
        let isHeader = row < sheet.headerRows
        let place = Workbook.address(row: row, column: column)
        switch cell {
        case .empty:
            if isHeader { out += "<c r=\"\(place)\" s=\"\(WorkbookMarkup.headerStyle)\"/>" }
        case .text(let text):
            let style = isHeader ? WorkbookMarkup.headerStyle : WorkbookMarkup.textStyle
            out += "<c r=\"\(place)\" s=\"\(style)\" t=\"s\"><v>\(texts.number(text))</v></c>"
        case .boolean(let truth):
            let style = isHeader ? WorkbookMarkup.headerStyle : 0
            out += "<c r=\"\(place)\" s=\"\(style)\" t=\"b\"><v>\(truth ? 1 : 0)</v></c>"
        case .date(let day):
            out += "<c r=\"\(place)\" s=\"\(WorkbookMarkup.dateStyle)\"><v>\(SheetWriter.serial(day))</v></c>"
        case .moment(let day, let minutes):
            // Rounded up, so that no program shows the minute before.
            let fraction = String("0000000000\((minutes * 10_000_000_000 + 1_439) / 1_440)".suffix(10))
            out += "<c r=\"\(place)\" s=\"\(WorkbookMarkup.momentStyle)\">"
            out += "<v>\(SheetWriter.serial(day)).\(fraction)</v></c>"
        case .number(let number):
            guard number.coefficient.magnitude < 1_000_000_000_000_000 else {
                out += "<c r=\"\(place)\" s=\"\(WorkbookMarkup.rightTextStyle)\" t=\"s\">"
                out += "<v>\(texts.number(number.description))</v></c>"
                return
            }
            let style = isHeader ? WorkbookMarkup.headerStyle : WorkbookMarkup.numberStyle(number.places)
            out += "<c r=\"\(place)\" s=\"\(style)\"><v>\(number)</v></c>"
        }
    }

    /// The day as spreadsheets count: 1 is 1900-01-01, with a 29 February 1900 that never was before 61.
    private static func serial(_ day: CivilDay) -> Int {
        let number = day.daysSince1970 + 25_569
        return number > 60 ? number : number - 1
    }

    /// The longest line in half-width characters; Chinese takes two.
    static func displayWidth(_ text: String) -> Int {
        var longest = 0
        for line in text.prefix(400).split(separator: "\n", omittingEmptySubsequences: false) {
            longest = max(longest, line.unicodeScalars.reduce(0) { $0 + ($1.value >= 0x1100 ? 2 : 1) })
        }
        return longest
    }
}
