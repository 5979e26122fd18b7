import Foundation
import Review
import Testing
import Trust
import Vocabulary

@Suite("Verified values, returns and marks over HTTP")
struct VerificationRoutesTests {
    private let path = "/cells/platform-revenue/verified"

    @Test("An operator verifies with a reason; the cell carries value, reason, version and log index")
    func verify() async throws {
        let desk = try await CellDesk()
        _ = try await desk.put("/cells/platform-revenue/declared", #"{"values":{"platform-revenue":1500}}"#)
        let early = try await desk.put(path, as: "operator", #"{"values":{"platform-revenue":1},"reason":"x"}"#)
        #expect(early.status == 409 && early.code == "review.cell_not_submitted")
        try await desk.submit()
        let answer = try await desk.put(
            path, as: "operator", #"{"values":{"platform-revenue":1450.5},"reason":"扣除转售硬件收入"}"#)
        #expect(answer.status == 200, "\(answer.body)")
        let verified = answer.json?["verified"] as? [String: Any]
        #expect((verified?["values"] as? [String: Any])?["platform-revenue"] as? Double == 1450.5)
        #expect(verified?["basis"] as? String == "reviewed" && verified?["reason"] as? String == "扣除转售硬件收入")
        #expect(verified?["logIndex"] as? Int != nil)
        #expect(answer.json?["state"] as? String == "verified" && answer.headers[.eTag] == "\"1\"")
        #expect(try await desk.put(path, as: "operator", tag: nil, #"{"values":{},"reason":"x"}"#).status == 428)
        #expect(try await desk.put(path, as: "operator", #"{"values":{},"reason":"x"}"#).status == 412)
    }

    @Test(
        "Wrong verified values are refused with their place",
        arguments: [
            ("platform-revenue", #"{"values":{"platform-revenue":1},"reason":" "}"#, "reason"),
            ("platform-revenue", #"{"values":{"platform-revenue":-1},"reason":"x"}"#, "platform-revenue"),
            ("platform-revenue", #"{"values":{"revenue":1},"reason":"x"}"#, "revenue"),
            (
                "devices-connected", #"{"values":{"devices-connected":1},"evidenceLevel":7,"reason":"x"}"#,
                "evidenceLevel"
            ),
            (
                "devices-connected", #"{"values":{"devices-connected":1},"completeness":1.5,"reason":"x"}"#,
                "completeness"
            ),
            ("scenarios", #"{"values":{"scenarios.mark":90},"reason":"x"}"#, "scenarios.mark"),
            ("overseas", #"{"values":{"overseas":90},"reason":"x"}"#, "overseas"),
        ])
    func wrong(_ indicator: String, body: String, place: String) async throws {
        let desk = try await CellDesk()
        try await desk.submit()
        let answer = try await desk.put("/cells/\(indicator)/verified", as: "operator", body)
        #expect(answer.status == 422 && answer.code == "review.values_refused", "\(answer.body)")
        let findings = answer.json?["findings"] as? [[String: Any]] ?? []
        #expect(findings.map { $0["place"] as? String } == [place])
        #expect(try await desk.site.services.cells.verifications.verifications("r1").isEmpty)
    }

    @Test(
        "Who verifies and who returns",
        arguments: [
            ("operator", 200, 200), ("verifier", 200, 403), ("manager", 403, 403), ("county-clerk", 403, 403),
            ("city-clerk", 403, 200), ("approver", 403, 403), ("expert", 403, 403), ("panel", 403, 403),
            ("inspector", 403, 403), ("audit-administrator", 403, 403),
        ])
    func roles(_ token: String, verifies: Int, returns: Int) async throws {
        let desk = try await CellDesk()
        try await desk.submit()
        let verified = try await desk.put(
            path, as: token, #"{"values":{"platform-revenue":1},"reason":"与审计报告一致"}"#)
        #expect(verified.status == verifies)
        let returned = try await desk.site.ask(
            .post, CellDesk.base + "/cells/platform-revenue/return", as: token,
            body: #"{"reasonCode":"evidence-missing","reason":"缺审计报告"}"#)
        // The county of the test's clerk is the city itself.
        #expect(returned.status == (token == "county-clerk" ? 200 : returns))
    }

    @Test("A returned cell opens alone; its reason stands in it; the verified value is taken back")
    func returned() async throws {
        let desk = try await CellDesk()
        _ = try await desk.put("/cells/platform-revenue/declared", #"{"values":{"platform-revenue":1500}}"#)
        _ = try await desk.site.ask(
            .post, CellDesk.base + "/submission/actions", as: "manager", body: #"{"action":"submit"}"#)
        let wrong = try await desk.site.ask(
            .post, CellDesk.base + "/cells/platform-revenue/return", as: "city-clerk",
            body: #"{"reasonCode":"bad-mood","reason":"x"}"#)
        #expect(wrong.status == 422)
        let sent = try await desk.site.ask(
            .post, CellDesk.base + "/cells/platform-revenue/return", as: "county-clerk",
            body: #"{"reasonCode":"evidence-missing","reason":"请补审计报告盖章页"}"#)
        #expect(sent.json?["state"] as? String == "returned", "\(sent.body)")
        _ = try await desk.site.ask(
            .post, CellDesk.base + "/submission/actions", as: "county-clerk",
            body: #"{"action":"return","reason":"见单项"}"#)
        let cell = try await desk.site.ask(.get, CellDesk.base + "/cells/platform-revenue", as: "manager")
        #expect((cell.json?["returned"] as? [String: Any])?["reason"] as? String == "请补审计报告盖章页")
        let other = try await desk.put("/cells/financing-round/declared", #"{"values":{"financing-round":1}}"#)
        #expect(other.status == 409 && other.code == "submit.cell_not_returned")
        let again = try await desk.put(
            "/cells/platform-revenue/declared", tag: "\"1\"", #"{"values":{"platform-revenue":1400}}"#)
        #expect(again.status == 200)
        let after = try await desk.site.ask(.get, CellDesk.base + "/cells/platform-revenue", as: "manager")
        #expect(after.json?["state"] as? String == "submitted")
    }

    private func give(_ desk: CellDesk, _ token: String, _ mark: String, _ reason: String = "", tag: String = "\"0\"")
        async throws -> TestSite.Answer
    {
        try await desk.put(
            "/marks/overseas", as: token, tag: tag, #"{"mark":\#(mark),"reason":"\#(reason)"}"#)
    }

    @Test("An expert sees and changes only their own mark until the settlement")
    func marks() async throws {
        let desk = try await CellDesk()
        #expect(try await give(desk, "expert", "80").code == "review.cell_not_submitted")
        try await desk.submit()
        #expect(try await give(desk, "expert", "80").status == 200)
        #expect(try await give(desk, "expert2", "95").code == "review.mark_refused")
        #expect(try await give(desk, "expert2", "95", "全国首例").status == 200)
        #expect(try await give(desk, "expert", "85", tag: "\"1\"").headers[.eTag] == "\"2\"")
        #expect(try await give(desk, "expert", "86", tag: "\"1\"").status == 412)
        for token in ["manager", "operator", "city-clerk"] { #expect(try await give(desk, token, "80").status == 403) }
        let own = try await desk.site.ask(.get, CellDesk.base + "/marks/overseas", as: "expert")
        #expect(own.json?["count"] as? Int == 2 && (own.json?["marks"] as? [Any])?.count == 1)
        let office = try await desk.site.ask(.get, CellDesk.base + "/marks/overseas", as: "operator")
        #expect((office.json?["marks"] as? [Any])?.isEmpty == true)
        #expect(try await desk.site.ask(.get, CellDesk.base + "/marks/overseas", as: "manager").status == 403)
        let unmarked = try await desk.site.ask(.get, CellDesk.base + "/marks/platform-revenue", as: "expert")
        #expect(unmarked.code == "review.not_marked")
    }

    @Test("Settling waits for enough marks, drops the extremes of five, merges with what is verified, and closes")
    func settling() async throws {
        let desk = try await CellDesk()
        try await desk.submit()
        let services = desk.site.services
        let scheme = try #require(try await services.schemes.scheme("jiangsu-2025"))
        let settling = MarkSettling(marks: services.cells.marks, verifications: services.cells.verifications)
        let entry: MarkSettling.EntryMaker = { kind, subject, reason, payload in
            AuditEntry(
                kind, actor: .system("computation"), at: Instant(seconds: 9), subject: subject, reason: reason,
                payload: payload, salt: services.random.salt())
        }
        let without = Swift.Dictionary(
            uniqueKeysWithValues: ["dual-carbon", "regional-enablement"].map {
                (CellAddress(round: "r1", platform: "p1", indicator: IndicatorID($0)), 0)
            })
        func settle() async throws -> MarkSettling.Outcome {
            try await settling.settle(
                "r1", scheme: scheme, platforms: ["p1"], cases: without, by: "computation", at: Instant(seconds: 9),
                entry: entry)
        }
        for (expert, mark) in [("expert", "70"), ("expert2", "75")] { _ = try await give(desk, expert, mark) }
        let early = try await settle()
        #expect(Set(early.settled) == ["dual-carbon", "regional-enablement"])
        #expect(Set(early.waiting.map(\.indicator)) == ["scenarios", "overseas"])
        for (expert, mark) in [("expert3", "80"), ("expert4", "60"), ("expert5", "90")] {
            _ = try await give(desk, expert, mark)
            _ = try await desk.put("/marks/scenarios", as: expert, #"{"mark":\#(mark)}"#)
        }
        _ = try await desk.put(
            "/cells/scenarios/verified", as: "operator", #"{"values":{"scenarios.accepted":7},"reason":"七类场景属实"}"#)
        let outcome = try await settle()
        #expect(outcome.waiting.isEmpty && outcome.settled.count == 4)
        let overseas = try await desk.site.ask(.get, CellDesk.base + "/cells/overseas", as: "operator")
        let verified = overseas.json?["verified"] as? [String: Any]
        #expect((verified?["values"] as? [String: Any])?["overseas"] as? Double == 75)
        #expect(verified?["reason"] as? String == "(60) 70 75 80 (90) → 75.00")
        let scenarios = try await services.cells.verifications.verification(
            CellAddress(round: "r1", platform: "p1", indicator: "scenarios"))
        #expect(scenarios?.values.mapValues(\.description) == ["scenarios.accepted": "7", "scenarios.mark": "76.67"])
        #expect(try await settle().recorded.isEmpty)
        #expect(try await give(desk, "expert", "71", tag: "\"1\"").code == "review.marks_settled")
        let all = try await desk.site.ask(.get, CellDesk.base + "/marks/overseas", as: "operator")
        #expect((all.json?["marks"] as? [Any])?.count == 5)
    }
}
