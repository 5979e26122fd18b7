import Access
import Evaluate
import Foundation
import Review
import Store
import Testing
import Trust
import Vocabulary
import Web

/// A clock that a test moves on.
final class MovableClock: Vocabulary.Clock, @unchecked Sendable {
    private let lock = NSLock()
    private var instant: Instant

    init(_ text: String) { instant = Instant(rfc3339: text) ?? Instant(seconds: 0) }

    func now() -> Instant { lock.withLock { instant } }
    func advance(seconds: Int64) { lock.withLock { instant = instant.adding(seconds: seconds) } }
    func set(_ text: String) { lock.withLock { instant = Instant(rfc3339: text) ?? instant } }
}

/// A desk at work until nobody needs it any more.
final class RunningDesk: Sendable {
    private let task: Task<Void, any Error>

    init(_ desk: ComputationDesk) { task = Task { try await desk.run() } }

    deinit { task.cancel() }
}

/// A guarded site with a rehearsal round of three platforms before the panel; `p1` is the tester's own company.
struct PanelSite {
    let site: TestSite
    let clock = MovableClock("2025-11-21T10:00:00+08:00")
    /// Computes as long as the site is there, once and again.
    private let work: RunningDesk

    init(mail: (any MessageChannel)? = nil, follows: Bool = true) async throws {
        var sessions = TestSite.principals
        sessions["approver2"] = Principal(account: "approver2", displayName: "approver2", roles: [.approver])
        site = try TestSite(
            clock: clock, sessions: sessions, guarded: true,
            adjust: { services in
                if let mail { services.people.panel.contactMail = mail }
                if !follows { services.people.panel.followers = [] }
            })
        work = RunningDesk(site.services.computations)
        let made = try await site.ask(.post, "/api/v1/rounds", as: "operator", body: PanelSite.rehearsal)
        try #require(made.status == 201, "\(made.body)")
        let codes = ["MA1ABCDE", "MA1ABCDF", "MA1ABCDG"].compactMap { CompanyCode.completing("91320500" + $0) }
        for (index, code) in codes.enumerated() {
            let body = RoundRoutesTests.platform("p\(index + 1)", code: code.description)
            let made = try await site.ask(.post, "/api/v1/rounds/r1/platforms", as: "operator", body: body)
            try #require(made.status == 201, "\(made.body)")
            try await place("p\(index + 1)", .panel)
            let id = PlatformID("p\(index + 1)")
            try await ComputationRoutesTests.verify(
                site, id, "revenue-share", ["revenue-share": "\(20 * index + 30)"])
            try await ComputationRoutesTests.verify(site, id, "financing-round", ["financing-round": "\(index)"])
        }
        for action in ["open", "review", "evaluate", "panel"] { try await roundAct(action) }
    }

    static let rehearsal = """
        {"id":"r1","scheme":"jiangsu-2025","title":{"zh":"试评","en":"Trial"},"kind":"rehearsal","cutOff":"2025-12-10"}
        """

    /// Puts a submission where another area's steps would have brought it.
    func place(_ platform: String, _ state: SubmissionState) async throws {
        let present = try #require(try await site.services.rounds.participation("r1", PlatformID(platform)))
        var changed = present
        changed.submission = state
        changed.version += 1
        let entry = AuditEntry(
            "submission.moved", actor: .system("test"), at: clock.now(), subject: AuditSubject(round: "r1"),
            salt: SystemRandomSource().salt())
        try await site.services.rounds.change(changed, replacing: present.version, entry: entry)
    }

    @discardableResult
    func roundAct(_ action: String, as role: String = "approver", expecting status: Int = 200) async throws
        -> TestSite.Answer
    {
        let body = "{\"action\":\"\(action)\",\"reason\":\"按程序\"}"
        let answer = try await site.ask(.post, "/api/v1/rounds/r1/actions", as: role, body: body)
        #expect(answer.status == status, "\(action): \(answer.body)")
        return answer
    }

