import Foundation
import Scheme
import Submit
import Testing
import Vocabulary

@Suite("The forms of the edition of 2025")
struct JiangsuFormsTests {
    private func scheme() throws -> IndicatorScheme {
        let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent()
        let bytes = [UInt8](try Data(contentsOf: root.appendingPathComponent("Schemes/jiangsu-2025.yaml")))
        return try #require(SchemeReader.read(bytes: bytes).scheme)
    }

    @Test("All nineteen uploaded indicators have a form, and nothing else has one")
    func figures() throws {
        let scheme = try scheme()
        let filled = scheme.indicators.filter { !$0.declaredFigures(in: scheme).isEmpty }
        #expect(filled.map(\.number) == [6, 7, 8, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25])
        let marked = filled.filter { $0.declaredFigures(in: scheme).contains { $0.source == .marked } }
        #expect(marked.map(\.number) == [18, 19, 20, 21])
    }

    @Test("Every list's template is read back, in both languages, and every list says how its rows count")
    func templates() throws {
        let scheme = try scheme()
        let lists = scheme.indicators.filter { !$0.items.isEmpty }
        #expect(lists.count == 14)
        for indicator in lists {
            let reader = try ItemListReader(indicator: indicator, scheme: scheme)
            for language in Language.allCases {
                let reading = try reader.read(DelimitedText(ItemListReader.template(indicator, language: language)))
                #expect(reading.rejected.isEmpty && reading.remarks.isEmpty, "\(indicator.id) \(language)")
            }
            #expect(indicator.itemCount != nil)
        }
    }

    @Test(
        "Rows of the real lists are read as companies write them",
        arguments: [
            ("dcmm-level", "证书编号,等级,持证单位,有效期起,有效期止\nDCMM-1,三级,甲,2023-01-01,2026-01-01", ["dcmm-level": "3"]),
            (
                "ip-results",
                "成果类别,专利号（专利填写）,软著登记号（软著填写）,名称,权利人,授权或登记日期\n"
                    + "发明专利,ZL202010123456.2,,一种方法,甲,2022-03-04\n软件著作权,,2023SR0123456,平台软件,甲,2023/5/6",
                ["ip-results": "2.4"]
            ),
            (
                "standards", "标准编号,标准名称,级别与角色,发布日期\nGB/T 36073-2018,数据管理,牵头国家标准,2018-03-15",
                [
                    "standards.national-led": "1", "standards.national-part": "0", "standards.industry-led": "0",
                    "standards.industry-part": "0",
                ]
            ),
            ("mlps-level", "备案证明编号,系统名称,级别,备案日期\n32010012345-22001,云枢平台,三级,2024-01-02", ["mlps-level": "3"]),
            (
                "companies-served",
                "企业名称,统一社会信用代码,国别（境外企业填写）,登记号（境外企业填写）,所在地区,使用的产品或方案\n"
                    + "甲,523202007XWL19N99J,,,320500,云平台\n乙,,德国,HRB-1,,云平台", ["companies-served": "2"]
            ),
        ])
    func rows(_ id: String, csv: String, values: [String: String]) throws {
        let scheme = try scheme()
        let indicator = try #require(scheme.indicator(IndicatorID(id)))
        let reading = try ItemListReader(indicator: indicator, scheme: scheme).read(DelimitedText(csv))
        #expect(reading.rejected.isEmpty, "\(reading.rejected)")
        #expect(ItemTally.values(reading.accepted, of: indicator).mapValues(\.description) == values)
    }

    @Test(
        "What contradicts itself is refused",
        arguments: [
            ("standards", "标准编号,标准名称,级别与角色,发布日期\nYD/T 1234-2020,标准,牵头国家标准,2020-01-01", "submit.row.standard_level"),
            (
                "ip-results",
                "成果类别,专利号（专利填写）,软著登记号（软著填写）,名称,权利人,授权或登记日期\n发明专利,,2023SR0123456,软件,甲,2023-01-01",
                "submit.row.required"
            ),
            ("diagnosis-projects", "被诊断企业统一社会信用代码,年度,所在地区\n523202007XWL19N99J,2021,320500", "submit.row.year_outside"),
        ])
    func contradictions(_ id: String, csv: String, code: String) throws {
        let scheme = try scheme()
        let indicator = try #require(scheme.indicator(IndicatorID(id)))
        let reading = try ItemListReader(indicator: indicator, scheme: scheme).read(DelimitedText(csv))
        #expect(reading.rejected.map(\.code) == [code])
    }

    @Test("More cases than the scheme takes are refused, the first ones kept")
    func limit() throws {
        let scheme = try scheme()
        let overseas = try #require(scheme.indicator("overseas"))
        let rows = (1...4).map { number in
            overseas.items.reduce(into: [String: String]()) { row, field in
                row[field.id] =
                    field.kind == .creditCode ? "523202007XWL19N99J" : field.kind == .region ? "320500" : "例\(number)"
            }
        }
        let reading = try ItemListReader(indicator: overseas, scheme: scheme).read(rows: rows)
        #expect(reading.accepted.count == 2, "\(reading.rejected)")
        #expect(reading.rejected.map(\.code) == ["submit.row.above_limit", "submit.row.above_limit"])
    }
}
