import Foundation
import Paper
import Testing
import Vocabulary

@Suite("Documents")
struct PaperDocumentTests {
    static let sample = PaperDocument(
        title: "工业互联网平台评价申报书", subtitle: "（2025年度）", banner: "演练文书，不具效力", runningTitle: "甲公司 · 第3版",
        blocks: [
            .heading("一、基本信息", level: 1),
            .entries([.init("企业名称", "苏州某某科技有限公司"), .init("统一社会信用代码", "91320500MA1ABCDE0X")]),
            .heading("（一）填报数据", level: 2),
            .paragraph("本单位对所填数据的真实性负责。" + String(repeating: "如有虚假，愿意承担相应责任。", count: 30)),
            .table(
                .init(
                    title: "附表 指标",
                    columns: [.init("序号", weight: 0.5, .center), .init("指标", weight: 3), .init("数值", .right)],
                    rows: (1...90).map { ["\($0)", "指标 <\($0)> & 说明", "\($0).50"] })),
            .signatures(["法定代表人（签字）：", "单位（盖章）："], date: "年    月    日"),
        ], seal: .init(code: "HENG1/r1/p1/D/3/0123456789abcdef", lines: ["版本号：3", "校验码：0123-4567-89ab-cdef"]))

    @Test("Equal documents give equal bytes in every format")
    func deterministic() throws {
        let document = Self.sample
        #expect(try document.pdf() == document.pdf())
        #expect(try document.docx() == document.docx())
        #expect(try document.workbook().xlsx() == document.workbook().xlsx())
    }

    @Test("A changed figure changes the bytes of every format")
    func sensitive() throws {
        var other = Self.sample
        other.blocks[4] = .table(.init(title: "附表 指标", columns: [.init("x")], rows: [["1"]]))
        #expect(try other.pdf() != Self.sample.pdf())
        #expect(try other.docx() != Self.sample.docx())
    }

    @Test("A PDF is one, and its tables go on over pages")
    func pages() throws {
        let text = String(decoding: try Self.sample.pdf(), as: UTF8.self)
        #expect(text.hasPrefix("%PDF-1."))
        #expect(text.contains("/Count 4") || text.contains("/Count 5"))
    }

    @Test("Text of every sort is drawn: markup, control characters, nothing at all, one word longer than a line")
    func oddText() throws {
        let odd = ["", "<b>&amp;</b>", "a\u{0}b\u{7}c", "\n\n", String(repeating: "长", count: 5_000), "𠮷e\u{301}🙂"]
        let blocks = odd.flatMap { text -> [PaperDocument.Block] in
            [.paragraph(text), .table(.init(columns: [.init(text), .init("x", weight: 9)], rows: [[text, text]]))]
        }
        let document = PaperDocument(title: "", manner: .letter, isLandscape: true, blocks: blocks)
        #expect(try document.pdf().count > 1_000)
        #expect(try document.docx().count > 1_000)
    }

    @Test("The tables of a document come as sheets, figures as numbers")
    func sheets() throws {
        let sheet = try #require(Workbook(xlsx: Self.sample.workbook().xlsx()).sheets.first)
        #expect(sheet.name == "附表 指标")
        #expect(sheet.rows[0] == [.text("工业互联网平台评价申报书")])
        #expect(sheet.rows[2] == [.text("序号"), .text("指标"), .text("数值")])
        #expect(
            sheet.rows[3] == [
                .number(ExactDecimal(1)), .text("指标 <1> & 说明"), .number(ExactDecimal(coefficient: 150, places: 2)),
            ])
    }

    @Test("A text that no QR code can carry is refused")
    func longCode() {
        #expect(
            performing: { _ = try QRCode(String(repeating: "x", count: 5_000)) },
            throws: { ($0 as? Failure)?.code == "paper.code_too_long" })
    }

    @Test("SHOW_TO writes the sample in every format, for looking at it")
    func show() throws {
        guard let target = ProcessInfo.processInfo.environment["SHOW_TO"] else { return }
        let folder = URL(filePath: target)
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        try Data(Self.sample.pdf()).write(to: folder.appending(path: "sample.pdf"))
        try Data(Self.sample.docx()).write(to: folder.appending(path: "sample.docx"))
        try Data(Self.sample.workbook().xlsx()).write(to: folder.appending(path: "sample.xlsx"))
    }
}
