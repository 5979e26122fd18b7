import Foundation
import Paper
import Review
import Testing
import Trust
import Vocabulary
import Web

@Suite("The formal checklist over HTTP")
struct ChecklistRoutesTests {
    private static let api = CellDesk.base + "/checklist"
    private static let page = "/authority/rounds/r1/submissions/p1/checklist"

    /// At the formal check, with one figure declared.
    private func checked() async throws -> CellDesk {
        let desk = try await CellDesk()
        _ = try await desk.put("/cells/platform-revenue/declared", #"{"values":{"platform-revenue":1500}}"#)
        for (action, role) in [
            ("submit", "manager"), ("pass", "county-clerk"), ("recommend", "city-head"), ("take-in", "operator"),
        ] {
            let answer = try await desk.site.ask(
                .post, CellDesk.base + "/submission/actions", as: role, body: #"{"action":"\#(action)"}"#)
            try #require(answer.status == 200, "\(answer.body)")
        }
        return desk
    }

    private func lines(_ desk: CellDesk) async throws -> [String: [String: Any]] {
        let answer = try await desk.site.ask(.get, Self.api, as: "operator")
        let items = try #require(answer.json?["items"] as? [[String: Any]], "\(answer.body)")
        return items.reduce(into: [:]) { all, item in all[item["id"] as? String ?? ""] = item }
    }

    private func decide(
        _ desk: CellDesk, _ line: String, _ body: String, as role: String = "operator"
    ) async throws -> TestSite.Answer {
        try await desk.site.ask(.put, "\(Self.api)/\(line)", as: role, body: body)
    }

    @Test("Every line says what the machine found, and leaves to people what only they can see")
    func generated() async throws {
        let lines = try await lines(try await checked())
        func automatic(_ id: String) -> String? { lines[id]?["automatic"] as? String }
        #expect(automatic("eligibility.credit-code") == "pass" && automatic("eligibility.province") == "pass")
        #expect(automatic("eligibility.negative-lists") == "pass" && automatic("eligibility.identity") == "open")
        #expect(automatic("declaration.in-time") == "pass" && automatic("declaration.scan") == "fail")
        #expect(automatic("declaration.platform-revenue") == "pass")
        #expect(automatic("evidence.platform-revenue") == "fail" && automatic("evidence.legible") == "open")
        #expect(automatic("review.items") == "fail" && automatic("review.letter") == "fail")
        #expect((lines["evidence.platform-revenue"]?["found"] as? String)?.contains("审计报告") == true)
        #expect(lines.values.allSatisfy { !(($0["question"] as? String) ?? "desk.").contains("desk.") })
        #expect(lines.values.allSatisfy { !(($0["found"] as? String) ?? "desk.").contains("desk.") })
        #expect(lines.values.filter { ($0["outcome"] as? String) == nil }.count >= 2)
    }

    @Test("A decision is kept with who, when and words, leaves an entry, and counts")
    func decided() async throws {
        let desk = try await checked()
        let tick = try await decide(desk, "eligibility.identity", #"{"verdict":"pass","automatic":"open"}"#)
        #expect(tick.status == 200 && tick.json?["outcome"] as? String == "pass", "\(tick.body)")
        let bare = try await decide(desk, "evidence.legible", #"{"verdict":"fail"}"#)
        #expect(bare.status == 422 && bare.code == "desk.text_invalid")
        let over = try await decide(desk, "declaration.scan", #"{"verdict":"pass"}"#)
        #expect(over.code == "desk.text_invalid", "passing over the machine needs words")
        let said = try await decide(desk, "evidence.legible", #"{"verdict":"fail","reason":"审计报告第 3 页模糊"}"#)
        #expect(said.status == 200)
        let line = try await lines(desk)["evidence.legible"]
        let decision = line?["decision"] as? [String: Any]
        #expect(decision?["by"] as? String == "operator" && decision?["reason"] as? String == "审计报告第 3 页模糊")
        let log = try await desk.site.ask(.get, "/api/v1/log/entries?limit=500", as: "audit-administrator")
        #expect(log.body.components(separatedBy: "\"kind\":\"checklist.decided\"").count == 3, "two entries")
        let text = try await desk.site.ask(.get, Self.api, as: "operator").json?["supplement"] as? String ?? ""
        #expect(text.contains("审计报告第 3 页模糊") && text.contains("没有盖章扫描件"))
    }

    @Test("Only the operator decides, only during the formal check, and never on a result that has changed")
    func refused() async throws {
        let desk = try await checked()
        #expect(try await decide(desk, "eligibility.identity", #"{"verdict":"pass"}"#, as: "city-clerk").status == 403)
        #expect(try await decide(desk, "nothing", #"{"verdict":"pass"}"#).code == "desk.line_unknown")
        let old = try await decide(desk, "eligibility.identity", #"{"verdict":"pass","automatic":"pass"}"#)
        #expect(old.status == 409 && old.code == "desk.line_changed")
        #expect(try await desk.site.ask(.get, Self.api, as: "manager").status == 403)
        let city = try await desk.site.ask(.get, Self.page, as: "city-clerk", headers: DeskRoutesTests.html)
        #expect(city.status == 200 && !city.body.contains("name=\"verdict\""))
        _ = try await desk.site.ask(
            .post, CellDesk.base + "/submission/actions", as: "operator", body: #"{"action":"pass"}"#)
        let late = try await decide(desk, "eligibility.identity", #"{"verdict":"pass"}"#)
        #expect(late.status == 409 && late.code == "desk.line_locked")
    }

    @Test("What is open or fails stands against passing in words, until every line is settled")
    func guarded() async throws {
        let desk = try await checked()
        func hindrances() async throws -> [String] {
            let answer = try await desk.site.ask(.get, CellDesk.base + "/submission", as: "operator")
            let actions = answer.json?["actions"] as? [[String: Any]] ?? []
            let pass = actions.first { $0["action"] as? String == "pass" }
            return (pass?["hindrances"] as? [[String: Any]] ?? []).compactMap { $0["code"] as? String }
        }
        let before = try await hindrances()
        #expect(before.first == "desk.guard.checklist" && before.contains("desk.check.identity"))
        for (id, line) in try await lines(desk) where line["outcome"] as? String != "pass" {
            let answer = try await decide(desk, id, #"{"verdict":"pass","reason":"经核对"}"#)
            #expect(answer.status == 200, "\(id): \(answer.body)")
        }
        #expect(try await hindrances().filter { $0.hasPrefix("desk.") }.isEmpty)
    }

    @Test("The page keeps a tick without script; the spreadsheet holds every line with who said what")
    func pageAndWorkbook() async throws {
        let desk = try await checked()
        let shown = try await desk.site.ask(.get, Self.page, as: "operator", headers: DeskRoutesTests.html)
        #expect(shown.status == 200 && shown.body.contains("发出补正通知") && shown.body.contains("缺少必需的佐证"))
        let sent = try await desk.site.ask(
            .post, Self.page + "/eligibility.identity", as: "operator", headers: DeskRoutesTests.html,
            body: "automatic=open&verdict=pass&reason=")
        #expect(sent.status == 303 && sent.headers[.location]?.hasSuffix("#line-eligibility-identity") == true)
        let wrong = try await desk.site.ask(
            .post, Self.page + "/eligibility.identity", as: "operator", headers: DeskRoutesTests.html,
            body: "automatic=open&verdict=fail&reason=")
        #expect(wrong.status == 422 && wrong.body.contains("判为不符合时必须写明问题"))
        let submission = try await desk.site.services.rounds.participation("r1", "p1")
        let checklist = try #require(desk.site.services.people.desk.checklist)
        let round = try #require(try await desk.site.services.rounds.round("r1"))
        let scheme = try #require(try await desk.site.services.schemes.scheme(digest: round.schemeDigest))
        let lines = try await checklist.lines(
            of: SubmissionCase(
                try #require(submission), round: round, scheme: scheme, now: desk.site.services.clock.now()))
        let file = try await desk.site.ask(.get, Self.page + ".xlsx", as: "operator")
        #expect(file.status == 200 && file.body.hasPrefix("PK"))
        #expect(lines.filter { $0.decision != nil }.map(\.id) == ["eligibility.identity"])
    }
}
