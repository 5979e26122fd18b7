import Access
import Foundation
import Review
import Testing
import Trust
import Vocabulary
import Web

@Suite("The review desk over HTTP")
struct DeskRoutesTests {
    static let round = "/api/v1/rounds/r1"
    static let html = ["Accept": "text/html", "Content-Type": "application/x-www-form-urlencoded"]

    /// Submitted, so that the county has it.
    func submitted() async throws -> CellDesk {
        let desk = try await CellDesk()
        _ = try await desk.put("/cells/platform-revenue/declared", #"{"values":{"platform-revenue":1500}}"#)
        try await move(desk, "submit", "manager")
        return desk
    }

    func move(_ desk: CellDesk, _ action: String, _ role: String) async throws {
        let answer = try await desk.site.ask(
            .post, CellDesk.base + "/submission/actions", as: role,
            body: #"{"action":"\#(action)","reason":"见单项"}"#)
        try #require(answer.status == 200, "\(action): \(answer.body)")
    }

    func act(
        _ desk: CellDesk, _ body: String, to path: String = "batches", as role: String = "county-clerk"
    ) async throws -> TestSite.Answer {
        try await desk.site.ask(.post, Self.round + "/desk/\(path)", as: role, body: body)
    }

    private let accept = #"{"action":"accept","items":[{"platform":"p1","indicator":"platform-revenue"}]}"#
    private let giveBack = """
        {"action":"return","items":[{"platform":"p1","indicator":"platform-revenue"}],
         "reasonCode":"evidence-missing","reason":"请补审计报告"}
        """
    private let acceptAll = #"{"action":"accept","items":[{"platform":"p1"}]}"#

    func standing(_ desk: CellDesk) async throws -> [ItemDecision] {
        try await desk.site.services.people.desk.items?.decisions("r1") ?? []
    }

    @Test("The plan names what will be done and what not, changes nothing, and is what is then done")
    func planIsEffect() async throws {
        let desk = try await submitted()
        let body = #"{"action":"accept","items":[{"platform":"p1"},{"platform":"p1","indicator":"devices-connected"}]}"#
        let plan = try await act(desk, body, to: "plans")
        #expect(plan.status == 200, "\(plan.body)")
        let items = plan.json?["items"] as? [[String: String]] ?? []
        let refused = plan.json?["refused"] as? [[String: String]] ?? []
        #expect(items.count == 19 && refused.map { $0["code"] } == ["desk.refused.not_in_form"])
        #expect(try await standing(desk).isEmpty)
        let digest = try #require(plan.json?["plan"] as? String)
        let seen = String(body.dropLast()) + ",\"plan\":\"\(digest)\"}"
        let done = try await act(desk, seen)
        #expect(done.status == 201 && done.json?["count"] as? Int == 19, "\(done.body)")
        #expect(
            Set(try await standing(desk).map(\.cell.indicator.rawValue)) == Set(items.compactMap { $0["indicator"] }))
        let again = try await act(desk, seen)
        #expect(again.status == 409 && again.code == "desk.plan_changed")
    }

    @Test("Each level decides for itself; another level's clerk is refused")
    func levels() async throws {
        let desk = try await submitted()
        let province = try await act(desk, accept, as: "operator")
        #expect(province.status == 409 && province.code == "desk.nothing_to_do")
        #expect(province.body.contains("desk.refused.not_permitted"))
        #expect(try await act(desk, accept).status == 201)
        try await move(desk, "pass", "county-clerk")
        #expect(try await act(desk, accept).body.contains("desk.refused.not_permitted"))
        #expect(try await act(desk, accept, as: "city-clerk").status == 201)
        #expect(Set(try await standing(desk).map(\.level)) == [.county, .city])
        #expect(try await act(desk, accept, as: "manager").status == 403)
        #expect(try await act(desk, accept, as: "approver").status == 403)
    }

    @Test("Two clerks on the same item: the second is told, and the first decision stands")
    func twoClerks() async throws {
        let desk = try await submitted()
        let path = "/authority/rounds/r1/queue/p1/platform-revenue"
        let first = try await desk.site.ask(
            .post, path + "/accept", as: "county-clerk", headers: Self.html, body: "version=1-0&next=&back=")
        #expect(first.status == 303, "\(first.body)")
        let second = try await desk.site.ask(
            .post, path + "/return", as: "county-clerk", headers: Self.html,
            body: "version=1-0&reasonCode=other&reason=x")
        #expect(second.status == 409 && second.body.contains("desk.stale"))
        #expect(try await standing(desk).map(\.verdict) == [.accept])
    }

    @Test("A decision is void once the company has changed the item, and only that item reopens")
    func voidOnChange() async throws {
        let desk = try await submitted()
        #expect(try await act(desk, acceptAll).status == 201)
        #expect(try await act(desk, giveBack).status == 201)
        try await move(desk, "return", "county-clerk")
        let other = try await desk.put("/cells/financing-round/declared", #"{"values":{"financing-round":1}}"#)
        #expect(other.status == 409 && other.code == "submit.cell_not_returned")
        let changed = try await desk.put(
            "/cells/platform-revenue/declared", tag: "\"1\"", #"{"values":{"platform-revenue":1400}}"#)
        #expect(changed.status == 200)
        try await move(desk, "resubmit", "manager")
        let left = try await standing(desk)
        #expect(left.count == 18 && !left.contains { $0.cell.indicator == "platform-revenue" })
        let history = try await desk.site.ask(
            .get, CellDesk.base + "/cells/platform-revenue/decisions", as: "county-clerk")
        let voids = (history.json?["items"] as? [[String: Any]] ?? []).map { $0["void"] as? String }
        #expect(voids == ["changed", "replaced"])
        let page = try await desk.site.ask(
            .get, "/authority/rounds/r1/queue?cell=p1/platform-revenue", as: "county-clerk", headers: Self.html)
        #expect(page.status == 200 && page.body.contains("1,400") && page.body.contains("1,500"), "old beside new")
    }

    @Test("What was returned in an earlier turn does not reopen in the next one")
    func secondTurn() async throws {
        let desk = try await submitted()
        #expect(try await act(desk, giveBack).status == 201)
        try await move(desk, "return", "county-clerk")
        try await move(desk, "resubmit", "manager")
        let second = giveBack.replacingOccurrences(of: "platform-revenue", with: "financing-round")
        #expect(try await act(desk, second).status == 201)
        try await move(desk, "return", "county-clerk")
        let old = try await desk.put(
            "/cells/platform-revenue/declared", tag: "\"1\"", #"{"values":{"platform-revenue":1}}"#)
        #expect(old.code == "submit.cell_not_returned")
        #expect(
            try await desk.put("/cells/financing-round/declared", #"{"values":{"financing-round":1}}"#).status == 200)
    }

    @Test("Undo puts back what stood before, once, and only for whoever did it")
    func undo() async throws {
        let desk = try await submitted()
        #expect(try await act(desk, accept).status == 201)
        let batch = try #require(try await act(desk, giveBack).json?["id"] as? String)
        #expect(try await desk.site.services.cells.verifications.returns("r1", "p1").count == 1)
        let stranger = try await act(desk, "{}", to: "batches/\(batch)/undo", as: "city-clerk")
        #expect(stranger.status == 404)
        #expect(try await act(desk, "{}", to: "batches/\(batch)/undo").status == 200)
        #expect(try await standing(desk).map(\.verdict) == [.accept])
        #expect(try await desk.site.services.cells.verifications.returns("r1", "p1").isEmpty)
        let again = try await act(desk, "{}", to: "batches/\(batch)/undo")
        #expect(again.status == 409 && again.code == "desk.undone_already")
    }

    @Test("What has moved on cannot be undone, and nothing of it is")
    func undoTooLate() async throws {
        let desk = try await submitted()
        let batch = try #require(try await act(desk, acceptAll).json?["id"] as? String)
        try await move(desk, "pass", "county-clerk")
        let late = try await act(desk, "{}", to: "batches/\(batch)/undo")
        #expect(late.status == 409 && late.code == "desk.undo_too_late")
        #expect(try await standing(desk).count == 19)
    }

    @Test("A level passes on only what it has decided item by item; a demonstration is never hindered")
    func guarded() async throws {
        let scheme = try #require(try await CellDesk().site.services.schemes.scheme("jiangsu-2025"))
        let cell = CellAddress(round: "r1", platform: "p1", indicator: "platform-revenue")
        let nothing = ItemsDecidedGuard.findings(.county, decided: [], scheme: scheme)
        #expect(nothing.map(\.code) == ["desk.guard.items_open"] && nothing.first?.values["count"] == "19")
        let all = scheme.indicators.filter { $0.mode == .upload }.enumerated().map { index, indicator in
            ItemDecision(
                id: index, cell: CellAddress(round: "r1", platform: "p1", indicator: indicator.id), level: .county,
                verdict: indicator.id == cell.indicator ? .return : .accept,
                reasonCode: indicator.id == cell.indicator ? .other : nil, reason: "x", declaredVersion: 0, by: "c",
                at: Instant(seconds: 0))
        }
        #expect(
            ItemsDecidedGuard.findings(.county, decided: all, scheme: scheme).map(\.code)
                == ["desk.guard.items_returned"])
        #expect(
            ItemsDecidedGuard.findings(.city, decided: all, scheme: scheme).map(\.code) == ["desk.guard.items_open"])
        #expect(
            ItemsDecidedGuard.findings(.county, decided: all.filter { $0.verdict == .accept }, scheme: scheme).first?
                .values["count"] == "1")
    }

    @Test(
        "Wrong actions are refused with their field",
        arguments: [
            (#"{"action":"accept","items":[]}"#, 422, "desk.nothing_chosen"),
            (#"{"action":"burn","items":[{"platform":"p1"}]}"#, 422, "web.body_invalid"),
            (#"{"action":"accept","items":[{"platform":"p9"}]}"#, 404, "review.platform_unknown"),
            (#"{"action":"accept","items":[{"platform":"p1","indicator":"x"}]}"#, 404, "review.indicator_unknown"),
            (#"{"action":"return","items":[{"platform":"p1"}],"reason":"x"}"#, 422, "web.body_invalid"),
            (
                #"{"action":"return","items":[{"platform":"p1"}],"reasonCode":"other","reason":" "}"#, 422,
                "desk.action_refused"
            ),
            (
                #"{"action":"return","items":[{"platform":"p1"}],"reasonCode":"other","reason":"x","rows":[0]}"#, 422,
                "desk.action_refused"
            ),
            (#"{"action":"hand-over","items":[{"platform":"p1"}],"to":"nobody"}"#, 422, "desk.not_a_colleague"),
        ])
    func wrong(_ body: String, status: Int, code: String) async throws {
        let answer = try await act(try await submitted(), body)
        #expect(answer.status == status && answer.code == code, "\(answer.body)")
    }

    @Test("An item handed over to a colleague of the same office is theirs, and the colleague is told")
    func handOver() async throws {
        let desk = try await submitted()
        for (id, region) in [("lihua", "320500"), ("wangwu", "320100")] {
            let account = Account(
                id: AccountID(id), displayName: "同事", roles: [.countyClerk], region: RegionCode(region),
                createdAt: Instant(seconds: 0))
            _ = try await desk.site.services.accounts.create(
                account,
                password: try PasswordHash(of: "a long enough password", random: SystemRandomSource(), cost: 1),
                entry: AuditEntry(
                    "account.created", actor: .nobody, at: Instant(seconds: 0), subject: AuditSubject(),
                    salt: Array(repeating: 1, count: 16)))
        }
        let body = #"{"action":"hand-over","items":[{"platform":"p1","indicator":"dcmm-level"}],"to":"lihua"}"#
        let far = body.replacingOccurrences(of: "\"lihua\"", with: "\"wangwu\"")
        #expect(try await act(desk, far).code == "desk.not_a_colleague")
        #expect(try await act(desk, body).status == 201)
        let mine = try await desk.site.ask(.get, Self.round + "/desk/items?assigned=lihua", as: "county-clerk")
        let items = mine.json?["items"] as? [[String: Any]] ?? []
        #expect(items.map { $0["indicator"] as? String } == ["dcmm-level"])
        let nobody = try await desk.site.ask(
            .get, Self.round + "/desk/items?assigned=nobody&limit=500", as: "county-clerk")
        #expect((nobody.json?["items"] as? [Any])?.count == 18)
    }

    @Test("The queue shows the reader's own work, and without script a preview comes before a bulk action")
    func bulkPages() async throws {
        let desk = try await submitted()
        let queue = try await desk.site.ask(.get, "/authority/rounds/r1/queue", as: "county-clerk", headers: Self.html)
        #expect(queue.status == 200 && queue.body.components(separatedBy: "form=\"bulk\"").count == 20)
        let inspector = try await desk.site.ask(.get, "/authority/rounds/r1/queue", as: "inspector", headers: Self.html)
        #expect(inspector.status == 200 && !inspector.body.contains("<form method=\"post\" action=\"/authority"))
        let preview = try await desk.site.ask(
            .post, "/authority/rounds/r1/queue/bulk/preview", as: "county-clerk", headers: Self.html,
            body: "action=accept&all=1&back=view%3Dtodo")
        #expect(preview.status == 200 && preview.body.contains("将通过 19 项"), "\(preview.body)")
        let digest = try #require(preview.body.firstMatch(of: /name="plan" value="([0-9a-f]{64})"/)?.1)
        let done = try await desk.site.ask(
            .post, "/authority/rounds/r1/queue/bulk", as: "county-clerk", headers: Self.html,
            body: "action=accept&all=1&back=&plan=\(digest)")
        #expect(done.status == 303, "\(done.body)")
        let after = try await desk.site.ask(
            .get, done.headers[.location] ?? "", as: "county-clerk", headers: Self.html)
        #expect(after.body.contains("已通过 19 项") && after.body.contains("/queue/undo"))
    }
}
