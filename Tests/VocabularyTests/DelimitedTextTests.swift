import Testing
import Vocabulary

@Suite("Comma-separated tables")
struct DelimitedTextTests {
    @Test(
        "Every spelling of the same table reads the same",
        arguments: [
            "name,code\na,1\nb,2\n", "name,code\r\na,1\r\nb,2", "\u{FEFF}name,code\ra,1\rb,2\r",
            "\"name\",\"code\"\n\"a\",1\n\nb,\"2\"\n\n", "name,code,,\na,1,,\n,,,\nb,2,,\n",
            " name , code \na,1\nb,2\n",
        ])
    func spellings(text: String) {
        let table = DelimitedText(text)
        #expect(table.header.prefix(2) == ["name", "code"])
        #expect(table.rows.map { Array($0.fields.prefix(2)) } == [["a", "1"], ["b", "2"]])
        #expect(table.findings.isEmpty)
    }

    @Test("Quotes keep delimiters, line breaks and doubled quotes, and rows keep the spreadsheet's number")
    func quotes() {
        let table = DelimitedText("名称,备注\n\"甲,\n乙\",\"他说\"\"好\"\"\"\n\n丙,\n")
        #expect(table.rows.map(\.fields) == [["甲,\n乙", "他说\"好\""], ["丙", ""]])
        #expect(table.rows.map(\.number) == [2, 4])
        #expect(table.rows.map(\.line) == [2, 5])
        #expect(table.findings.isEmpty)
    }

    @Test(
        "A fault names its row and column, the row is left out and the others stay",
        arguments: [
            ("a,b\n1,\"x\n2,y\n", "match.table_unterminated_quote", "row 2, column 2", 0),
            ("a,b\n1,\"x\"y\n2,y\n", "match.table_text_after_quote", "row 2, column 2", 1),
            ("a,b\n1,x\"y\n2,y\n", "match.table_stray_quote", "row 2, column 2", 1),
            ("a,b\n1,2,3\n2,y\n", "match.table_too_many_fields", "row 2", 1),
            ("a,b\n1,\u{0}\n2,y\n", "match.table_zero_byte", "row 2, column 2", 1),
            ("a,b\n1\n2,y\n", "match.table_too_few_fields", "row 2", 2),
            ("a,a\n1,2\n", "match.table_duplicate_column", "row 1, column 2", 1),
            ("", "match.table_empty", "row 1", 0),
            ("\"a,b\n1,2\n", "match.table_unterminated_quote", "row 1, column 1", 0),
        ] as [(String, String, String, Int)])
    func faults(text: String, code: String, place: String, rows: Int) {
        let table = DelimitedText(text)
        #expect(table.findings.map(\.code) == [code])
        #expect(table.findings.map(\.place) == [place])
        #expect(table.rows.count == rows)
    }

    @Test("Bytes that are not UTF-8 are a finding with the row, not a replacement character")
    func wrongEncoding() {
        let gbk: [UInt8] = [0xC3, 0xFB, 0xB3, 0xC6]
        let table = DelimitedText(utf8: Array("a,b\n".utf8) + gbk + Array(",1\nc,2\n".utf8))
        #expect(table.findings.map(\.code) == ["match.table_not_utf8"])
        #expect(table.findings.map(\.place) == ["row 2, column 1"])
        #expect(table.rows.map(\.fields) == [["c", "2"]])
    }

    @Test("Limits stop the reader with a finding")
    func limits() {
        let many = DelimitedText("a\n1\n2\n3\n", limits: .init(rows: 2))
        #expect(many.rows.count == 2)
        #expect(many.findings.map(\.code) == ["match.table_too_many_rows"])
        let long = DelimitedText("a\n12345\n\"12345\"\n1\n", limits: .init(fieldBytes: 4))
        #expect(long.rows.map(\.fields) == [["1"]])
        #expect(long.findings.map(\.code) == ["match.table_field_too_long", "match.table_field_too_long"])
        let wide = DelimitedText("a,b\n1,2,3,4,5\n1,2\n", limits: .init(columns: 3))
        #expect(wide.rows.map(\.fields) == [["1", "2"]])
    }

    @Test("What is written reads back the same", arguments: ["", "a", "a,b", "\"", "a\r\nb", "\"\"", " x ", "全，角"])
    func roundTrip(field: String) {
        let table = DelimitedText(DelimitedText.line(["h", "k"]) + DelimitedText.line([field, "z"]))
        #expect(table.rows.map(\.fields) == [[field, "z"]])
        #expect(table.findings.isEmpty)
    }
}
