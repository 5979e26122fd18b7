import Scheme
import Submit
import Testing
import Vocabulary

@Suite("Item lists")
struct ItemListReaderTests {
    private func read(_ csv: String, _ indicator: Indicator) throws -> ItemReading {
        try ItemListReader(indicator: indicator, scheme: SampleScheme.scheme).read(DelimitedText(csv))
    }

    private func served(_ rows: String) throws -> ItemReading {
        try read("企业名称,统一社会信用代码,国家,年度,金额\n" + rows, SampleScheme.served)
    }

    @Test("Columns are found by their title in either language, by id, in any order and width of letters")
    func headers() throws {
        let chinese = try read("类型,专利号\n发明专利,ZL202010123456.2\n", SampleScheme.results)
        let english = try read("Number , KIND\nZL202010123456.2,Invention\n", SampleScheme.results)
        let ids = try read("ｎｕｍｂｅｒ,kind*\nZL 2020 1012 3456.2,invention\n", SampleScheme.results)
        for reading in [chinese, english, ids] {
            #expect(reading.accepted.map(\.fields) == [["kind": "invention", "number": "ZL202010123456.2"]])
            #expect(reading.rejected.isEmpty && reading.remarks.isEmpty)
        }
    }

    @Test("A wrong row never takes right ones with it, and says where and what")
    func rowsStandAlone() throws {
        let reading = try served(
            """
            甲公司,N2440300H6YYTMAD7F,,2023,12.5
            ,93115000HHBMF5G626,,2023,1
            丙公司,,,2023,1
            丁公司,,德国,2021,"1,000"
            """)
        #expect(reading.rowCount == 4)
        #expect(reading.accepted.map(\.number) == [2])
        let faults = reading.rejected.map { "\($0.row) \($0.column) \($0.code)" }
        #expect(
            faults == [
                "3 code match.code_check", "3 company submit.row.required", "4 code submit.row.required",
                "5 amount submit.row.not_number", "5 year submit.row.year_outside",
            ])
        #expect(reading.rejectedRowCount == 3)
    }

    @Test("Rows equal in all key fields count once and name the first")
    func duplicates() throws {
        let reading = try served("甲,N2440300H6YYTMAD7F,,,\n乙,n2440300h6yytmad7f,,,\n丙,,德国,,\n丁,,法国,,\n")
        #expect(reading.accepted.map(\.number) == [2, 4, 5])
        #expect(
            reading.duplicates == [
                RowFinding(row: 3, column: "code", "submit.row.duplicate", ["first": "2"], severity: .warning)
            ])
    }

    @Test(
        "What stands in a cell is brought into one form, or refused with its reason",
        arguments: [
            ("类型,专利号\n新型,ZL201920765432.X", "kind", nil),
            ("类型,专利号\n软著,ZL202010123456.2", "kind", "submit.row.not_choice"),
            ("类型,专利号\n申请中,ZL202010123456.2", "kind", "submit.row.choice_not_counted"),
            ("类型,专利号\n发明专利,ZL202010123456.3", "number", "submit.row.certificate_check"),
            ("类型,专利号\n发明专利,202010123456", "number", "submit.row.certificate_form"),
            ("类型,专利号\n外观设计,ZL202010123456.2", "kind", "submit.row.patent_kind"),
        ] as [(String, String, String?)])
    func cells(_ csv: String, column: String, code: String?) throws {
        let reading = try read(csv, SampleScheme.results)
        #expect(reading.rejected.map(\.code) == (code.map { [$0] } ?? []))
        if code != nil {
            #expect(reading.rejected.first?.column == column)
        } else {
            #expect(reading.accepted.count == 1)
        }
    }

    @Test(
        "Days are read as people and spreadsheets write them",
        arguments: [
            ("2024-05-31", true), ("2024/5/1", true), ("2024.12.01", true), ("2024年5月31日", true), ("20240531", true),
            ("２０２４－０５－３１", true), ("2024-02-30", false), ("31/05/2024", false), ("五月", false), ("45443", false),
        ])
    func days(_ day: String, isRead: Bool) throws {
        let reading = try read("姓名,身份证后四位,入职日期\n张三,1234,\(day)\n", SampleScheme.talent)
        #expect(reading.accepted.count == (isRead ? 1 : 0))
        if !isRead { #expect(reading.rejected.map(\.code) == ["submit.row.not_date"]) }
    }

    @Test("A full identity number is refused: only the last four digits are asked")
    func identityNumbers() throws {
        let reading = try read("姓名,身份证后四位,入职日期\n张三,320501199001011238,2024-01-01\n", SampleScheme.talent)
        #expect(reading.rejected.map(\.code) == ["submit.row.identity_number"])
    }

    @Test(
        "Group, local and enterprise standards do not count",
        arguments: ["T/ABC 001-2023", "DB32/T 1-2020", "Q/X 1-2020"])
    func otherStandards(_ number: String) throws {
        let reading = try read("参与方式,标准号\n国家标准牵头,\(number)\n", SampleScheme.standards)
        #expect(reading.rejected.map(\.code) == ["submit.row.standard_without_count"])
    }

    @Test("A standard's number is brought into its usual writing", arguments: ["GB/T12345-2020", "gb/t  12345—2020"])
    func standards(_ number: String) throws {
        let reading = try read("参与方式,标准号\n国家标准牵头,\(number)\n", SampleScheme.standards)
        #expect(reading.accepted.first?.fields["number"] == "GB/T 12345-2020")
    }

    @Test("A missing required column is one finding on the header, not one a row")
    func missingColumn() throws {
        let reading = try read("专利号,备注\nZL202010123456.2,x\n", SampleScheme.results)
        #expect(reading.rejected == [RowFinding(row: 1, column: "kind", "submit.row.column_missing")])
        #expect(reading.remarks.map(\.code) == ["submit.row.column_unknown"])
        #expect(reading.accepted.isEmpty)
    }

    @Test("A damaged table says so with its row")
    func damaged() throws {
        let empty = try read("", SampleScheme.results)
        #expect(empty.rejected.map(\.code) == ["match.table_empty"])
        let open = try read("类型,专利号\n发明专利,ZL202010123456.2\n\"发明,x\n", SampleScheme.results)
        #expect(open.accepted.count == 1)
        #expect(open.rejected.count == 1 && open.rejected.first?.row == 3)
    }

    @Test("The operator's own code among its customers is remarked and still counted")
    func ownCode() throws {
        let code = try #require(CompanyCode("N2440300H6YYTMAD7F"))
        let cutOff = try #require(CivilDay("2025-12-15"))
        let applicant = Applicant(code: code, name: "甲", cutOff: cutOff)
        let reader = try ItemListReader(
            indicator: SampleScheme.served, scheme: SampleScheme.scheme, applicant: applicant)
        let reading = try reader.read(rows: [["company": "甲", "code": "N2440300H6YYTMAD7F"], ["x": "1"]])
        #expect(reading.accepted.map(\.number) == [1])
        #expect(reading.remarks.map(\.code) == ["submit.row.own_code", "submit.row.column_unknown"])
        #expect(reading.rejected.map(\.row) == [2, 2])
    }

    @Test("An indicator without a list refuses one")
    func noList() {
        #expect(throws: Failure("submit.no_list", ["indicator": "financing-round"])) {
            try ItemListReader(indicator: SampleScheme.financing, scheme: SampleScheme.scheme)
        }
    }

    @Test("The template is read back as a list without rows, in both languages", arguments: Language.allCases)
    func template(_ language: Language) throws {
        let reading = try read(ItemListReader.template(SampleScheme.served, language: language), SampleScheme.served)
        #expect(reading.rejected.isEmpty && reading.remarks.isEmpty && reading.rowCount == 0)
    }

    @Test("A list written as a table runs no formula and keeps what it said")
    func formulas() throws {
        let rows = [ItemRow(number: 2, fields: ["company": "=HYPERLINK(\"x\")", "country": "德国", "amount": "3"])]
        let table = ItemListReader.table(rows, of: SampleScheme.served, language: .zhHans)
        #expect(table.contains("\"'=HYPERLINK(\"\"x\"\")\""))
        #expect(try read(table, SampleScheme.served).accepted.first?.fields["amount"] == "3")
    }
}
