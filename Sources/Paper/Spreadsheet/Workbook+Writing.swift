import Vocabulary

extension Workbook {
    /// Writes the workbook as XLSX; equal workbooks give equal bytes.
    ///
    /// Text cells are formatted as text, so that a code with leading zeros survives being edited, and a text that
    /// begins with `=` stays a text. Numbers show exactly their places; those of more than fifteen digits are written
    /// as text, because a spreadsheet would change them.
    /// - Throws: `paper.workbook_too_many_rows` beyond 1 048 576 rows, `paper.archive_damaged` without memory.
    public func xlsx() throws(Failure) -> [UInt8] {
        for sheet in sheets where sheet.rows.count > 1_048_576 {
            throw Failure("paper.workbook_too_many_rows", ["limit": "1048576", "sheet": sheet.name])
        }
        let names = Workbook.safeNames(sheets.map(\.name))
        var lists = ChoiceLists()
        var texts = SharedTextTable()
        var parts: [String] = []
        for (index, sheet) in sheets.enumerated() {
            parts.append(SheetWriter(sheet, isFirst: index == 0).markup(&texts, &lists))
        }
        var allNames = names.map { (name: $0, state: "visible") }
        for (index, sheet) in sheets.enumerated() where sheet.isHidden { allNames[index].state = "hidden" }
        if !lists.columns.isEmpty {
            parts.append(SheetWriter(lists.sheet, isFirst: false).markup(&texts, &lists))
            allNames.append((ChoiceLists.sheetName, "veryHidden"))
        }
        var zip = ZipWriter()
        try zip.add("[Content_Types].xml", WorkbookMarkup.contentTypes(sheets: parts.count))
        try zip.add("_rels/.rels", WorkbookMarkup.rootRelations)
        try zip.add("xl/workbook.xml", WorkbookMarkup.book(allNames, headerRows: sheets.map(\.headerRows)))
        try zip.add("xl/_rels/workbook.xml.rels", WorkbookMarkup.relations(sheets: parts.count))
        try zip.add("xl/styles.xml", WorkbookMarkup.styles)
        try zip.add("xl/sharedStrings.xml", texts.markup)
        for (index, part) in parts.enumerated() { try zip.add("xl/worksheets/sheet\(index + 1).xml", part) }
        return zip.finished()
    }

    /// Names as spreadsheets allow them: at most 31 characters, none of `[]:*?/\`, each once.
    static func safeNames(_ names: [String]) -> [String] {
        var used: Set<String> = [ChoiceLists.sheetName]
        return names.map { name in
            let clean = String(name.map { "[]:*?/\\".contains($0) || $0.isNewline ? " " : $0 })
                .drop { $0 == "'" || $0 == " " }
            let base = clean.isEmpty ? "Sheet" : cut(String(clean), units: 31)
            var candidate = base
            var number = 2
            while !used.insert(candidate.lowercased()).inserted {
                candidate = cut(base, units: 27) + " \(number)"
                number += 1
            }
            return candidate
        }
    }

    /// The text cut to so many UTF-16 units, whole characters only.
    static func cut(_ text: String, units: Int) -> String {
        guard text.utf16.count > units else { return text }
        var out = text
        while out.utf16.count > units { out.removeLast() }
        return out
    }
}

/// Each text once.
struct SharedTextTable {
    private var index: [String: Int] = [:]
    private var body = ""
    private var uses = 0

    /// The number of a text; the longest text that a cell may hold is 32 767 units, the rest is cut with a sign.
    mutating func number(_ text: String) -> Int {
        uses += 1
        // Equal strings of different scalars are one key to Swift and two texts to a reader.
        let key = text.utf16.count > 32_767 ? Workbook.cut(text, units: 32_766) + "\u{2026}" : text
        if let known = index[key] { return known }
        let number = index.count
        index[key] = number
        body += "<si><t xml:space=\"preserve\">" + MarkupText.escaped(SharedTextTable.guarded(key)) + "</t></si>"
        return number
    }

    var markup: String {
        WorkbookMarkup.head + "<sst xmlns=\"\(WorkbookMarkup.main)\" count=\"\(uses)\" uniqueCount=\"\(index.count)\">"
            + body + "</sst>"
    }

    /// A text that looks like an escaped character is escaped itself.
    private static func guarded(_ text: String) -> String {
        guard text.contains("_x") else { return text }
        var out = ""
        var rest = text[...]
        while let range = rest.firstRange(of: "_x") {
            let hex = rest[range.upperBound...].prefix(4)
            let isEscape =
                hex.count == 4 && hex.allSatisfy(\.isHexDigit)
                && rest[hex.endIndex...].first == "_"
            out += rest[..<range.lowerBound] + (isEscape ? "_x005F_x" : "_x")
            rest = rest[range.upperBound...]
        }
        return out + rest
    }
}

/// The lists behind choices, one column each on a sheet that nobody sees.
struct ChoiceLists {
    static let sheetName = "choices"
    private(set) var columns: [[String]] = []

    /// The range that holds these choices.
    mutating func range(_ choices: [String]) -> String {
        let column: Int
        if let known = columns.firstIndex(of: choices) {
            column = known
        } else {
            column = columns.count
            columns.append(choices)
        }
        let name = Workbook.columnName(column)
        return "\(ChoiceLists.sheetName)!$\(name)$1:$\(name)$\(choices.count)"
    }

    var sheet: Workbook.Sheet {
        let height = columns.map(\.count).max() ?? 0
        let rows = (0..<height).map { row in
            columns.map { row < $0.count ? Workbook.Cell.text($0[row]) : .empty }
        }
        return Workbook.Sheet(name: ChoiceLists.sheetName, rows: rows, headerRows: 0)
    }
}
