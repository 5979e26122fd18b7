import Foundation
import Paper
import Scheme
import Vocabulary

/// An item list as a spreadsheet: the form to fill in, the list as it is, and what a company sends back.
public enum ItemWorkbook {
    /// The columns with their titles, and a second sheet with what may be chosen; columns with few choices offer them in
    /// the cell.
    /// - Parameter choicesTitle: the name of the second sheet.
    /// - Throws: what `Workbook.xlsx()` throws.
    public static func template(
        _ indicator: Indicator, rows: [ItemRow] = [], scheme: IndicatorScheme, language: Language,
        choicesTitle: String
    ) throws(Failure) -> [UInt8] {
        var lookup: [[Workbook.Cell]] = []
        var heads: [Workbook.Cell] = []
        var columns: [Workbook.Column] = []
        for field in indicator.items {
            let titles = (ItemListReader.dictionary(of: field, in: scheme)?.entries ?? []).filter(\.isCounted)
                .map { $0.title[language] }
            let isNumber = field.kind == .number
            columns.append(
                Workbook.Column(
                    width: field.kind == .text ? 28 : 20, choices: titles.count <= 200 ? titles : [],
                    isText: !isNumber))
            guard !titles.isEmpty else { continue }
            heads.append(.text(field.title[language]))
            for (index, title) in titles.enumerated() {
                if index == lookup.count { lookup.append([]) }
                while lookup[index].count < heads.count - 1 { lookup[index].append(.empty) }
                lookup[index].append(.text(title))
            }
        }
        let head = indicator.items.map { field in
            Workbook.Cell.text(field.title[language] + (field.isRequired ? "*" : ""))
        }
        let body = rows.map { row in indicator.items.map { cell(row.fields[$0.id] ?? "", $0, scheme, language) } }
        var sheets = [
            Workbook.Sheet(name: sheetName(indicator.title[language]), rows: [head] + body, columns: columns)
        ]
        if !heads.isEmpty {
            sheets.append(Workbook.Sheet(name: sheetName(choicesTitle), rows: [heads] + lookup))
        }
        return try Workbook(sheets: sheets).xlsx()
    }

    /// The first visible sheet as a table whose row numbers are the spreadsheet's.
    /// - Throws: what `Workbook(xlsx:)` throws.
    public static func table(_ bytes: [UInt8]) throws(Failure) -> DelimitedText {
        let book = try Workbook(xlsx: bytes, limits: Workbook.Limits(rows: ItemListReader.mostRows))
        guard let sheet = book.sheets.first(where: { !$0.isHidden })?.unmerged() else { return DelimitedText("") }
        var text = ""
        for row in sheet.rows {
            var cells = row.map(\.plainText)
            while let last = cells.last, last.isEmpty { cells.removeLast() }
            text += DelimitedText.line(cells.isEmpty ? [""] : cells)
        }
        return DelimitedText(text)
    }

    private static func cell(
        _ value: String, _ field: ItemField, _ scheme: IndicatorScheme, _ language: Language
    ) -> Workbook.Cell {
        if value.isEmpty { return .empty }
        if field.kind == .number, let number = ExactDecimal(value) { return .number(number) }
        let entry = ItemListReader.dictionary(of: field, in: scheme)?.entry(value)
        return .text(entry?.title[language] ?? value)
    }

    /// Without what spreadsheets do not allow in the name of a sheet, 31 characters at most.
    private static func sheetName(_ title: String) -> String {
        String(title.filter { !"[]:*?/\\'".contains($0) }.prefix(31))
    }
}
