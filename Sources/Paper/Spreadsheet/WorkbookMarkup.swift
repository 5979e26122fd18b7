/// The parts of an XLSX file that are the same in each.
/// Source: ECMA-376 part 1, SpreadsheetML.
enum WorkbookMarkup {
    static let head = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n"
    static let main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    private static let office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    private static let package = "http://schemas.openxmlformats.org/package/2006"
    private static let kind = "application/vnd.openxmlformats-officedocument.spreadsheetml"

    static let textStyle = 1
    static let headerStyle = 2
    static let rightTextStyle = 3

    /// The style of numbers with so many places, 0…9.
    static func numberStyle(_ places: Int) -> Int { 4 + min(9, max(0, places)) }

    static let dateStyle = 14
    static let momentStyle = 15

    static func contentTypes(sheets: Int) -> String {
        let all = (1...max(1, sheets)).map { part("/xl/worksheets/sheet\($0).xml", "\(kind).worksheet+xml") }
        return head + "<Types xmlns=\"\(package)/content-types\">"
            + "<Default Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/>"
            + "<Default Extension=\"xml\" ContentType=\"application/xml\"/>"
            + part("/xl/workbook.xml", "\(kind).sheet.main+xml") + part("/xl/styles.xml", "\(kind).styles+xml")
            + part("/xl/sharedStrings.xml", "\(kind).sharedStrings+xml") + all.joined() + "</Types>"
    }

    static let rootRelations =
        head + "<Relationships xmlns=\"\(package)/relationships\">"
        + "<Relationship Id=\"rId1\" Type=\"\(office)/officeDocument\" Target=\"xl/workbook.xml\"/></Relationships>"

    static func relations(sheets: Int) -> String {
        var all = (1...max(1, sheets)).map { relation($0, "worksheet", "worksheets/sheet\($0).xml") }
        all.append(relation(sheets + 1, "styles", "styles.xml"))
        all.append(relation(sheets + 2, "sharedStrings", "sharedStrings.xml"))
        return head + "<Relationships xmlns=\"\(package)/relationships\">" + all.joined() + "</Relationships>"
    }

    static func book(_ sheets: [(name: String, state: String)], headerRows: [Int]) -> String {
        let all = sheets.enumerated().map { index, sheet in
            "<sheet name=\"\(MarkupText.escaped(sheet.name))\" sheetId=\"\(index + 1)\" "
                + (sheet.state == "visible" ? "" : "state=\"\(sheet.state)\" ") + "r:id=\"rId\(index + 1)\"/>"
        }
        let titles = headerRows.enumerated().filter { $0.element > 0 }.map { index, rows in
            let name = MarkupText.escaped(sheets[index].name.replacing("'", with: "''"))
            return "<definedName name=\"_xlnm.Print_Titles\" localSheetId=\"\(index)\">'\(name)'!$1:$\(rows)"
                + "</definedName>"
        }
        return head + "<workbook xmlns=\"\(main)\" xmlns:r=\"\(office)\"><bookViews><workbookView/></bookViews>"
            + "<sheets>" + all.joined() + "</sheets>"
            + (titles.isEmpty ? "" : "<definedNames>" + titles.joined() + "</definedNames>") + "</workbook>"
    }

    static let styles: String = {
        let formats = (1...9).map { places in
            "<numFmt numFmtId=\"\(170 + places)\" formatCode=\"0.\(String(repeating: "0", count: places))\"/>"
        }
        let moments =
            "<numFmt numFmtId=\"180\" formatCode=\"yyyy\\-mm\\-dd\"/>"
            + "<numFmt numFmtId=\"181\" formatCode=\"yyyy\\-mm\\-dd\\ hh:mm\"/>"
        let alignment = "<alignment vertical=\"center\" wrapText=\"1\"/>"
        var cells = [
            style(0, font: 0, fill: 0, border: 1, alignment), style(49, font: 0, fill: 0, border: 1, alignment),
            style(
                49, font: 1, fill: 2, border: 1,
                "<alignment horizontal=\"center\" vertical=\"center\" wrapText=\"1\"/>"),
            style(49, font: 0, fill: 0, border: 1, "<alignment horizontal=\"right\" vertical=\"center\"/>"),
        ]
        for places in 0...9 {
            cells.append(
                style(places == 0 ? 1 : 170 + places, font: 0, fill: 0, border: 1, "<alignment vertical=\"center\"/>"))
        }
        for format in [180, 181] {
            cells.append(style(format, font: 0, fill: 0, border: 1, "<alignment vertical=\"center\"/>"))
        }
        let font = "<sz val=\"11\"/><color rgb=\"FF17212B\"/><name val=\"Microsoft YaHei\"/>"
        let side = { (name: String) in "<\(name) style=\"thin\"><color rgb=\"FFDDE1E4\"/></\(name)>" }
        return head + "<styleSheet xmlns=\"\(main)\"><numFmts count=\"11\">" + formats.joined() + moments + "</numFmts>"
            + "<fonts count=\"2\"><font>\(font)</font><font><b/>\(font)</font></fonts>"
            + "<fills count=\"3\"><fill><patternFill patternType=\"none\"/></fill>"
            + "<fill><patternFill patternType=\"gray125\"/></fill><fill><patternFill patternType=\"solid\">"
            + "<fgColor rgb=\"FFEDF0F4\"/></patternFill></fill></fills>"
            + "<borders count=\"2\"><border><left/><right/><top/><bottom/><diagonal/></border><border>"
            + side("left") + side("right") + side("top") + side("bottom") + "<diagonal/></border></borders>"
            + "<cellStyleXfs count=\"1\"><xf numFmtId=\"0\" fontId=\"0\" fillId=\"0\" borderId=\"0\"/></cellStyleXfs>"
            + "<cellXfs count=\"\(cells.count)\">" + cells.joined() + "</cellXfs>"
            + "<cellStyles count=\"1\"><cellStyle name=\"Normal\" xfId=\"0\" builtinId=\"0\"/></cellStyles></styleSheet>"
    }()

    private static func style(_ format: Int, font: Int, fill: Int, border: Int, _ alignment: String) -> String {
        "<xf numFmtId=\"\(format)\" fontId=\"\(font)\" fillId=\"\(fill)\" borderId=\"\(border)\" xfId=\"0\" "
            + "applyNumberFormat=\"1\" applyFont=\"1\" applyFill=\"1\" applyBorder=\"1\" applyAlignment=\"1\">"
            + alignment + "</xf>"
    }

    private static func part(_ name: String, _ type: String) -> String {
        "<Override PartName=\"\(name)\" ContentType=\"\(type)\"/>"
    }

    private static func relation(_ number: Int, _ type: String, _ target: String) -> String {
        "<Relationship Id=\"rId\(number)\" Type=\"\(office)/\(type)\" Target=\"\(target)\"/>"
    }
}
