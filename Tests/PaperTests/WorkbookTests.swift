import Paper
import Testing
import Vocabulary

@Suite("Workbooks")
struct WorkbookTests {
    @Test("A workbook comes back as it was written, sheet by sheet and cell by cell")
    func roundTrip() throws {
        let rows: [[Workbook.Cell]] = [
            [.text("企业名称"), .text("统一社会信用代码"), .text("万元")],
            [.text(" 甲 & <乙> \"丙\"\n第二行 "), .text("00123"), .number(try #require(ExactDecimal("12.50")))],
            [],
            [.empty, .text("=1+1"), .number(try #require(ExactDecimal("-0.000000001"))), .boolean(true)],
            [.text("_x0041_"), .text("𠮷 e\u{301}"), .number(ExactDecimal(123_456_789_012_345))],
        ]
        let book = Workbook(sheets: [
            .init(
                name: "汇总", rows: rows,
                merges: [.init(rows: 1...2, columns: 0...1)]),
            .init(name: "b", rows: [[.text("x")]], headerRows: 0, isHidden: true),
        ])
        let read = try Workbook(xlsx: book.xlsx())
        #expect(read == book)
        #expect(try read.xlsx() == book.xlsx())
    }

    @Test("Equal workbooks give equal bytes")
    func deterministic() throws {
        let book = Workbook(sheets: [.init(name: "a", rows: [[.text("x"), .number(ExactDecimal(1))]])])
        #expect(try book.xlsx() == book.xlsx())
    }

    @Test("A number too long for a spreadsheet is written as text, so that no digit changes")
    func longNumbers() throws {
        let long = ExactDecimal(coefficient: 123_456_789_012_345_678, places: 2)
        let book = Workbook(sheets: [.init(name: "a", rows: [[.number(long)]], headerRows: 0)])
        #expect(try Workbook(xlsx: book.xlsx()).sheets[0].rows == [[.text("1234567890123456.78")]])
    }

    @Test(
        "Days and moments are numbers with a date's format, and are read as the day that was written",
        arguments: ["1900-01-01", "1900-02-28", "1900-03-01", "1970-01-01", "2024-02-29", "2099-12-31"])
    func days(text: String) throws {
        let day = try #require(CivilDay(text))
        let rows: [[Workbook.Cell]] = [[.date(day), .moment(day, minutes: 1_439), .moment(day, minutes: 545)]]
        let read = try Workbook(xlsx: Workbook(sheets: [.init(name: "a", rows: rows, headerRows: 0)]).xlsx())
        #expect(read.sheets[0].rows == [[.text(text), .text("\(text) 23:59"), .text("\(text) 09:05")]])
        #expect(rows[0].map(\.plainText) == [text, "\(text) 23:59", "\(text) 09:05"])
    }

    @Test("Random tables of texts and numbers survive the way through a file")
    func property() throws {
        var random = SystemRandomNumberGenerator()
        let alphabet = Array("abc_x0041_<>&\"'\n 中文￥，=+-@0123")
        for _ in 0..<40 {
            let rows: [[Workbook.Cell]] = (0..<Int.random(in: 1...12, using: &random)).map { _ in
                (0..<Int.random(in: 1...30, using: &random)).map { _ in
                    Bool.random(using: &random)
                        ? .text("t" + String((0..<8).map { _ in alphabet[Int.random(in: 0..<alphabet.count)] }))
                        : .number(
                            ExactDecimal(
                                coefficient: Int64.random(in: -99_999_999_999_999...99_999_999_999_999),
                                places: Int.random(in: 0...9)))
                }
            }
            let book = Workbook(sheets: [.init(name: "r", rows: rows)])
            #expect(try Workbook(xlsx: book.xlsx()).sheets[0].rows == rows)
        }
    }

    @Test(
        "Sheet names are made such that spreadsheets open them",
        arguments: [
            (["a/b", "A b"], ["a b", "A b 2"]), (["", "'x"], ["Sheet", "x"]),
            ([String(repeating: "长", count: 40)], [String(repeating: "长", count: 31)]),
        ])
    func sheetNames(given: [String], expected: [String]) throws {
        let book = Workbook(sheets: given.map { .init(name: $0, rows: [[.text("x")]]) })
        #expect(try Workbook(xlsx: book.xlsx()).sheets.map(\.name) == expected)
    }

    @Test("Merged cells can be read in each of their rows")
    func unmerged() {
        let sheet = Workbook.Sheet(
            name: "a",
            rows: [[.text("h")], [.text("甲"), .number(ExactDecimal(1))], [.empty, .number(ExactDecimal(2))]],
            merges: [.init(rows: 1...2, columns: 0...0)])
        #expect(sheet.unmerged().rows[2] == [.text("甲"), .number(ExactDecimal(2))])
    }

    @Test("Choices stand on a sheet that nobody sees and that reading leaves out")
    func choices() throws {
        let book = Workbook(sheets: [
            .init(name: "表", rows: [[.text("级别")]], columns: [.init(choices: ["国家级", "省级"], isText: true)])
        ])
        let bytes = try book.xlsx()
        #expect(try Workbook(xlsx: bytes).sheets.map(\.name) == ["表"])
    }

    @Test("Twenty thousand rows are written and read")
    func manyRows() throws {
        let rows = (0..<20_000).map { [Workbook.Cell.text("企业\($0)"), .number(ExactDecimal($0)), .text("固定")] }
        let read = try Workbook(xlsx: Workbook(sheets: [.init(name: "a", rows: rows)]).xlsx())
        #expect(read.sheets[0].rows == rows)
    }

    @Test(
        "What is no workbook is refused with its reason",
        arguments: [
            ([UInt8]("a,b\n".utf8), "paper.workbook_not_xlsx"), ([], "paper.workbook_not_xlsx"),
            ([0xD0, 0xCF, 0x11, 0xE0, 0xA1], "paper.workbook_old_format"),
            ([0x50, 0x4B, 3, 4, 0, 0], "paper.workbook_damaged"),
        ] as [([UInt8], String)])
    func refused(bytes: [UInt8], code: String) {
        #expect(performing: { _ = try Workbook(xlsx: bytes) }, throws: { ($0 as? Failure)?.code == code })
    }

    @Test("A workbook with an opening password is told from one of the old format")
    func protected() {
        let name: [UInt8] = "EncryptedPackage".utf8.flatMap { [$0, 0] }
        #expect(
            performing: { _ = try Workbook(xlsx: [0xD0, 0xCF, 0x11, 0xE0] + name) },
            throws: { ($0 as? Failure)?.code == "paper.workbook_protected" })
    }

    private func refusal(_ bytes: [UInt8]) -> Failure? {
        let result = Result { try Workbook(xlsx: bytes) }
        if case .failure(let error) = result { return error as? Failure ?? Failure("other", cause: error) }
        return nil
    }

    @Test("A workbook damaged anywhere is refused or read, and never ends the process")
    func damage() throws {
        let bytes = try Workbook(sheets: [.init(name: "a", rows: [[.text("x"), .number(ExactDecimal(1))]])]).xlsx()
        var random = SystemRandomNumberGenerator()
        for _ in 0..<300 {
            var copy = bytes
            for _ in 0..<3 { copy[Int.random(in: 0..<copy.count, using: &random)] = UInt8.random(in: 0...255) }
            if Bool.random() { copy.removeLast(Int.random(in: 0..<copy.count, using: &random)) }
            let refusal = refusal(copy)
            #expect(refusal?.code.hasPrefix("paper.") ?? true)
        }
    }

    @Test("Rows, columns, cells and bytes are bounded")
    func bounds() throws {
        let book = Workbook(sheets: [
            .init(name: "a", rows: .init(repeating: [.number(ExactDecimal(1)), .number(ExactDecimal(2))], count: 20))
        ])
        let bytes = try book.xlsx()
        let limits: [(Workbook.Limits, String)] = [
            (.init(rows: 10), "paper.workbook_too_many_rows"), (.init(columns: 1), "paper.workbook_too_many_columns"),
            (.init(cells: 30), "paper.workbook_too_many_cells"),
            (.init(fileBytes: 100), "paper.workbook_file_too_large"),
            (.init(unpackedBytes: 600), "paper.workbook_file_too_large"),
        ]
        for (limit, code) in limits {
            #expect(
                performing: { _ = try Workbook(xlsx: bytes, limits: limit) },
                throws: { ($0 as? Failure)?.code == code })
        }
    }
}
