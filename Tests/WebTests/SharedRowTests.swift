import Access
import Foundation
import Review
import Testing
import Vocabulary
import Web

@Suite("The same thing in the lists of two submissions")
struct SharedRowTests {
    private static let second = CompanyCode.completing("91320500MA1ABCDF")?.description ?? ""

    /// Two companies' platforms in one round, nothing declared.
    private func prepared() async throws -> CellDesk {
        let desk = try await CellDesk()
        let made = try await desk.site.ask(
            .post, "/api/v1/rounds/r1/platforms", as: "other-manager",
            body: RoundRoutesTests.platform("p2", code: Self.second).replacingOccurrences(of: "云枢平台", with: "天工平台"))
        try #require(made.status == 201, "\(made.body)")
        return desk
    }

    private func put(
        _ desk: CellDesk, _ indicator: String, _ rows: [[String: String]], _ platform: String
    ) async throws {
        let body = try JSONSerialization.data(withJSONObject: ["rows": rows])
        let answer = try await desk.site.ask(
            .put, "/api/v1/rounds/r1/platforms/\(platform)/cells/\(indicator)/items?keep=wrong",
            as: platform == "p1" ? "manager" : "other-manager",
            headers: ["If-Match": "*", "Content-Type": "application/json"], body: String(decoding: body, as: UTF8.self))
        try #require(answer.status == 200 && answer.json?["accepted"] as? Int ?? 0 > 0, "\(answer.body)")
    }

    private func submit(_ desk: CellDesk, _ platforms: String...) async throws {
        for platform in platforms {
            let answer = try await desk.site.ask(
                .post, "/api/v1/rounds/r1/platforms/\(platform)/submission/actions",
                as: platform == "p1" ? "manager" : "other-manager", body: #"{"action":"submit"}"#)
            try #require(answer.status == 200, "\(answer.body)")
        }
    }

    private func signals(_ desk: CellDesk, _ code: String) async throws -> [[String: Any]] {
        let answer = try await desk.site.ask(.get, "/api/v1/rounds/r1/signals?limit=500", as: "operator")
        return (answer.json?["items"] as? [[String: Any]] ?? []).filter {
            ($0["sentence"] as? [String: Any])?["code"] as? String == code
        }
    }

    private func person(_ name: String, _ tail: String) -> [String: String] {
        [
            "name": name, "id-tail": tail, "education": "硕士研究生", "certificate": "1028412021000022",
            "contract-from": "2021-07-01", "insured-months": "36", "region": "320500",
        ]
    }

    private func customer(_ number: Int) -> [String: String] {
        [
            "name": "苏州服务对象\(number)有限公司", "region": "320500", "product": "设备上云",
            "code": CompanyCode.completing("91320501MA\(number)TF\(number)")?.description ?? "",
        ]
    }

    @Test("The same person in two submissions is found by a keyed digest, with both rows and no name")
    func person() async throws {
        let desk = try await prepared()
        try await put(desk, "core-talent", [person("张三丰", "001X"), person("李清照", "2022")], "p1")
        try await put(desk, "core-talent", [person("王五", "1234"), person("李清照", "2022")], "p2")
        try await submit(desk, "p1")
        #expect(try await signals(desk, "desk.signal.same_person").isEmpty, "nobody is asked about a draft")
        try await submit(desk, "p2")
        let found = try await signals(desk, "desk.signal.same_person")
        #expect(Set(found.compactMap { $0["platform"] as? String }) == ["p1", "p2"])
        #expect(found.allSatisfy { ($0["rows"] as? [Int])?.count == 1 })
        let text = "\(found)"
        #expect(text.contains("天工平台") && !text.contains("李清照"))
    }

    @Test("A company that several platforms serve is one signal a list; a claim names the other and the rows")
    func company() async throws {
        let desk = try await prepared()
        try await put(desk, "companies-served", [customer(11), customer(12), customer(13)], "p1")
        try await put(desk, "companies-served", [customer(12), customer(13), customer(14)], "p2")
        try await submit(desk, "p1", "p2")
        let found = try await signals(desk, "desk.signal.same_company")
        #expect(found.count == 2 && found.allSatisfy { $0["kind"] as? String == "shared-companies" })
        let own = found.first { $0["platform"] as? String == "p1" }
        #expect((own?["rows"] as? [Int])?.count == 2)
        let page = try await desk.site.ask(
            .get, "/authority/rounds/r1/signals", as: "operator", headers: DeskRoutesTests.html)
        #expect(page.body.contains("同时被另外 1 个平台申报"))
    }

    @Test("Nearly the same case text is found between two submissions and within one; other texts are not")
    func texts() async throws {
        let desk = try await prepared()
        let long =
            "在三条产线部署视觉检测与边缘推理，漏检率由百分之二点一降至百分之零点三，年减少返工损失二百六十万元，"
            + "并把检测结果回写制造执行系统，用于工艺参数的闭环优化。"
        let other = "通过设备联网采集注塑机能耗与模温数据，建立能效模型，按订单排程错峰用电，综合能耗下降百分之十二，交付周期缩短三天。"
        func scenario(_ kind: String, _ summary: String) -> [String: String] {
            [
                "scenario": kind, "title": "轴承外观缺陷在线检测", "industry": "装备制造业",
                "customer": CompanyCode.completing("91320583MA77CT77")?.description ?? "", "summary": summary,
            ]
        }
        try await put(
            desk, "scenarios", [scenario("质量管控", long), scenario("生产制造", long + "效果良好。")], "p1")
        try await put(
            desk, "scenarios",
            [scenario("质量管控", long.replacingOccurrences(of: "三条产线", with: "五条产线")), scenario("运营管理", other)], "p2")
        try await submit(desk, "p1", "p2")
        let between = try await signals(desk, "desk.signal.same_text")
        let rowsOfTwo = Set(between.filter { $0["platform"] as? String == "p2" }.flatMap { $0["rows"] as? [Int] ?? [] })
        #expect(rowsOfTwo.count == 1, "the other case is nobody's: \(between)")
        #expect(between.contains { $0["platform"] as? String == "p1" })
        #expect(try await signals(desk, "desk.signal.text_within").count == 1)
    }

    @Test("The same patent in two submissions is told with its rows; a list's own repeats are one signal")
    func certificates() async throws {
        let desk = try await prepared()
        func copyright(_ number: String) -> [String: String] {
            ["kind": "软件著作权", "copyright": number, "title": "平台软件", "owner": "苏州云枢科技有限公司", "date": "2024-05-01"]
        }
        try await put(
            desk, "ip-results", [copyright("2024SR0123456"), copyright("2024SR0123457"), copyright("2024SR0123457")],
            "p1")
        try await put(desk, "ip-results", [copyright("2024SR0123456")], "p2")
        try await submit(desk, "p1", "p2")
        let found = try await signals(desk, "desk.signal.same_certificate")
        #expect(found.count == 2 && found.allSatisfy { ($0["rows"] as? [Int])?.count == 1 }, "\(found)")
        let repeated = try await signals(desk, "desk.signal.repeated_rows")
        #expect(repeated.count == 1 && repeated.first?["platform"] as? String == "p1")
    }
}