    func state(_ platform: String) async throws -> SubmissionState? {
        try await site.services.rounds.participation("r1", PlatformID(platform))?.submission
    }

    @discardableResult
    func post(_ path: String, as role: String?, _ body: String = "{}") async throws -> TestSite.Answer {
        try await site.ask(
            .post, "/api/v1/rounds/r1" + path, as: role, headers: ["Content-Type": "application/json"], body: body)
    }

    func get(_ path: String, as role: String?) async throws -> TestSite.Answer {
        try await site.ask(.get, "/api/v1/rounds/r1" + path, as: role)
    }

    func page(_ path: String, as role: String?) async throws -> TestSite.Answer {
        try await site.ask(.get, path, as: role, headers: ["Accept": "text/html", "Accept-Language": "zh-CN"])
    }

    /// The codes of the findings of a problem, or of the first of a list of outcomes.
    static func codes(_ answer: TestSite.Answer) -> [String] {
        let json = answer.json ?? [:]
        let item = (json["items"] as? [[String: Any]])?.first ?? (json["left"] as? [[String: Any]])?.first ?? json
        return (item["findings"] as? [[String: Any]] ?? []).compactMap { $0["code"] as? String }
    }

    func compute() async throws {
        clock.advance(seconds: 60)
        _ = try await ComputationRoutesTests.computed(site)
        clock.advance(seconds: 60)
    }

    @discardableResult
    func keepMinutes(_ number: String) async throws -> String {
        let answer = try await site.ask(
            .post,
            "/api/v1/rounds/r1/panel/minutes?number=\(number)&heldOn=2025-11-20&present=A&name=minutes.pdf",
            as: "panel", headers: ["Content-Type": "application/octet-stream"],
            bytes: Array("%PDF-1.4\n\(number)\n%%EOF".utf8))
        try #require(answer.status == 201, "\(answer.body)")
        return (answer.json?["minutes"] as? [String: Any])?["id"] as? String ?? ""
    }

