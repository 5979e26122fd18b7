import Access
import Foundation
import Review
import Testing
import Vocabulary
import Web

/// A rehearsal round with one platform in Suzhou, guards enforced, on a clock that can be set.
struct WorkflowRound {
    let site: TestSite
    let clock = SettableClock()
    let base = "/api/v1/rounds/r1/platforms/p1/submission"

    init(kind: String = "rehearsal", guarded: Bool = true, onlyWorkflow: Bool = true) async throws {
        var principals = TestSite.principals
        for (id, role) in [("verifier-2", Role.verifier), ("approver-2", .approver)] {
            principals[id] = Principal(account: AccountID(id), displayName: id, roles: [role])
        }
        principals["city-head-nanjing"] = Principal(
            account: "city-head-nanjing", displayName: "n", roles: [.cityHead], region: "320100")
        site = try TestSite(
            clock: clock, sessions: principals, guarded: guarded,
            adjust: { services in
                // Other areas' guards have tests of their own, and so has what must be filled in.
                guard onlyWorkflow else { return }
                var people = PeopleSide(workflow: services.people.workflow)
                people.workflow.guards = people.workflow.guards.filter { !($0 is FilledGuard || $0 is VerifiedGuard) }
                people.workflow.clocks = WorkflowRound.clocks(services, people)
                services.people = people
            })
        let round =
            #"{"id":"r1","scheme":"jiangsu-2025","title":{"zh":"试","en":"Trial"},"kind":"\#(kind)","cutOff":"2025-12-15"}"#
        #expect(try await site.ask(.post, "/api/v1/rounds", as: "operator", body: round).status == 201)
        #expect(
            try await site.ask(
                .post, "/api/v1/rounds/r1/platforms", as: "operator", body: RoundRoutesTests.platform("p1")
            ).status == 201)
        try await move("open")
    }

    /// The clocks over the same areas as the site's acts.
    private static func clocks(_ services: Services, _ people: PeopleSide) -> SubmissionClocks? {
        guard let submissions = people.workflow.submissions, let periods = people.workflow.periods else { return nil }
        return SubmissionClocks(
            rounds: services.rounds, schemes: services.schemes, store: submissions, periods: periods,
            desk: .joined(people: people, clock: services.clock, random: services.random), report: ClockWork.report)
    }

    func move(_ action: String, as role: String = "operator") async throws {
        let answer = try await site.ask(
            .post, "/api/v1/rounds/r1/actions", as: role, body: #"{"action":"\#(action)","reason":"x"}"#)
        #expect(answer.status == 200, "\(answer.body)")
    }

    @discardableResult
    func act(
        _ action: String, as role: String, details: String = "{}", language: String = "zh-Hans", tag: String? = nil
    ) async throws -> TestSite.Answer {
        var headers = ["Accept-Language": language]
        headers["If-Match"] = tag
        return try await site.ask(
            .post, base + "/actions", as: role, headers: headers,
            body: #"{"action":"\#(action)","reason":"理由","details":\#(details)}"#)
    }

    func must(_ action: String, as role: String, to state: String, details: String = "{}") async throws {
        let answer = try await act(action, as: role, details: details)
        #expect(answer.status == 200, "\(action): \(answer.body)")
        #expect(answer.json?["state"] as? String == state)
    }

    func process(_ days: Int) async throws {
        guard let round = try await site.services.rounds.round("r1") else { return }
        var settings = try await site.services.people.workflow.process(of: round)
        for period in ProcessSettings.Period.allCases { settings[period] = days }
        let tag = "\"\(settings.version)\""
        let body = ProcessSettings.Period.allCases.map { #""\#($0.rawValue)":\#(days)"# }.joined(separator: ",")
        let answer = try await site.ask(
            .put, "/api/v1/rounds/r1/process", as: "operator", headers: ["If-Match": tag], body: "{\(body)}")
        #expect(answer.status == 200, "\(answer.body)")
    }
}

@Suite("Acting on submissions")
struct SubmissionActsTests {
    static let letter = #"{"letter":"苏工信函〔2025〕8号"}"#

    /// Up to the panel, each by whom the table names.
    private func advance(_ round: WorkflowRound) async throws {
        try await round.must("submit", as: "manager", to: "county-review")
        try await round.must("pass", as: "city-clerk", to: "city-review")
        try await round.must("recommend", as: "city-head", to: "recommended", details: Self.letter)
        try await round.must("take-in", as: "operator", to: "formal-check")
        try await round.must("pass", as: "operator", to: "verification")
        try await round.move("review")
        try await round.must("finish", as: "operator", to: "verification")
        try await round.must("finish", as: "approver", to: "expert-review")
        try await round.move("evaluate")
        try await round.must("finish", as: "operator", to: "site-check")
        try await round.must("finish", as: "verifier", to: "site-check")
        try await round.must("finish", as: "verifier-2", to: "panel")
    }

    @Test("A rehearsal with periods of 0 days is driven through in one go, and every move can be read afterwards")
    func wholeRound() async throws {
        let round = try await WorkflowRound()
        try await round.process(0)
        try await advance(round)
        try await round.move("panel")
        try await round.must("settle", as: "panel", to: "settled")
        try await round.move("notice")
        try await round.must("lapse", as: "operator", to: "in-notice")
        try await round.must("end", as: "operator", to: "published")
        try await round.must("revoke", as: "approver", to: "published")
        try await round.must("revoke", as: "approver", to: "published")
        try await round.must("revoke", as: "approver-2", to: "revoked")
        let events = try await round.site.ask(.get, round.base + "/events", as: "manager")
        let items = try #require(events.json?["items"] as? [[String: Any]])
        #expect(items.count == 12)
        let recommended = try #require(items.first { $0["action"] as? String == "recommend" })
        #expect((recommended["details"] as? [String: String])?["letter"] == "苏工信函〔2025〕8号")
        #expect(recommended["by"] as? String == "city-head")
        let index = try #require(recommended["logIndex"] as? Int)
        let entry = try await round.site.services.log.entries(start: index, limit: 1)
        #expect(entry.first?.leaf.kind == "submission.recommend")
    }

    @Test(
        "Two different people are needed: an approver alone cannot finish a verification, nor one verifier a site check"
    )
    func secondPerson() async throws {
        let round = try await WorkflowRound()
        try await round.process(0)
        try await round.must("submit", as: "manager", to: "county-review")
        try await round.must("pass", as: "city-clerk", to: "city-review")
        try await round.must("recommend", as: "city-head", to: "recommended", details: Self.letter)
        try await round.must("take-in", as: "operator", to: "formal-check")
        try await round.must("pass", as: "operator", to: "verification")
        let alone = try await round.act("finish", as: "approver")
        #expect(alone.status == 409)
        #expect(alone.code == "review.submission_hindered", "the round is not yet reviewing")
        try await round.move("review")
        #expect(try await round.act("finish", as: "approver").code == "workflow.proposal_missing")
        try await round.must("finish", as: "operator", to: "verification")
        let seen = try await round.site.ask(.get, round.base, as: "approver")
        #expect((seen.json?["proposals"] as? [[String: Any]])?.first?["by"] as? String == "operator")
        try await round.must("finish", as: "approver", to: "expert-review")
        try await round.move("evaluate")
        try await round.must("finish", as: "operator", to: "site-check")
        // The operator verifies cells, and still a check on site is finished by those who made it.
        for other in ["operator", "approver", "city-clerk"] {
            #expect(try await round.act("finish", as: other).status == 403, "\(other)")
        }
        try await round.must("finish", as: "verifier", to: "site-check")
        try await round.must("finish", as: "verifier", to: "site-check")
        try await round.must("finish", as: "verifier-2", to: "panel")
    }

    @Test("Who is not named by the table is refused: 401 for nobody, 403 for the wrong role, 409 in the wrong state")
    func refusals() async throws {
        let round = try await WorkflowRound()
        #expect(try await round.site.ask(.post, round.base + "/actions", body: #"{"action":"submit"}"#).status == 401)
        #expect(try await round.act("submit", as: "reporter").status == 403)
        #expect(try await round.act("submit", as: "operator").status == 403)
        #expect(try await round.act("pass", as: "city-clerk").status == 409)
        #expect(try await round.act("withdraw", as: "city-head-nanjing").status == 403)
        try await round.must("submit", as: "manager", to: "county-review")
        try await round.must("pass", as: "city-clerk", to: "city-review")
        #expect(try await round.act("recommend", as: "city-clerk", details: Self.letter).status == 403)
        #expect(try await round.act("recommend", as: "city-head-nanjing", details: Self.letter).status == 403)
    }

    @Test("Of two clerks who act at once, one moves it and the other is told that it has moved")
    func atOnce() async throws {
        let round = try await WorkflowRound()
        try await round.must("submit", as: "manager", to: "county-review")
        async let first = round.act("pass", as: "city-clerk", tag: "\"2\"")
        async let second = round.act("return", as: "county-clerk", tag: "\"2\"")
        let statuses = try await [first.status, second.status].sorted()
        #expect(statuses.first == 200)
        #expect([403, 409, 412].contains(statuses.last ?? 0))
        #expect(try await round.act("pass", as: "city-clerk", tag: "\"2\"").status == 412)
    }

    @Test(
        "A window that is not open yet or closed already stops a submission with its time; a city may set only its counties'"
    )
    func windows() async throws {
        let round = try await WorkflowRound()
        func put(_ region: String, _ body: String, as role: String, tag: String = "0") async throws -> TestSite.Answer {
            try await round.site.ask(
                .put, "/api/v1/rounds/r1/windows/\(region)", as: role, headers: ["If-Match": "\"\(tag)\""], body: body)
        }
        let early = #"{"opens":"2025-11-25T00:00:00+08:00","closes":"2025-12-01T00:00:00+08:00"}"#
        #expect(try await put("320500", early, as: "city-head").status == 403)
        #expect(try await put("320500", early, as: "operator").status == 200)
        #expect(try await put("320500", early, as: "operator").status == 412)
        #expect(try await put("320583", early, as: "city-head").status == 200)
        #expect(try await put("320183", early, as: "city-head").status == 403)
        let outside = #"{"opens":"2025-11-20T00:00:00+08:00","closes":"2025-12-01T00:00:00+08:00"}"#
        let refused = try await put("320583", outside, as: "city-head", tag: "1")
        #expect(refused.status == 422)
        #expect(refused.body.contains("2025-11-25 00:00"))
        #expect(try await round.act("submit", as: "manager").body.contains("2025-11-25 00:00"))
        round.clock.set(Instant(rfc3339: "2025-11-30T23:59:59+08:00") ?? round.clock.now())
        let last = try await round.site.ask(.get, round.base, as: "manager")
        let submit = (last.json?["actions"] as? [[String: Any]])?.first { $0["action"] as? String == "submit" }
        #expect(submit?["allowed"] as? Bool == true)
        round.clock.set(Instant(rfc3339: "2025-12-01T00:00:00+08:00") ?? round.clock.now())
        #expect(try await round.act("submit", as: "manager").body.contains("workflow.window_closed"))
    }

    @Test("A quota of none lets no recommendation pass, and says so")
    func quota() async throws {
        let round = try await WorkflowRound()
        try await round.must("submit", as: "manager", to: "county-review")
        try await round.must("pass", as: "city-clerk", to: "city-review")
        let body = #"{"opens":"2025-11-22T13:00:00+08:00","closes":"2025-12-01T00:00:00+08:00","quota":0}"#
        round.clock.set(Instant(rfc3339: "2025-11-23T00:00:00+08:00") ?? round.clock.now())
        let set = try await round.site.ask(
            .put, "/api/v1/rounds/r1/windows/320500", as: "operator", headers: ["If-Match": "\"0\""], body: body)
        #expect(set.status == 200, "\(set.body)")
        let refused = try await round.act("recommend", as: "city-head", details: Self.letter)
        #expect(refused.body.contains("workflow.quota_used"))
    }

    @Test("A return that nobody answers lapses after five working days, once, whatever the clock does")
    func lapse() async throws {
        let round = try await WorkflowRound()
        try await round.must("submit", as: "manager", to: "county-review")
        try await round.must("return", as: "city-clerk", to: "returned")
        let clocks = try #require(round.site.services.people.workflow.clocks)
        // Saturday 22 November; five working days end on Friday 28.
        let last = try #require(Instant(rfc3339: "2025-11-28T23:59:59+08:00"))
        #expect(try await clocks.tick(last) == 0)
        #expect(try await clocks.tick(last.adding(seconds: -86_400 * 400)) == 0)
        let over = last.adding(seconds: 1)
        #expect(try await clocks.tick(over) == 1)
        #expect(try await clocks.tick(over) == 0)
        #expect(try await clocks.tick(over.adding(seconds: 86_400 * 4000)) == 0)
        let seen = try await round.site.ask(.get, round.base, as: "manager")
        #expect(seen.json?["state"] as? String == "not-accepted")
        let events = try await round.site.services.people.workflow.submissions?.events("r1", "p1")
        #expect(events?.last?.by == nil)
    }

    @Test("Told results become the notice by themselves, and a recheck in time goes back to verification, once")
    func recheck() async throws {
        let round = try await WorkflowRound()
        try await advance(round)
        try await round.move("panel")
        try await round.must("settle", as: "panel", to: "settled")
        #expect(try await round.act("lapse", as: "operator").body.contains("workflow.recheck_running"))
        try await round.must("recheck", as: "manager", to: "verification")
        try await round.must("finish", as: "operator", to: "verification")
        try await round.must("finish", as: "approver", to: "expert-review")
        try await round.must("skip-site", as: "operator", to: "panel")
        try await round.must("settle", as: "panel", to: "settled")
        #expect(try await round.act("recheck", as: "manager").body.contains("workflow.recheck_used"))
        let clocks = try #require(round.site.services.people.workflow.clocks)
        #expect(try await clocks.tick(round.clock.now().adding(seconds: 86_400 * 12)) == 1)
        let seen = try await round.site.ask(.get, round.base, as: "operator")
        #expect(seen.json?["state"] as? String == "in-notice")
    }

    @Test("Several at once: the preview moves nothing and says who is refused and why; the doing moves the rest")
    func bulk() async throws {
        let round = try await WorkflowRound()
        try await round.must("submit", as: "manager", to: "county-review")
        func ask(_ preview: Bool) async throws -> [[String: Any]] {
            let answer = try await round.site.ask(
                .post, "/api/v1/rounds/r1/submissions/actions", as: "city-clerk",
                body: #"{"action":"pass","platforms":["p1","p1","p404"],"preview":\#(preview)}"#)
            return try #require(answer.json?["items"] as? [[String: Any]])
        }
        #expect(try await ask(true).map { $0["outcome"] as? String } == ["moves", "refused"])
        #expect(try await ask(true).first?["state"] as? String == "city-review")
        #expect(try await ask(false).map { $0["outcome"] as? String } == ["moved", "refused"])
        #expect(try await ask(false).map { $0["outcome"] as? String } == ["refused", "refused"])
    }

    @Test("A production round keeps the scheme's periods; a stale change of periods is refused")
    func periods() async throws {
        let round = try await WorkflowRound()
        try await round.process(0)
        let stale = try await round.site.ask(
            .put, "/api/v1/rounds/r1/process", as: "operator", headers: ["If-Match": "\"0\""], body: #"{"notice":3}"#)
        #expect(stale.status == 412)
        let wrong = try await round.site.ask(
            .put, "/api/v1/rounds/r1/process", as: "operator", headers: ["If-Match": "\"1\""], body: #"{"notice":61}"#)
        #expect(wrong.status == 422)
        let scheme = try await round.site.services.schemes.scheme("jiangsu-2025")
        let short = ProcessSettings(notice: 4).findings(for: .production, scheme: try #require(scheme))
        #expect(short.map(\.code) == ["workflow.period_too_short"])
        #expect(ProcessSettings(notice: 4).findings(for: .rehearsal, scheme: try #require(scheme)).isEmpty)
    }

    @Test("What stands against an action is said in both languages, and the API flags it before anybody tries")
    func hindrances() async throws {
        let round = try await WorkflowRound()
        try await round.must("submit", as: "manager", to: "county-review")
        try await round.must("pass", as: "city-clerk", to: "city-review")
        let chinese = try await round.act("recommend", as: "city-head")
        #expect(chinese.status == 409)
        #expect(chinese.code == "review.submission_hindered")
        #expect(chinese.body.contains("请填写推荐函文号"))
        let english = try await round.act("recommend", as: "city-head", language: "en")
        #expect(english.body.contains("Give the number of the letter of recommendation"))
        let seen = try await round.site.ask(.get, round.base, as: "city-head")
        let actions = try #require(seen.json?["actions"] as? [[String: Any]])
        #expect(actions.map { $0["action"] as? String } == ["recommend", "decline", "return"])
    }
}
