import Scheme
import Submit
import Testing
import Vocabulary

@Suite("Files against the form")
struct EvidenceCheckTests {
    static let applicant = "苏州云枢科技有限公司"
    static let cutOff = CivilDay(year: 2025, month: 9, day: 30) ?? CivilDay(daysSince1970: 0)
    static let cell = CellAddress(round: "r1", platform: "p1", indicator: "i1")
    static let forms = [
        form("software-copyright", "(19|20)[0-9]{2}SR[0-9]{6,7}", .none),
        form("patent", "ZL[0-9]{12}\\.[0-9X]", .patent),
        form("mlps-filing", "[0-9]{11}(-[0-9]{5})?", .none),
        form("standard", "(GB|[A-CE-SU-Z][A-Z])(/[TZ])? [0-9]+(\\.[0-9]+)*-[0-9]{4}", .none),
    ]
    let check = EvidenceCheck(forms: forms) { $0.replacingOccurrences(of: "股份有限公司", with: "有限公司") }

    static func form(_ id: String, _ pattern: String, _ check: CertificateForm.Check) -> CertificateForm {
        CertificateForm(
            id: id, title: LocalizedText(zh: id, en: id), pattern: pattern, check: check, example: "",
            origin: .default)
    }

    static func document(_ pages: [String], _ source: ReadPage.Source = .text) -> ReadDocument {
        ReadDocument(
            digest: Digest(hex: String(repeating: "ab", count: 32)) ?? Digest(bytes: [])!,
            state: ReadingState(.read, pages: pages.count, done: pages.count),
            pages: pages.enumerated().map { ReadPage(number: $0.offset + 1, source: source, text: $0.element) })
    }

    func findings(
        _ pages: [String], _ kinds: [String], _ rows: [[String: String]], source: ReadPage.Source = .text
    ) -> [EvidenceFinding] {
        let document = Self.document(pages, source)
        let file = EvidenceCheck.File(digest: document.digest, name: "a.pdf", kinds: kinds, document: document)
        let rows = rows.enumerated().map { ItemRow(number: $0.offset + 2, fields: $0.element) }
        return check.findings(
            [file],
            against: EvidenceExpectation(cell: Self.cell, names: [Self.applicant], cutOff: Self.cutOff, rows: rows))
    }

    func codes(_ findings: [EvidenceFinding]) -> [String] {
        findings.map { $0.finding.code.replacingOccurrences(of: "submit.check.", with: "") }
    }

    static func dcmm(
        holder: String = applicant, level: String = "稳健级（3级）", number: String = "DCMM-2024-00123",
        from: String = "2024年05月13日", to: String = "2027年05月12日"
    ) -> String {
        """
                     数据管理能力成熟度等级证书
              证书编号：\(number)
              兹证明  \(holder)
              数据管理能力成熟度达到 GB/T 36073-2018 规定的
              能力等级：\(level)
              发证日期：\(from)      有效期至：\(to)
        """
    }
    static let dcmmRow = [
        "number": "DCMM-2024-00123", "level": "3", "valid-from": "2024-05-13", "valid-to": "2027-05-12",
    ]

    @Test("A certificate that says what the form says raises nothing")
    func agreement() {
        #expect(findings([Self.dcmm()], ["dcmm-certificate"], [Self.dcmmRow]) == [])
    }

    @Test(
        "Every difference is said with what was read, the page, and what was expected",
        arguments: [
            (dcmm(holder: "南京他人科技有限公司"), "holder", "南京他人科技有限公司", applicant),
            (dcmm(level: "受管理级（2级）"), "level", "2", "3"),
            (dcmm(number: "DCMM-2024-99999"), "number", "DCMM-2024-99999", "DCMM-2024-00123"),
            (dcmm(from: "2024年06月01日"), "issued", "2024-06-01", "2024-05-13"),
            (dcmm(to: "2028年05月12日"), "until", "2028-05-12", "2027-05-12"),
        ])
    func differences(_ page: String, code: String, read: String, expected: String) throws {
        let found = findings(["封面", page], ["dcmm-certificate"], [Self.dcmmRow])
        let finding = try #require(found.first { $0.finding.code == "submit.check.\(code)" }, "\(codes(found))")
        #expect(finding.page == 2 && finding.finding.values["page"] == "2")
        #expect(finding.finding.values["read"] == read && finding.finding.values["expected"] == expected)
        #expect(finding.finding.severity == .error)
    }

    @Test("What a scan may have misread is a remark, and one misread character of a long name is no difference")
    func scans() {
        let misread = findings(
            [Self.dcmm(holder: "苏州云抠科技有限公司", level: "受管理级（2级）")], ["dcmm-certificate"], [Self.dcmmRow],
            source: .scan)
        #expect(codes(misread) == ["level"] && misread.first?.finding.severity == .warning)
    }

    @Test("Expired on the cut-off day, or issued after it")
    func dates() {
        let row = Self.dcmmRow.merging(["valid-to": "2025-09-29"]) { _, new in new }
        #expect(codes(findings([Self.dcmm(to: "2025年9月29日")], ["dcmm-certificate"], [row])) == ["expired"])
        let last = Self.dcmmRow.merging(["valid-to": "2025-09-30"]) { _, new in new }
        #expect(findings([Self.dcmm(to: "二〇二五年九月三十日")], ["dcmm-certificate"], [last]) == [])
        let late = Self.dcmmRow.merging(["valid-from": "2025-10-01"]) { _, new in new }
        #expect(codes(findings([Self.dcmm(from: "2025.10.01")], ["dcmm-certificate"], [late])) == ["after_cut_off"])
    }