    @discardableResult
    func settle(_ platforms: [String], isTrial: Bool = false) async throws -> TestSite.Answer {
        let list = platforms.map { "\"\($0)\"" }.joined(separator: ",")
        return try await post(
            "/panel/settlements", as: "panel", #"{"platforms":[\#(list)],"reason":"会审通过","isTrial":\#(isTrial)}"#)
    }

    /// Everybody settled, told and moved into a notice that runs.
    func announce() async throws {
        try await compute()
        try await keepMinutes("1")
        try await settle(["p1", "p2", "p3"])
        clock.set("2025-12-01T10:00:00+08:00")
        try await post("/notice/lapse", as: "operator")
        try await setContacts()
        try await roundAct("notice", as: "operator")
    }

    func setContacts() async throws {
        let body =
            #"{"office":"信息化处","officePhone":"025-8888 0001","inspection":"纪检组","inspectionPhone":"025-88880002"}"#
        let answer = try await site.ask(
            .put, "/api/v1/rounds/r1/notice/contacts", as: "operator", headers: ["If-Match": "\"0\""], body: body)
        #expect(answer.status == 200, "\(answer.body)")
    }

    static func objection(
        _ platform: String = "p1", name: String = "张三", identity: String = "11010519491231002X",
        indicator: String = "revenue-share"
    ) -> String {
        """
        {"platform":"\(platform)","indicator":"\(indicator)","facts":"营收占比与年报不符","name":"\(name)",
         "identityKind":"identity-card","identity":"\(identity)","contactKind":"phone","contact":"13800138000"}
        """
    }

    /// RENDER_TO writes the page and what it is drawn with to files, for looking at it in a browser.
    static func keepForLooking(_ html: String, _ path: String, _ language: String, _ site: TestSite) async throws {
        guard let target = ProcessInfo.processInfo.environment["RENDER_TO"] else { return }
        let assets = URL(filePath: target).appending(path: "assets")
        try FileManager.default.createDirectory(at: assets, withIntermediateDirectories: true)
        for name in ["heng.css", "heng.js", "seal.svg"] {
            let text = try await site.ask(.get, "/assets/\(name)").body
            try text.write(to: assets.appending(path: name), atomically: true, encoding: .utf8)
        }
        let name = path.map { $0.isLetter || $0.isNumber ? $0 : "-" }
        try html.write(
            to: URL(filePath: target).appending(path: "panel\(String(name)).\(language).html"), atomically: true,
            encoding: .utf8)
    }

    /// Raised, proven by telephone and accepted; answers the secret id.
    func acceptObjection(_ platform: String = "p1") async throws -> String {
        let raised = try await post("/objections", as: nil, Self.objection(platform))
        try #require(raised.status == 201, "\(raised.body)")
        let id = try #require(raised.json?["id"] as? String)
        let called = try await post("/objections/\(id)/contact", as: "operator", #"{"note":"12月1日电话核实"}"#)
        #expect(called.json?["contactProof"] as? String == "call", "\(called.body)")
        let accepted = try await post("/objections/\(id)/decision", as: "operator", #"{"reason":"有事实依据"}"#)
        #expect(accepted.json?["state"] as? String == "accepted", "\(accepted.body)")
        return id
    }

    /// The actions of the platform's history.
    func history(_ platform: String) async throws -> [String] {
        let answer = try await get("/platforms/\(platform)/submission/events", as: "operator")
        return (answer.json?["items"] as? [[String: Any]] ?? []).compactMap { $0["action"] as? String }
    }

    /// The notice has run, everybody is published, the round too.
    func publish() async throws {
        clock.set("2025-12-31T10:00:00+08:00")
        let ended = try await post("/notice/end", as: "operator")
        #expect((ended.json?["left"] as? [Any])?.isEmpty == true, "\(ended.body)")
        try await roundAct("publish")
    }
}

@Suite("Panel, telling, notice, objection, correction")
struct PanelPathTests {
    @Test("Nothing is settled without minutes and without draft scores, and the preview says so")
    func guards() async throws {
        let panel = try await PanelSite()
        let trial = try await panel.settle(["p1"], isTrial: true)
        #expect(Set(PanelSite.codes(trial)).isSuperset(of: ["panel.no_minutes", "panel.not_computed"]))
        try await panel.compute()
        try await panel.keepMinutes("1")
        let ready = try await panel.settle(["p1"], isTrial: true)
        #expect(PanelSite.codes(ready).isEmpty, "\(ready.body)")
        #expect(try await panel.state("p1") == .panel, "a trial does nothing")
        let direct = try await panel.site.ask(
            .post, "/api/v1/rounds/r1/platforms/p1/submission/actions", as: "panel",
            body: #"{"action":"settle","details":{"minutes":"unknown"}}"#)
        #expect(direct.code == "review.submission_hindered" && PanelSite.codes(direct) == ["panel.minutes_unknown"])
        let twice = try await panel.site.ask(
            .post, "/api/v1/rounds/r1/panel/minutes?number=1&heldOn=2025-11-20&present=A&name=a.pdf", as: "panel",
            bytes: Array("%PDF-1.4\n%%EOF".utf8))
        #expect(twice.code == "panel.minutes_number_taken")
    }

    @Test("A company is told its own result, asks once for a recheck of its own cell, and is answered in writing")
    func recheck() async throws {
        let panel = try await PanelSite()
        try await panel.compute()
        try await panel.keepMinutes("1")
        try await panel.settle(["p1", "p2", "p3"])
        #expect(try await panel.state("p1") == .settled)
        let told = try await panel.get("/platforms/p1/telling", as: "manager")
        let telling = try #require(told.json?["telling"] as? [String: Any], "\(told.body)")
        #expect(telling["lastDay"] as? String == "2025-11-28", "five working days after Friday 21 November")
        #expect(try await panel.get("/platforms/p2/telling", as: "manager").status == 403)
        let ask = #"{"reason":"数据有误","cells":[{"indicator":"revenue-share","reason":"应为40"}]}"#
        #expect(try await panel.post("/platforms/p1/recheck", as: "reporter", ask).status == 403)
        #expect(try await panel.post("/platforms/p2/recheck", as: "manager", ask).status == 403)
        let asked = try await panel.post("/platforms/p1/recheck", as: "manager", ask)
        #expect(asked.status == 200, "\(asked.body)")
        #expect(try await panel.state("p1") == .verification)

        let other = try await verify(panel, "financing-round", #"{"financing-round":3}"#)
        #expect(other.code == "panel.cell_not_in_recheck", "\(other.body)")
        panel.clock.advance(seconds: 60)
        let changed = try await verify(panel, "revenue-share", #"{"revenue-share":40}"#)
        #expect(changed.status == 200, "\(changed.body)")
        let early = try await panel.site.ask(
            .post, "/api/v1/rounds/r1/platforms/p1/submission/actions", as: "approver", body: #"{"action":"finish"}"#)
        #expect(PanelSite.codes(early).contains("panel.recheck_unanswered"), "\(early.body)")
        let answered = try await panel.post(
            "/platforms/p1/recheck/revenue-share/answer", as: "operator", #"{"answer":"经核对年报，改为40"}"#)
        let cell = ((answered.json?["recheck"] as? [String: Any])?["cells"] as? [[String: Any]])?.first
        #expect((cell?["before"] as? [String: Any])?["revenue-share"] as? Int == 30, "\(answered.body)")
        #expect((cell?["after"] as? [String: Any])?["revenue-share"] as? Int == 40)

        try await panel.place("p1", .panel)
        #expect(PanelSite.codes(try await panel.settle(["p1"])) == ["panel.computed_before_change"])
        try await panel.compute()
        try await panel.settle(["p1"])
        #expect(try await panel.state("p1") == .settled)
        let again = try await panel.post("/platforms/p1/recheck", as: "manager", ask)
        #expect(again.status == 409, "\(again.body)")

        let lapsed = try await panel.post("/notice/lapse", as: "operator")
        #expect(lapsed.json?["moved"] as? [String] == ["p1"], "after a recheck nothing is left to wait for")
        #expect(try await panel.history("p1") == ["settle", "recheck", "settle", "lapse"])
        #expect(PanelSite.codes(lapsed).contains("workflow.recheck_running"), "\(lapsed.body)")
    }

    private func verify(_ panel: PanelSite, _ indicator: String, _ values: String) async throws -> TestSite.Answer {
        try await panel.site.ask(
            .put, "/api/v1/rounds/r1/platforms/p1/cells/\(indicator)/verified", as: "operator",
            headers: ["If-Match": "\"1\""], body: #"{"values":\#(values),"reason":"复核"}"#)
    }

    @Test("The notice does not start without both telephones, shows no ranks, and runs five working days")
    func notice() async throws {
        let panel = try await PanelSite()
        try await panel.compute()
        try await panel.keepMinutes("1")
        try await panel.settle(["p1", "p2", "p3"])
        let early = try await panel.roundAct("notice", as: "operator", expecting: 409)
        #expect(
            Set(PanelSite.codes(early)) == ["panel.contacts_missing", "panel.platforms_behind"], "\(early.body)")
        try await panel.post("/platforms/p1/telling/acceptance", as: "manager")
        panel.clock.set("2025-12-01T10:00:00+08:00")
        try await panel.post("/notice/lapse", as: "operator")
        try await panel.setContacts()
        try await panel.roundAct("notice", as: "operator")
        let seen = try await panel.get("/notice", as: nil)
        #expect((seen.json?["platforms"] as? [[String: Any]])?.count == 3, "\(seen.body)")
        #expect(!seen.body.contains("rank"), "ranks are published later")
        #expect(seen.body.contains(#""endsOn":"2025-12-08""#), "\(seen.body)")
        #expect(seen.body.contains("025-8888 0001") && seen.body.contains("025-88880002"))
        let publicPage = try await panel.page("/rounds/r1/notice", as: nil)
        #expect(publicPage.status == 200 && publicPage.body.contains("025-88880002"))
        #expect(publicPage.body.contains("/rounds/r1/objections/new"))
        #expect(!(try await panel.get("/result", as: nil)).body.contains("rank"), "nobody sees a live rank")
        let open = try await panel.roundAct("publish", expecting: 409)
        #expect(PanelSite.codes(open).contains("panel.notice_runs_round"))
    }

    @Test("Anonymous, unproven, late and merely differing objections are refused, each with its reason")
    func refusals() async throws {
        let panel = try await PanelSite()
        try await panel.announce()
        let anonymous = try await panel.post("/objections", as: nil, PanelSite.objection(name: "", identity: "1"))
        #expect(anonymous.status == 422 && anonymous.code == "panel.objection_anonymous")
        #expect(PanelSite.codes(anonymous) == ["panel.objector_name", "panel.objector_identity_card"])
        let wrongDigit = try await panel.post(
            "/objections", as: nil, PanelSite.objection(identity: "110105194912310021"))
        #expect(PanelSite.codes(wrongDigit) == ["panel.objector_identity_card"])
        let raised = try await panel.post("/objections", as: nil, PanelSite.objection(indicator: "dual-carbon"))
        let id = try #require(raised.json?["id"] as? String, "\(raised.body)")
        let unproven = try await panel.post("/objections/\(id)/decision", as: "operator", #"{"reason":"受理"}"#)
        #expect(unproven.code == "panel.contact_unproven")
        let page = try await panel.page("/authority/rounds/r1/objections/1", as: "operator")
        #expect(page.body.contains("仅对专家的专业判断") || page.body.contains("由专家评分"), "the desk is warned")
        let refused = try await panel.post(
            "/objections/\(id)/decision", as: "operator", #"{"refusal":"expert-judgement","reason":"只是不同意专家判断"}"#)
        #expect(refused.json?["state"] as? String == "not-accepted", "\(refused.body)")
        #expect(try await panel.state("p1") == .inNotice)
        let receipt = try await panel.page("/rounds/r1/objections/\(id)", as: nil)
        #expect(receipt.body.contains("只是不同意专家判断"))
        #expect(!receipt.body.contains("11010519491231002X") && !receipt.body.contains("13800138000"))
        panel.clock.set("2025-12-09T10:00:00+08:00")
        let late = try await panel.post("/objections", as: nil, PanelSite.objection())
        #expect(late.status == 409 && late.code == "panel.objection_late")
    }

    @Test(
        "Who objects is masked to all, seen in clear by operator, approver and inspection with a reason, never by others"
    )
    func confidential() async throws {
        let panel = try await PanelSite()
        try await panel.announce()
        let id = try await panel.acceptObjection()
        #expect(try await panel.state("p1") == .objection)
        for role in ["operator", "approver", "inspector"] {
            let masked = try await panel.get("/objections/1", as: role)
            #expect(!masked.body.contains("11010519491231002X") && masked.body.contains("****002X"), "\(role)")
            let seen = try await panel.post("/objections/1/views", as: role, #"{"reason":"核实身份"}"#)
            #expect(seen.body.contains("11010519491231002X") && seen.body.contains("13800138000"), "\(role)")
            let index = try #require(seen.json?["logIndex"] as? Int)
            let entry = try await panel.site.services.log.entries(start: index, limit: 1).first
            #expect(entry?.leaf.kind == "personal.viewed")
            let opening = try await panel.site.services.log.opening(index)
            let told = String(decoding: opening?.committed ?? [], as: UTF8.self)
            #expect(told.contains("核实身份"))
            let silent = try await panel.post("/objections/1/views", as: role, #"{"reason":" "}"#)
            #expect(silent.code == "privacy.reason_missing", "\(silent.body)")
        }
        for role in ["panel", "manager", "city-clerk"] {
            #expect(try await panel.post("/objections/1/views", as: role, #"{"reason":"x"}"#).status == 403, "\(role)")
        }
        let file = "/authority/rounds/r1/objections/1"
        let page = try await panel.page(file, as: "operator")
        #expect(!page.body.contains("13800138000") && page.body.contains("\(file)/person"))
        let opened = try await panel.site.ask(
            .post, file + "/person", as: "operator", headers: CompanyRoutesTests.formType, body: "reason=ring")
        #expect(opened.status == 200 && opened.body.contains("13800138000"), "\(opened.body.suffix(400))")
        #expect(opened.headers[.cacheControl] == "no-store")
        let masked = try await panel.get("/objections", as: "panel")
        #expect(masked.status == 200 && !masked.body.contains("张三") && !masked.body.contains(id))
        #expect(masked.body.contains("****002X"))
        #expect(try await panel.get("/objections/1", as: "manager").status == 404)
        #expect(try await panel.get("/objections", as: "manager").status == 403)
        let own = try await panel.page("/company/rounds/r1/telling", as: "manager")
        #expect(own.body.contains("营收占比与年报不符") && !own.body.contains("张"))
        let foreign = try await panel.page("/authority/rounds/r1/panel", as: "manager")
        #expect(foreign.status == 403)
    }

    @Test("A dismissed objection lets the notice go on; after publication a second approver decides a correction")
    func wholePath() async throws {
        let panel = try await PanelSite()
        try await panel.announce()
        let id = try await panel.acceptObjection()
        let ended = try await panel.post("/notice/end", as: "operator")
        #expect(PanelSite.codes(ended).contains("workflow.notice_running"), "\(ended.body)")
        let letter = #"{"upholds":false,"number":"工信函〔2025〕9号","letter":"经核查，数据一致"}"#
        let dismissed = try await panel.post("/objections/\(id)/answer", as: "operator", letter)
        #expect(dismissed.json?["state"] as? String == "dismissed", "\(dismissed.body)")
        #expect(try await panel.state("p1") == .inNotice)
        try await panel.publish()
        #expect(try await panel.state("p1") == .published)

        let propose =
            #"{"kind":"cell","platform":"p1","indicator":"revenue-share","values":{"revenue-share":90},"reason":"年报更正"}"#
        #expect(try await panel.post("/corrections", as: "operator", propose).status == 403)
        let proposed = try await panel.post("/corrections", as: "approver", propose)
        #expect(proposed.status == 201, "\(proposed.body)")
        #expect(
            proposed.body.contains(#"{"after":3.6,"before":1.2,"indicator":"revenue-share"}"#), "\(proposed.body)")
        let before = try await panel.get("/result", as: "inspector")
        #expect(try await panel.get("/corrections", as: nil).body.contains(#""items":[]"#), "not public before decided")
        let decide = #"{"approves":true,"reason":"属实"}"#
        let same = try await panel.post("/corrections/1/decision", as: "approver", decide)
        #expect(same.code == "panel.second_approver")
        let decided = try await panel.post("/corrections/1/decision", as: "approver2", decide)
        #expect(decided.status == 200, "\(decided.body)")
        let correction = try #require(decided.json?["correction"] as? [String: Any])
        #expect(correction["computationAfter"] as? Int == 2)
        let after = try await panel.get("/result", as: "inspector")
        #expect(before.body != after.body)
        let old = try await panel.get("/computations/1/values.csv", as: "inspector")
        #expect(old.status == 200, "the earlier result stays readable")
        let comparison = try await panel.get("/comparison?before=1&after=2", as: "inspector")
        #expect(comparison.body.contains(#""after":3.6,"before":1.2"#), "\(comparison.body)")
        let shown = try await panel.page("/rounds/r1/corrections", as: nil)
        #expect(shown.status == 200 && shown.body.contains("第 1 号更正") && shown.body.contains("年报更正"))
        #expect(!shown.body.contains("approver2"), "the public sees no accounts")
        let again = try await panel.post("/corrections/1/decision", as: "approver2", decide)
        #expect(again.code == "panel.correction_decided")
        #expect(try await panel.history("p1") == ["settle", "lapse", "object", "dismiss", "end", "correct"])
        let events = try await panel.get("/platforms/p1/submission/events", as: "manager")
        #expect(events.status == 200 && !events.body.contains(id), "the objector's address stays secret")
        let result = try await panel.page("/rounds/r1/result", as: nil)
        #expect(result.body.contains("/rounds/r1/corrections") && result.body.contains("更正公告（1 件）"))
    }

    @Test(
        "Told results enter the notice by the clock, on the day after their last, and the notice ends by its own days")
    func clock() async throws {
        let panel = try await PanelSite()
        try await panel.compute()
        try await panel.keepMinutes("1")
        try await panel.settle(["p1", "p2", "p3"])
        let clocks = try #require(panel.site.services.people.workflow.clocks)
        panel.clock.set("2025-11-28T23:59:00+08:00")
        #expect(try await clocks.tick(panel.clock.now()) == 0)
        panel.clock.set("2025-11-29T00:00:00+08:00")
        #expect(try await clocks.tick(panel.clock.now()) == 3)
        #expect(try await panel.state("p1") == .inNotice)
        try await panel.setContacts()
        panel.clock.set("2025-12-15T10:00:00+08:00")
        let early = try await panel.post("/notice/end", as: "operator")
        #expect(PanelSite.codes(early).contains("workflow.stage_notice"), "\(early.body)")
        try await panel.roundAct("notice", as: "operator")
        panel.clock.set("2025-12-22T23:59:00+08:00")
        let id = try await panel.acceptObjection()
        panel.clock.set("2025-12-23T00:00:00+08:00")
        let letter = #"{"upholds":false,"number":"1","letter":"经核查，数据一致"}"#
        try await panel.post("/objections/\(id)/answer", as: "operator", letter)
        let ended = try await panel.post("/notice/end", as: "operator")
        #expect(
            (ended.json?["moved"] as? [String])?.count == 3, "a dismissed objection begins no new days: \(ended.body)")
    }

    @Test("A result whose telling was cut off is told by the next look, with the days from its move, once")
    func cutOff() async throws {
        let panel = try await PanelSite(follows: false)
        try await panel.compute()
        try await panel.keepMinutes("1")
        try await panel.settle(["p1"])
        #expect(try await panel.post("/platforms/p1/telling/acceptance", as: "manager").code == "panel.not_told")
        panel.clock.set("2025-11-24T10:00:00+08:00")
        let work = try #require(panel.site.services.people.panel.background.compactMap { $0 as? TellingWork }.first)
        #expect(try await work.tick() == 1)
        #expect(try await work.tick() == 0)
        let told = try await panel.get("/platforms/p1/telling", as: "manager")
        #expect((told.json?["telling"] as? [String: Any])?["lastDay"] as? String == "2025-11-28", "\(told.body)")
    }

    @Test("An upheld objection needs the company heard, goes back to the panel, and is announced again")
    func upheld() async throws {
        let panel = try await PanelSite()
        try await panel.announce()
        let id = try await panel.acceptObjection()
        let letter = #"{"upholds":true,"number":"工信函〔2025〕10号","letter":"异议成立"}"#
        let unheard = try await panel.post("/objections/\(id)/answer", as: "operator", letter)
        #expect(unheard.code == "panel.company_unheard")
        #expect(try await panel.post("/objections/\(id)/hearing", as: "manager", #"{"heard":"承认有误"}"#).status == 200)
        let upheld = try await panel.post("/objections/\(id)/answer", as: "operator", letter)
        #expect(upheld.json?["state"] as? String == "upheld", "\(upheld.body)")
        #expect(try await panel.state("p1") == .panel)
        try await panel.roundAct("panel", as: "operator")
        panel.clock.advance(seconds: 60)
        let changed = try await verify(panel, "revenue-share", #"{"revenue-share":20}"#)
        #expect(changed.status == 200, "\(changed.body)")
        try await panel.compute()
        try await panel.settle(["p1"])
        try await panel.post("/platforms/p1/telling/acceptance", as: "manager")
        try await panel.post("/notice/lapse", as: "operator")
        try await panel.roundAct("notice", as: "operator")
        let seen = try await panel.get("/notice", as: nil)
        #expect((seen.json?["notices"] as? [[String: Any]])?.count == 2, "\(seen.body)")
        let page = try await panel.page("/rounds/r1/notice", as: nil)
        #expect(page.body.contains("重新公示"))
        let moved = try await panel.get("/comparison?before=1&after=2", as: "operator")
        #expect(moved.body.contains(#"{"after":0.8,"before":1.2,"indicator":"revenue-share"}"#), "\(moved.body)")
    }

    @Test("A revocation decided by two approvers takes the platform out, and the others move up")
    func revocation() async throws {
        let panel = try await PanelSite()
        try await panel.announce()
        try await panel.publish()
        let alone = try await panel.site.ask(
            .post, "/api/v1/rounds/r1/platforms/p3/submission/actions", as: "approver",
            body: #"{"action":"revoke","reason":"造假"}"#)
        #expect(PanelSite.codes(alone).contains("panel.revocation_not_decided"), "\(alone.body)")
        let proposed = try await panel.post(
            "/corrections", as: "approver", #"{"kind":"revocation","platform":"p3","reason":"造假"}"#)
        #expect(proposed.status == 201, "\(proposed.body)")
        let decided = try await panel.post(
            "/corrections/1/decision", as: "approver2", #"{"approves":true,"reason":"属实"}"#)
        #expect(decided.status == 200, "\(decided.body)")
        #expect(try await panel.state("p3") == .revoked)
        let result = try await panel.get("/result", as: "inspector")
        #expect(!result.body.contains(#""unit": "p3""#) && result.body.contains(#""unit": "p2""#))
        let comparison = try await panel.get("/comparison?before=1&after=2", as: "inspector")
        #expect(comparison.body.contains(#""rankAfter":1,"rankBefore":2"#), "\(comparison.body)")
    }

    private static let pages: [(path: String, role: String?)] = [
        ("/authority/rounds/r1/panel", "panel"), ("/authority/rounds/r1/panel/p1", "operator"),
        ("/authority/rounds/r1/panel/preview?platform.p1=on", "panel"), ("/authority/rounds/r1/notice", "operator"),
        ("/authority/rounds/r1/notice", "inspector"), ("/authority/rounds/r1/objections", "inspector"),
        ("/authority/rounds/r1/objections/1", "operator"), ("/authority/rounds/r1/comparison", "approver"),
        ("/authority/rounds/r1/corrections", "approver"),
        ("/authority/rounds/r1/corrections?platform=p1&indicator=revenue-share", "approver"),
        ("/company/rounds/r1/telling", "manager"), ("/rounds/r1/notice", nil),
        ("/rounds/r1/objections/new", nil), ("/rounds/r1/corrections", nil),
    ]

    @Test("Every page of the area answers in both languages without a missing text")
    func pages() async throws {
        let panel = try await PanelSite()
        try await panel.announce()
        _ = try await panel.acceptObjection()
        for (path, role) in Self.pages {
            for language in ["zh-CN", "en"] {
                let answer = try await panel.site.ask(
                    .get, path, as: role, headers: ["Accept": "text/html", "Accept-Language": language])
                #expect(answer.status == 200, "\(path) \(answer.body.prefix(300))")
                #expect(!answer.body.contains("[web.") && !answer.body.contains("[panel."), "\(path) lacks a text")
                try await PanelSite.keepForLooking(answer.body, path, language, panel.site)
            }
        }
    }
}
