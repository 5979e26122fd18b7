import Access
import Foundation
import HTTPTypes
import Review
import Scheme
import Testing
import Vocabulary
import Web

/// A rehearsal whose platform p1 has lists, at verification.
struct SampleRound {
    let site: TestSite
    let clock = SettableClock()
    static let list = CellDesk.base + "/samples/companies-served"

    /// - Parameter customers: rows of the list of companies served; a third each in Suzhou, Nanjing and Shanghai.
    init(customers: Int = 90, guarded: Bool = false) async throws {
        var sessions = TestSite.principals
        sessions["nanjing"] = Principal(
            account: "nanjing", displayName: "nanjing", roles: [.cityClerk], region: "320100")
        sessions["verifier2"] = Principal(account: "verifier2", displayName: "verifier2", roles: [.verifier])
        sessions["approver2"] = Principal(account: "approver2", displayName: "approver2", roles: [.approver])
        site = try TestSite(clock: clock, sessions: sessions, guarded: guarded)
        let round = """
            {"id":"r1","scheme":"jiangsu-2025","title":{"zh":"试","en":"Trial"},"kind":"rehearsal","cutOff":"2025-12-15"}
            """
        _ = try await ask(.post, "/api/v1/rounds", as: "operator", round)
        _ = try await ask(
            .post, "/api/v1/rounds/r1/platforms", as: "manager",
            RoundRoutesTests.platform("p1", type: "comprehensive"))
        _ = try await ask(.post, "/api/v1/rounds/r1/actions", as: "operator", #"{"action":"open","reason":"x"}"#)
        let put = try await site.ask(
            .put, CellDesk.base + "/cells/companies-served/items", as: "manager",
            headers: ["Content-Type": "text/csv", "If-Match": "\"0\""], body: Self.customers(customers))
        try #require(put.status == 200, "\(put.body)")
    }

    static func code(_ number: Int) -> String {
        let region = ["320500", "320100", "310000"][number % 3]
        let digits = String("00000000\(number)".suffix(8))
        return CompanyCode.completing("91\(region)\(digits)")?.text ?? ""
    }

    /// A CSV of so many customers.
    static func customers(_ count: Int) -> String {
        let head = "name,code,country,registration,region,product\n"
        return head + (0..<count).map { "客户\($0)有限公司,\(code($0)),,,,云枢\n" }.joined()
    }

    @discardableResult
    func ask(
        _ method: HTTPRequest.Method, _ path: String, as token: String, _ body: String = "", tag: Int? = nil
    ) async throws -> TestSite.Answer {
        let headers = tag.map { ["If-Match": "\"\($0)\""] } ?? [:]
        return try await site.ask(method, path, as: token, headers: headers, body: body)
    }

    func toVerification() async throws {
        for (action, role) in [
            ("submit", "manager"), ("pass", "county-clerk"), ("recommend", "city-head"), ("take-in", "operator"),
            ("pass", "operator"),
        ] {
            let answer = try await ask(
                .post, CellDesk.base + "/submission/actions", as: role, #"{"action":"\#(action)","reason":"符合"}"#)
            #expect(answer.status == 200, "\(action): \(answer.body)")
        }
    }

    /// Frozen and drawn.
    @discardableResult
    func drawn() async throws -> TestSite.Answer {
        try await toVerification()
        let answer = try await ask(.post, "/api/v1/rounds/r1/samples", as: "operator", "{}")
        #expect(answer.status == 201, "\(answer.body)")
        return answer
    }

    func rows(as token: String = "operator") async throws -> [[String: Any]] {
        try await ask(.get, Self.list + "/rows?limit=100", as: token).json?["items"] as? [[String: Any]] ?? []
    }

    @discardableResult
    func judge(
        _ row: Int, _ verdict: String, as token: String = "operator", reason: String? = nil, tag: Int = 0
    ) async throws -> TestSite.Answer {
        let code = reason.map { ",\"reasonCode\":\"\($0)\"" } ?? ""
        return try await ask(
            .put, Self.list + "/rows/\(row)/judgement", as: token, "{\"verdict\":\"\(verdict)\"\(code)}", tag: tag)
    }

    /// Ten days later: proof is taken no more.
    func afterTheDueDay() { clock.set(clock.now().adding(seconds: 10 * 86_400)) }

    static let paper = Array("%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n".utf8)

    func prove(_ row: Int, as token: String = "reporter") async throws -> TestSite.Answer {
        try await site.ask(.post, Self.list + "/rows/\(row)/proof?name=a.pdf", as: token, bytes: Self.paper)
    }
}

@Suite("Verification by sample over HTTP")
struct SampleRoutesTests {
    @Test("The draw comes from a checkpoint after the freeze, stratified, and is not repeated")
    func draw() async throws {
        let round = try await SampleRound()
        let early = try await round.ask(.post, "/api/v1/rounds/r1/samples", as: "operator", "{}")
        #expect(early.code == "sampling.nothing_to_draw")
        let report = try await round.drawn()
        let lists = try #require(report.json?["lists"] as? [[String: Any]])
        #expect(lists.count == 1 && lists[0]["drawn"] as? Int == 59 && lists[0]["rows"] as? Int == 90)
        let draw = try #require(try await round.ask(.get, SampleRound.list + "/draw", as: "manager").json)
        let strata = try #require(draw["strata"] as? [[String: Any]])
        #expect(strata.map { $0["name"] as? String } == ["310000", "320100", "320500"])
        #expect(strata.allSatisfy { [19, 20].contains($0["drawnCount"] as? Int) })
        let (size, freeze) = (draw["checkpointSize"] as? Int ?? 0, draw["freezeIndex"] as? Int ?? 0)
        #expect(size > freeze)
        #expect(
            try await round.ask(.post, "/api/v1/rounds/r1/samples", as: "operator", "{}").code
                == "sampling.nothing_to_draw")
        for role in ["approver", "city-clerk", "manager", "verifier"] {
            #expect(try await round.ask(.post, "/api/v1/rounds/r1/samples", as: role, "{}").status == 403)
        }
    }

    @Test("A draw from a checkpoint that does not hold the freeze is refused, and draws nothing")
    func checkpoint() async throws {
        let round = try await SampleRound()
        try await round.toVerification()
        let early = try await round.ask(.post, "/api/v1/rounds/r1/samples", as: "operator", #"{"checkpoint":3}"#)
        #expect(early.status == 409 && early.code == "sampling.checkpoint_before_freeze", "\(early.body)")
        let none = try await round.ask(.post, "/api/v1/rounds/r1/samples", as: "operator", #"{"checkpoint":99999}"#)
        #expect(none.code == "sampling.checkpoint_unknown")
        #expect(try await round.rows().isEmpty)
        let frozen = try await round.ask(.get, SampleRound.list, as: "operator")
        #expect(frozen.json?["stage"] as? String == "frozen")
        #expect(try await round.ask(.post, "/api/v1/rounds/r1/samples", as: "operator", "{}").status == 201)
    }

    @Test("The frozen digest is the one that the hand-in of the list committed to")
    func digest() async throws {
        let round = try await SampleRound(customers: 12)
        try await round.drawn()
        let list = try #require(try await round.ask(.get, SampleRound.list, as: "operator").json?["list"] as? String)
        let log = round.site.services.log
        var found = false
        for entry in try await log.entries(start: 0, limit: 100) where entry.leaf.kind == "cell.listed" {
            let opening = try #require(try await log.opening(entry.index))
            found = found || String(decoding: opening.committed, as: UTF8.self).contains(list)
        }
        #expect(found)
    }

    @Test("A city sees and judges the rows of its own, wherever the platform is; nobody else's")
    func cities() async throws {
        let round = try await SampleRound()
        try await round.drawn()
        round.afterTheDueDay()
        let own = try await round.rows(as: "nanjing")
        #expect((19...20).contains(own.count) && own.allSatisfy { $0["office"] as? String == "320100" })
        #expect(own.allSatisfy { $0["mayJudge"] as? Bool == true })
        let all = try await round.rows()
        let nanjing = try #require(all.first { $0["office"] as? String == "320100" }?["row"] as? Int)
        let suzhou = try #require(all.first { $0["office"] as? String == "320500" }?["row"] as? Int)
        #expect(try await round.judge(nanjing, "good", as: "city-clerk").status == 403)
        #expect(try await round.judge(suzhou, "good", as: "nanjing").status == 403)
        #expect(try await round.judge(nanjing, "good", as: "nanjing").status == 200)
        #expect(try await round.judge(suzhou, "bad", as: "city-clerk", reason: "untrue").status == 200)
        for role in ["manager", "approver", "expert", "inspector", "city-head"] {
            #expect(try await round.judge(suzhou, "good", as: role, tag: 1).status == 403, "\(role)")
        }
    }

    @Test("Of two judges at once the second is told, and sees the first's judgement")
    func twoJudges() async throws {
        let round = try await SampleRound(customers: 31)
        try await round.drawn()
        round.afterTheDueDay()
        let row = try #require(try await round.rows().first?["row"] as? Int)
        #expect(try await round.judge(row, "good").status == 200)
        let late = try await round.judge(row, "bad", as: "verifier", reason: "untrue")
        #expect(late.status == 412)
        let seen = try #require(try await round.rows(as: "verifier").first?["judgement"] as? [String: Any])
        #expect(seen["verdict"] as? String == "good" && seen["by"] as? String == "operator")
        #expect(try await round.judge(row, "bad", as: "verifier", reason: "untrue", tag: 1).status == 200)
        let drawn = try #require(
            try await round.site.services.people.sampling.samples().row(
                CellAddress(round: "r1", platform: "p1", indicator: "companies-served"), row))
        let history = try await round.site.services.people.sampling.samples().history(drawn)
        #expect(history.map(\.verdict) == [.good, .bad] && history.map(\.version) == [1, 2])
    }

    @Test("A bad row needs a reason, and the reason “other” needs words")
    func reasons() async throws {
        let round = try await SampleRound(customers: 31)
        try await round.drawn()
        round.afterTheDueDay()
        let row = try #require(try await round.rows().first?["row"] as? Int)
        #expect(try await round.judge(row, "bad").code == "sampling.judgement_refused")
        #expect(try await round.judge(row, "bad", reason: "other").code == "sampling.judgement_refused")
        #expect(try await round.judge(row, "good", reason: "untrue").code == "sampling.judgement_refused")
        #expect(try await round.judge(9999, "good").code == "sampling.row_unknown")
    }

    @Test("Proof is taken for drawn rows to the end of the due day, by the company alone, and never judged bad before")
    func proof() async throws {
        let round = try await SampleRound(customers: 60)
        try await round.drawn()
        let row = try #require(try await round.rows(as: "manager").first?["row"] as? Int)
        let drawn = Set(try await round.rows().compactMap { $0["row"] as? Int })
        let other = try #require((2...61).first { !drawn.contains($0) })
        #expect(try await round.prove(row).status == 201)
        #expect(try await round.prove(other).code == "sampling.row_unknown")
        #expect(try await round.prove(row, as: "operator").status == 403)
        let pending = try await round.judge(row, "bad", reason: "untrue")
        #expect(pending.code == "sampling.proof_pending")
        #expect(try await round.judge(row, "good").status == 200)
        let digest = Digest.sha256(of: SampleRound.paper).hex
        let path = SampleRound.list + "/rows/\(row)/proof/\(digest)"
        #expect(try await round.ask(.get, path, as: "verifier").status == 200)
        #expect(try await round.ask(.get, path, as: "expert").status == 403)
        round.afterTheDueDay()
        #expect(try await round.prove(row).code == "sampling.proof_closed")
        #expect(try await round.ask(.delete, path, as: "manager").code == "sampling.proof_closed")
        let longer = try await round.ask(
            .post, SampleRound.list + "/extension", as: "operator", #"{"dueDay":"2025-12-10","reason":"台风"}"#)
        #expect(longer.status == 200, "\(longer.body)")
        #expect(try await round.prove(row).status == 201)
    }

    @Test("Complete proof opens the rows for judgement, and the company sees no judgement before it is told")
    func complete() async throws {
        let round = try await SampleRound(customers: 31)
        try await round.drawn()
        let path = CellDesk.base + "/samples/proof-complete"
        #expect(try await round.ask(.post, path, as: "reporter").status == 403)
        let done = try await round.ask(.post, path, as: "manager")
        #expect(done.json?["unproved"] as? Int == 31, "\(done.body)")
        let row = try #require(try await round.rows().first?["row"] as? Int)
        #expect(try await round.prove(row).code == "sampling.proof_closed")
        #expect(try await round.judge(row, "bad", reason: "no-proof").status == 200)
        let own = try #require(try await round.rows(as: "manager").first)
        #expect(own["judgement"] == nil && own["version"] as? Int == 0)
        let list = try #require(try await round.ask(.get, SampleRound.list, as: "manager").json)
        #expect(list["bad"] == nil && list["results"] == nil)
    }

    private func judgeAll(_ round: SampleRound, bad: Int) async throws {
        round.afterTheDueDay()
        let rows = try await round.rows().compactMap { $0["row"] as? Int }
        let many = SampleRound.list + "/judgements"
        func body(_ rows: some Sequence<Int>, _ rest: String) -> String {
            "{\"rows\":[\(rows.map(String.init).joined(separator: ","))],\(rest)}"
        }
        if bad > 0 {
            let answer = try await round.ask(
                .post, many, as: "operator", body(rows.prefix(bad), #""verdict":"bad","reasonCode":"untrue""#))
            #expect(answer.json?["judged"] as? Int == bad, "\(answer.body)")
        }
        let answer = try await round.ask(.post, many, as: "operator", body(rows, #""verdict":"good""#))
        #expect(answer.json?["judged"] as? Int == rows.count - bad && (answer.json?["passed"] as? [Any])?.count == bad)
    }

    @Test("The verified figure is declared × share, with the reason that explains it")
    func settle() async throws {
        let round = try await SampleRound(customers: 90)
        try await round.drawn()
        #expect(
            try await round.ask(.post, SampleRound.list + "/settlement", as: "operator").code == "sampling.not_judged")
        try await judgeAll(round, bad: 3)
        let answer = try await round.ask(.post, "/api/v1/rounds/r1/samples/settlements", as: "operator")
        #expect(answer.json?["settled"] as? Int == 1 && answer.json?["undecided"] as? Int == 0)
        let cell = CellAddress(round: "r1", platform: "p1", indicator: "companies-served")
        let verified = try #require(try await round.site.services.cells.verifications.verification(cell))
        // 90 × 56 ÷ 59 = 85.42…
        #expect(verified.values["companies-served"]?.description == "85" && verified.basis == .sampled)
        #expect(verified.reason.contains("90×56÷59＝85") && verified.reason.contains("94.92%"))
        #expect(try await round.judge(2, "good").code != nil)
        let settled = try await round.ask(.get, SampleRound.list, as: "inspector").json
        #expect(settled?["stage"] as? String == "settled" && settled?["outcome"] as? String == "sampled")
    }

    @Test("Below the limit a cut is proposed by one and decided by another, never above the share")
    func cut() async throws {
        let round = try await SampleRound(customers: 90)
        try await round.drawn()
        try await judgeAll(round, bad: 20)
        let direct = try await round.ask(.post, SampleRound.list + "/settlement", as: "operator")
        #expect(direct.status == 409 && direct.code == "sampling.below_limit")
        let path = SampleRound.list + "/proposals"
        let high = try await round.ask(
            .post, path, as: "operator", #"{"outcome":"cut","figures":{"companies-served":80},"reason":"x"}"#)
        #expect(high.code == "sampling.proposal_refused")
        let proposed = try await round.ask(
            .post, path, as: "operator", #"{"outcome":"cut","figures":{"companies-served":50},"reason":"三分之一不实"}"#)
        #expect(proposed.json?["stage"] as? String == "proposed", "\(proposed.body)")
        #expect(
            try await round.ask(.post, path, as: "operator", #"{"outcome":"cut","reason":"x"}"#).code
                == "sampling.already_proposed")
        let decision = SampleRound.list + "/decision"
        let mine = try await round.ask(.post, decision, as: "operator", #"{"approves":true,"reason":"同意"}"#)
        #expect(mine.status == 403)
        let decided = try await round.ask(.post, decision, as: "approver", #"{"approves":true,"reason":"同意"}"#)
        #expect(decided.json?["outcome"] as? String == "cut", "\(decided.body)")
        let cell = CellAddress(round: "r1", platform: "p1", indicator: "companies-served")
        let verified = try #require(try await round.site.services.cells.verifications.verification(cell))
        #expect(verified.values["companies-served"]?.description == "50")
        #expect(verified.reason.contains("三分之一不实") && verified.reason.contains("66.10%"))
    }

    @Test("A list below the limit may go back to the company with the reason")
    func giveBack() async throws {
        let round = try await SampleRound(customers: 31)
        try await round.drawn()
        try await judgeAll(round, bad: 20)
        _ = try await round.ask(
            .post, SampleRound.list + "/proposals", as: "operator", #"{"outcome":"returned","reason":"清单失实"}"#)
        let no = try await round.ask(
            .post, SampleRound.list + "/decision", as: "approver", #"{"approves":false,"reason":"先核减"}"#)
        #expect(no.json?["stage"] as? String == "judged")
        _ = try await round.ask(
            .post, SampleRound.list + "/proposals", as: "operator", #"{"outcome":"returned","reason":"清单失实"}"#)
        let yes = try await round.ask(
            .post, SampleRound.list + "/decision", as: "approver", #"{"approves":true,"reason":"同意"}"#)
        #expect(yes.json?["stage"] as? String == "returned")
        let cell = try await round.ask(.get, CellDesk.base + "/cells/companies-served", as: "manager")
        #expect((cell.json?["returned"] as? [String: Any])?["reason"] as? String == "清单失实")
        // The returned list alone is open; handed in anew, it is frozen and drawn anew.
        let other = try await round.ask(
            .put, CellDesk.base + "/cells/platform-revenue/declared", as: "manager",
            #"{"values":{"platform-revenue":1}}"#, tag: 0)
        #expect(other.code == "submit.not_editable")
        let again = try await round.site.ask(
            .put, CellDesk.base + "/cells/companies-served/items", as: "manager",
            headers: ["Content-Type": "text/csv", "If-Match": "\"1\""], body: SampleRound.customers(12))
        #expect(again.status == 200, "\(again.body)")
        #expect(try await round.ask(.post, "/api/v1/rounds/r1/samples", as: "operator", "{}").status == 201)
        let anew = try await round.ask(.get, SampleRound.list, as: "operator").json
        #expect(anew?["rowCount"] as? Int == 12 && anew?["listVersion"] as? Int == 2)
        #expect(anew?["stage"] as? String == "asked" && anew?["good"] as? Int == 0)
    }

    @Test("Verification does not end while a list is not drawn, not judged or not settled")
    func guardNames() async throws {
        let round = try await SampleRound(customers: 31)
        let site = round.site
        try await round.toVerification()
        func hindrances() async throws -> [String] {
            let owner = try #require(try await site.services.rounds.participation("r1", "p1"))
            let known = try #require(try await site.services.rounds.round("r1"))
            let scheme = try await site.services.scheme(of: known)
            let submission = SubmissionCase(owner, round: known, scheme: scheme, now: round.clock.now())
            var found: [Finding] = []
            for one in site.services.people.sampling.guards {
                found += try await one.hindrances(to: SubmissionRequest(.finish), of: submission)
            }
            return found.map(\.code)
        }
        #expect(try await hindrances() == ["sampling.hindrance_not_drawn"])
        _ = try await round.ask(.post, "/api/v1/rounds/r1/samples", as: "operator", "{}")
        #expect(try await hindrances() == ["sampling.hindrance_open"])
        try await judgeAll(round, bad: 0)
        #expect(try await hindrances() == ["sampling.hindrance_unsettled"])
        _ = try await round.ask(.post, SampleRound.list + "/settlement", as: "operator")
        #expect(try await hindrances() == [])
    }
}
