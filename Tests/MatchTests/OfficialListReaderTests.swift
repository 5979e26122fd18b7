import Match
import Testing
import Vocabulary

@Suite("Reading official lists")
struct OfficialListReaderTests {
    private func read(_ text: String) -> OfficialListReader.Reading {
        OfficialListReader().read(Array(text.utf8), header: Make.header())
    }

    @Test(
        "Columns are found by their usual headings, with a title above them or not",
        arguments: [
            "企业名称,统一社会信用代码,平台名称,等级\n", "申报单位,信用代码,工业互联网平台名称,评价等级\n",
            "Company,Credit code,Platform,Grade\n", "附件\n2024年名单,,,\n\n企业名称 ,统一社会信用代码（18位）,平台名称,等级\n",
        ])
    func headings(header: String) throws {
        let heading = header.replacingOccurrences(of: "（18位）", with: "")
        let reading = read("\u{FEFF}" + heading + "江苏衡山科技有限公司,\(try Make.code(1)),衡山平台,A\r\n")
        #expect(reading.findings.isEmpty)
        let row = try #require(reading.list.rows.first)
        #expect(row.company == "江苏衡山科技有限公司")
        #expect(try row.code == Make.code(1))
        #expect(row.platform == "衡山平台")
        #expect(row.level == "A")
    }

    @Test("Rows keep the spreadsheet's number, and every odd row is reported with its place")
    func findings() throws {
        let (one, two) = (try Make.code(1), try Make.code(2))
        let reading = read(
            """
            序号,企业名称,统一社会信用代码,有效期至,说明栏
            1,甲有限公司,\(one),2026-12-31,x
            2,乙有限公司,\(two.text.dropLast())?,2026年6月,
            3,,bad,,
            4,甲有限公司,\(one),2026-12-31,y
            5,甲甲有限公司,\(one),someday,
            6,,\(two),,
            7,丁,"未结束
            """)
        #expect(reading.list.rows.map(\.number) == [2, 3, 6, 7])
        #expect(reading.list.rows[1].code == nil)
        #expect(reading.list.rows[1].damagedCode == two.text.dropLast() + "?")
        #expect(reading.list.rows[1].validUntil == Make.day("2026-06-30"))
        let seen = reading.findings.map { "\($0.place) \($0.code)" }
        #expect(
            seen == [
                "row 8, column 3 match.table_unterminated_quote", "row 3, column code match.list_code_damaged_near",
                "row 4 match.list_no_name", "row 5 match.list_duplicate",
                "row 6, column validUntil match.list_bad_date", "row 6 match.list_code_two_names",
                "row 7 match.list_name_empty",
            ])
        let damaged = try #require(reading.findings.first { $0.code == "match.list_code_damaged_near" })
        #expect(damaged.values["near"]?.contains(two.text) == true)
        #expect(reading.unusedColumns == ["说明栏"])
    }

    @Test("A file without names or codes is refused with its header", arguments: ["a,b\n1,2\n", "", "\u{0}\n"])
    func noColumns(text: String) {
        let reading = read(text)
        #expect(reading.list.rows.isEmpty)
        #expect(reading.findings.contains { $0.severity == .error })
    }

    @Test(
        "Dates are read in the forms that lists use",
        arguments: [
            ("2024-05-01", "2024-05-01"), ("2024/5/1", "2024-05-01"), ("2024.5.1", "2024-05-01"),
            ("2024年5月1日", "2024-05-01"), ("20240501", "2024-05-01"), ("2024年2月", "2024-02-29"),
            ("2024-05-01 00:00:00", "2024-05-01"),
        ])
    func dates(text: String, day: String) throws {
        let reading = read("企业名称,有效期至\n甲,\(text)\n")
        #expect(reading.list.rows.first?.validUntil == Make.day(day))
    }

    @Test("The id follows the header and the file, so that the same import is recognised")
    func identity() {
        let text = "企业名称\n甲\n"
        #expect(read(text).list.id == read(text).list.id)
        #expect(read(text).list.id != read(text + "乙\n").list.id)
        let other = OfficialListReader().read(Array(text.utf8), header: Make.header("另一份名单"))
        #expect(other.list.id != read(text).list.id)
        #expect(other.list.digest == read(text).list.digest)
    }

    @Test("A file of names gives former names, former codes and aliases")
    func subjects() throws {
        let text = """
            企业名称,统一社会信用代码,曾用名,原信用代码,平台名称,平台别名
            甲有限公司,\(try Make.code(1)),乙有限公司；丙有限公司,\(try Make.code(2)),甲平台,甲云、甲网
            ,,,,无名平台,
            """
        let (subjects, findings) = OfficialListReader().readSubjects(Array(text.utf8))
        let subject = try #require(subjects.first)
        #expect(subject.id == "2")
        #expect(subject.formerNames == ["乙有限公司", "丙有限公司"])
        #expect(try subject.formerCodes == [Make.code(2)])
        #expect(subject.platformAliases == ["甲云", "甲网"])
        #expect(findings.map(\.code) == ["match.list_no_name"])
        #expect(subjects.count == 1)
    }
}