    static func copyright(_ number: String, _ holder: String = applicant) -> String {
        """
           中华人民共和国国家版权局
              计 算 机 软 件 著 作 权 登 记 证 书
           软 件 名 称：云枢设备接入平台软件 V2.0
           著 作 权 人：\(holder)
           开发完成日期：2022年11月30日
           登   记   号：\(number)
           2023年02月08日
        """
    }

    @Test("Many certificates in one file are each found on their page; what is in no file is asked for")
    func manyInOne() throws {
        let pages = [
            Self.copyright("2023SR0123456"), Self.copyright("2023SR0123457"), Self.copyright("2023SR9999999"),
        ]
        let rows = [["copyright": "2023SR0123456"], ["copyright": "2023SR0123457"], ["copyright": "2023SR0123458"]]
        let found = findings(pages, ["patent", "software-copyright"], rows)
        #expect(codes(found) == ["number", "number_missing"])
        #expect(found.first?.page == 3 && found.first?.finding.values["read"] == "2023SR9999999")
        #expect(found.last?.finding.values["expected"] == "2023SR0123458")
        #expect(found.last?.finding.values["row"] == "4")
        #expect(check.numbers(Self.document(pages)).map(\.number).count == 3)
    }

    @Test("A patent's number is proved by its check digit, whether or not the point was printed")
    func patents() {
        func page(_ number: String) -> String {
            """
            证书号第5123456号      发明专利证书
            发 明 名 称：一种设备数据采集方法
            专 利 号：\(number)      专利申请日：2021年01月05日
            专 利 权 人：\(Self.applicant)
            授权公告日：2022年08月12日
            """
        }
        let digit = CertificateReader.patentCheck(Array("202110123456".utf8)) ?? ""
        let right = "ZL202110123456.\(digit)"
        let wrong = "ZL202110123456.\(digit == "1" ? "2" : "1")"
        let row = [["patent": right, "date": "2022-08-12"]]
        #expect(findings([page("ZL 2021 1 0123456.\(digit)")], ["patent"], row) == [])
        #expect(check.numbers(Self.document([page(right)])).map(\.number) == [right])
        #expect(codes(findings([page(wrong)], ["patent"], row)).contains("number_check"))
    }

    @Test(
        "A test report may be twelve months old for level three, twenty-four for level two",
        arguments: [
            ("第三级", "3", "2024年10月15日", []), ("第三级", "3", "2024年9月15日", ["too_old"]),
            ("第二级", "2", "2024年9月15日", []), ("第二级", "2", "2023年9月29日", ["too_old"]),
        ])
    func reports(_ word: String, _ level: String, _ day: String, _ expected: [String]) {
        let page = """
            网络安全等级保护  等级测评报告
            系统名称：云枢平台    安全保护等级：\(word)
            委托单位：\(Self.applicant)
            备案证明编号：32050012345-22001
            报告时间：\(day)
            """
        let row = [["filing": "32050012345-22001", "level": level]]
        #expect(codes(findings([page], ["mlps-report"], row)) == expected)
    }

    @Test("The filing proof names level and number in running text")
    func filing() {
        let page = """
            信息系统安全等级保护备案证明
            依据《信息安全等级保护管理办法》的有关规定，\(Self.applicant)的
            第三级 云枢工业互联网平台 系统予以备案。
            证书编号：32050012345-22001
            2023年6月1日
            """
        let right = [["filing": "32050012345-22001", "level": "3"]]
        #expect(findings([page], ["mlps-filing"], right) == [])
        let wrong = [["filing": "32050012345-22001", "level": "2"]]
        #expect(codes(findings([page], ["mlps-filing"], wrong)) == ["level"])
    }

    @Test("An applicant that is not among a standard's drafting units is told")
    func standards() {
        func page(_ units: String) -> String {
            "中华人民共和国国家标准\nGB/T 36073-2018\n2018-06-07 发布\n前  言\n本文件起草单位：\(units)。\n本文件主要起草人：某某。"
        }
        let row = [["number": "GB/T 36073-2018", "published": "2018-06-07"]]
        #expect(findings([page("某研究院、\(Self.applicant)、某大学")], ["standard"], row) == [])
        #expect(codes(findings([page("某研究院、某大学某学院")], ["standard"], row)) == ["among"])
    }

    @Test("A paper of another kind is remarked, not accused; an unread one is left to a person")
    func others() {
        let other = findings(["会议纪要\n本次会议讨论了若干事项。"], ["dcmm-certificate"], [])
        #expect(codes(other) == ["kind"] && other.first?.finding.severity == .note)
        #expect(codes(findings([], ["dcmm-certificate"], [])) == ["unread"])
        #expect(findings(["随便什么"], [], [Self.dcmmRow]) == [])
    }

    @Test(
        "Odd text ends in no fault of ours",
        arguments: ["", "证书编号", "证书编号：", "一一一一一一一一一一一一一一一一一一一一一一年", "有效期至：9999999999999年99月99日"])
    func oddText(_ text: String) {
        let pages = ["数据管理能力成熟度 " + text, text]
        #expect(findings(pages, ["dcmm-certificate"], [Self.dcmmRow]).count <= EvidenceCheck.most)
    }

    @Test("Every kind of the data file is there")
    func kinds() {
        #expect(
            DocumentKind.all.map(\.id) == [
                "dcmm-certificate", "mlps-report", "mlps-filing", "software-copyright", "patent", "standard",
            ])
    }
}
