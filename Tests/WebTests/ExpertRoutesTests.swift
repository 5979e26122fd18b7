import Access
import Foundation
import Review
import Testing
import Vocabulary

/// A round with two platforms in front of the experts and a pool of eight.
struct ExpertHall {
    let site: TestSite
    static let api = "/api/v1/rounds/r1"
    static let other = CompanyCode.completing("91320100MA2ABCDE")?.description ?? ""

    init() async throws {
        var sessions = TestSite.principals
        for index in 1...8 {
            let id = "expert\(index)"
            sessions[id] = Principal(account: AccountID(id), displayName: id, roles: [.expert])
        }
        sessions["other-manager"] = Principal(
            account: "other-manager", displayName: "other", roles: [.manager], company: Self.other)
        site = try TestSite(sessions: sessions)
        _ = try await site.ask(.post, "/api/v1/rounds", as: "operator", body: RoundRoutesTests.newRound)
        for (platform, code) in [("p1", TestSite.companyCode), ("p2", Self.other)] {
            let body = RoundRoutesTests.platform(platform, code: code)
                .replacingOccurrences(of: "苏州云枢科技有限公司", with: "\(platform)科技有限公司")
            let made = try await site.ask(.post, "\(Self.api)/platforms", as: "operator", body: body)
            #expect(made.status == 201, "\(made.body)")
        }
        _ = try await site.ask(.post, "\(Self.api)/actions", as: "operator", body: #"{"action":"open"}"#)
        for (platform, manager) in [("p1", "manager"), ("p2", "other-manager")] {
            let csv = "案例名称,国别,境外企业名称,案例说明\n越南工厂数字化,VN,ACME Vietnam,上线后能耗下降 12%\n"
            let kept = try await site.ask(
                .put, "\(Self.api)/platforms/\(platform)/cells/overseas/items", as: manager,
                headers: ["Content-Type": "text/csv; charset=utf-8", "If-Match": "\"0\""], body: csv)
            #expect(kept.status == 200, "\(kept.body)")
            for (action, role) in [
                ("submit", manager), ("pass", "county-clerk"), ("recommend", "city-head"), ("take-in", "operator"),
                ("pass", "operator"),
            ] {
                let answer = try await site.ask(
                    .post, "\(Self.api)/platforms/\(platform)/submission/actions", as: role,
                    body: #"{"action":"\#(action)","reason":"符合"}"#)
                #expect(answer.status == 200, "\(action): \(answer.body)")
            }
        }
        for index in 1...8 {
            let account =
                #"{"id":"expert\#(index)","displayName":"专家","password":"Correct-Horse-\#(index)-xx","roles":["expert"]}"#
            let made = try await site.ask(.post, "/api/v1/accounts", as: "system-administrator", body: account)
            #expect(made.status == 201, "\(made.body)")
            let employer = index == 8 ? "p2科技有限公司" : "单位\(index)"
            let kept = try await site.ask(
                .put, "/api/v1/experts/expert\(index)", as: "operator", headers: ["If-Match": "\"0\""],
                body: #"{"name":"专家\#(index)","employer":"\#(employer)"}"#)
            #expect(kept.status == 201, "\(kept.body)")
        }
    }

    func draw() async throws -> [String] {
        let drawn = try await site.ask(
            .post, "\(Self.api)/experts/draws", as: "operator", body: #"{"indicator":"overseas"}"#)
        #expect(drawn.status == 201, "\(drawn.body)")
        #expect(drawn.json?["repeats"] as? Bool == true)
        let seats = drawn.json?["experts"] as? [[String: Any]] ?? []
        return seats.compactMap { $0["expert"] as? String }
    }

    func sign(_ experts: [String]) async throws {
        for expert in experts {
            let signed = try await site.ask(.post, "\(Self.api)/experts/pledge", as: expert, body: #"{"agreed":true}"#)
            #expect(signed.status == 204, "\(signed.body)")
        }
    }

    func give(_ expert: String, _ platform: String, _ mark: String, reason: String = "", tag: Int = 0)
        async throws -> TestSite.Answer
    {
        try await site.ask(
            .put, "\(Self.api)/platforms/\(platform)/marks/overseas", as: expert, headers: ["If-Match": "\"\(tag)\""],
            body: #"{"mark":\#(mark),"reason":"\#(reason)"}"#)
    }

    func marks(_ reader: String, _ platform: String) async throws -> [[String: Any]] {
        let answer = try await site.ask(.get, "\(Self.api)/platforms/\(platform)/marks/overseas", as: reader)
        #expect(answer.status == 200, "\(answer.body)")
        return answer.json?["marks"] as? [[String: Any]] ?? []
    }
}

@Suite("Experts over HTTP")
struct ExpertRoutesTests {
    @Test("The draw leaves out whose employer applies, and happens once")
    func draw() async throws {
        let hall = try await ExpertHall()
        let seats = try await hall.draw()
        #expect(Set(seats).count == 5 && !seats.contains("expert8"))
        let again = try await hall.site.ask(
            .post, "\(ExpertHall.api)/experts/draws", as: "operator", body: #"{"indicator":"overseas"}"#)
        #expect(again.status == 409 && again.code == "experts.drawn_already")
        let none = try await hall.site.ask(
            .post, "\(ExpertHall.api)/experts/draws", as: "operator", body: #"{"indicator":"dual-carbon"}"#)
        #expect(none.code == "experts.no_cases")
        let page = try await hall.site.ask(.get, "/authority/rounds/r1/experts/overseas", as: "panel")
        #expect(page.status == 200 && page.body.contains("工作单位即申报企业") && page.body.contains("复算，结果一致"))
        #expect(!page.body.contains("/overseas/replace"))
    }

    @Test("Without a signature no case opens, and no other cell of a platform ever does")
    func confidentiality() async throws {
        let hall = try await ExpertHall()
        let seats = try await hall.draw()
        let (one, site) = (seats[0], hall.site)
        let stranger = try #require((1...8).map { "expert\($0)" }.first { !seats.contains($0) })
        let path = "/expert/rounds/r1/cases/overseas/p1"
        #expect(try await site.ask(.get, path, as: one).code == "experts.pledge_missing")
        #expect(try await hall.give(one, "p1", "80").status == 403)
        let before = try await site.ask(.get, "/expert/rounds/r1", as: one)
        #expect(before.body.contains("保密与廉洁承诺") && !before.body.contains("cases/overseas"))
        let refused = try await site.ask(.post, "/expert/rounds/r1/pledge", as: one, body: "agreed=")
        #expect(refused.status == 422)
        try await hall.sign([one])
        let opened = try await site.ask(.get, path, as: one)
        #expect(opened.status == 200 && opened.body.contains("越南工厂数字化"), "\(opened.body.prefix(300))")
        #expect(try await site.ask(.get, "/expert/rounds/r1", as: one).body.contains("0 / 2"))
        #expect(try await site.ask(.get, path, as: stranger).status == 403)
        #expect(try await hall.give(stranger, "p1", "80").status == 403)
        for cell in ["overseas", "platform-revenue"] {
            let answer = try await site.ask(.get, "\(ExpertHall.api)/platforms/p1/cells/\(cell)", as: one)
            #expect(answer.status == 403, "\(cell)")
        }
        let entry = try await site.services.log.entries(start: 0, limit: 500).last { $0.leaf.kind == "experts.pledged" }
        #expect(entry?.leaf.actor == .account(AccountID(one)))
    }

    @Test("Marks hide from everybody until the panel has all in; then a divergence asks for second marks, both kept")
    func secondMarks() async throws {
        let hall = try await ExpertHall()
        let (seats, site) = (try await hall.draw(), hall.site)
        try await hall.sign(seats)
        let first = ["70", "72", "75", "78", "55"]
        for (expert, mark) in zip(seats, first) {
            #expect(try await hall.give(expert, "p1", mark, reason: mark == "55" ? "佐证不足" : "").status == 200)
        }
        #expect(try await hall.marks("operator", "p1").isEmpty)
        #expect(try await hall.marks("panel", "p1").isEmpty)
        #expect(try await hall.marks(seats[0], "p1").count == 1)
        let sheet = try await site.ask(.get, "/authority/rounds/r1/experts/overseas", as: "operator")
        #expect(!sheet.body.contains(">55<") && sheet.body.contains("评分齐，未公开"))
        let page = try await site.ask(.get, "/expert/rounds/r1/cases/overseas/p1", as: seats[0])
        #expect(!page.body.contains("佐证不足"))
        for expert in seats { #expect(try await hall.give(expert, "p2", "80").status == 200) }
        #expect(try await hall.marks("panel", "p1").count == 5)
        #expect(try await hall.marks(seats[0], "p1").count == 5)
        #expect(try await hall.give(seats[0], "p2", "85", tag: 1).code == "experts.case_closed")

        let early = try await site.ask(.post, "\(ExpertHall.api)/experts/settlement", as: "operator")
        #expect(early.json?["recorded"] as? Int ?? -1 >= 1, "\(early.body)")
        let cell = CellAddress(round: "r1", platform: "p1", indicator: "overseas")
        #expect(try await site.services.cells.verifications.verification(cell) == nil)

        #expect(try await hall.give(seats[4], "p1", "68", tag: 1).code == "review.mark_refused")
        let said = try await site.ask(
            .post, "/expert/rounds/r1/cases/overseas/p1/remarks", as: seats[1], body: "text=第六页有检定证书")
        #expect(said.status == 303)
        for (expert, mark) in zip(seats, ["70", "72", "75", "78", "68"]) {
            let given = try await hall.give(expert, "p1", mark, reason: "讨论后", tag: 1)
            #expect(given.status == 200, "\(given.body)")
        }
        #expect(try await hall.marks("panel", "p1").count == 10)
        let done = try await site.ask(.post, "\(ExpertHall.api)/experts/settlement", as: "operator")
        #expect(done.status == 200)
        let settled = try await site.services.cells.verifications.verification(cell)
        #expect(settled?.reason == "(68) 70 72 75 (78) → 72.33")
        let exported = try await site.ask(.get, "/authority/rounds/r1/experts/sheets.xlsx", as: "inspector")
        #expect(exported.status == 200)
        let figures = try await site.ask(.get, "/authority/rounds/r1/experts/agreement", as: "panel")
        #expect(figures.body.contains("ICC(2,1)") && figures.body.contains("95% 置信区间"))
    }

    @Test("A conflict takes the platform away and brings a stand-in; a replaced expert's mark no longer counts")
    func exchange() async throws {
        let hall = try await ExpertHall()
        let (seats, site) = (try await hall.draw(), hall.site)
        try await hall.sign(seats)
        let declared = try await site.ask(
            .post, "\(ExpertHall.api)/experts/conflicts", as: seats[0],
            body: #"{"platform":"p1","reason":"曾任其顾问"}"#)
        #expect(declared.status == 204, "\(declared.body)")
        #expect(try await hall.give(seats[0], "p1", "80").status == 403)
        #expect(try await hall.give(seats[0], "p2", "80").status == 200)
        let panels = try await site.ask(.get, "\(ExpertHall.api)/experts", as: "panel")
        let items = panels.json?["items"] as? [[String: Any]] ?? []
        let all = items.first { $0["indicator"] as? String == "overseas" }?["experts"] as? [[String: Any]] ?? []
        let standIn = try #require(all.first { $0["standIn"] as? Bool == true }?["expert"] as? String)
        #expect(!seats.contains(standIn) && standIn != "expert8")
        try await hall.sign([standIn])
        #expect(try await hall.give(standIn, "p1", "80").status == 200)
        #expect(try await hall.give(standIn, "p2", "80").status == 403)

        #expect(try await hall.give(seats[1], "p1", "61").status == 200)
        let replaced = try await site.ask(
            .post, "\(ExpertHall.api)/experts/replacements", as: "operator",
            body: #"{"indicator":"overseas","expert":"\#(seats[1])","reason":"因病"}"#)
        #expect(replaced.status == 200, "\(replaced.body)")
        #expect(try await hall.give(seats[1], "p2", "80").status == 403)
        let book = try await site.services.people.experts.store?.book("r1", indicator: "overseas", platform: "p1")
        let standing = try #require(book?.standings().values.first)
        #expect(standing.experts.count == 5 && !standing.experts.contains(AccountID(seats[1])))
        #expect(standing.counting.allSatisfy { $0.expert != AccountID(seats[1]) })
    }

    @Test("A draft is kept with its version, counts for nothing, and a second device is told")
    func drafts() async throws {
        let hall = try await ExpertHall()
        let (seats, site) = (try await hall.draw(), hall.site)
        try await hall.sign(seats)
        let path = "\(ExpertHall.api)/platforms/p1/marks/overseas/draft"
        let body = #"{"criteria":["18","","",""],"mark":"","comment":"待核对"}"#
        let kept = try await site.ask(.put, path, as: seats[0], headers: ["If-Match": "\"0\""], body: body)
        #expect(kept.status == 200 && kept.headers[.eTag] == "\"1\"", "\(kept.body)")
        #expect(try await site.ask(.put, path, as: seats[0], headers: ["If-Match": "\"0\""], body: body).status == 412)
        let page = try await site.ask(.get, "/expert/rounds/r1/cases/overseas/p1", as: seats[0])
        #expect(page.body.contains("待核对") && page.body.contains(#"value="18""#))
        #expect(try await hall.marks(seats[0], "p1").isEmpty)
        let form =
            "act=hand-in&version=0&criterion-1=18&criterion-2=17&criterion-3=33.5&criterion-4=15&mark=&comment=ok"
        let handed = try await site.ask(.post, "/expert/rounds/r1/cases/overseas/p1", as: seats[0], body: form)
        #expect(handed.status == 303 && handed.headers[.location] == "/expert/rounds/r1/cases/overseas/p2")
        let own = try await hall.marks(seats[0], "p1")
        #expect(own.first?["mark"] as? Double == 83.5 && (own.first?["criteria"] as? [Double])?.count == 4)
        let wrong = try await site.ask(
            .post, "/expert/rounds/r1/cases/overseas/p2", as: seats[0], body: "act=hand-in&mark=95&comment=")
        #expect(wrong.status == 422 && wrong.body.contains(#"value="95""#))
    }

    @Test("A file of experts is taken in row by row; wrong rows are named and the others kept")
    func importing() async throws {
        let site = try TestSite()
        let csv = "账号,姓名,工作单位,熟悉领域\nzj01,王海,省标准化院,智能制造；绿色低碳\nzj02,,东南大学,\nzj01,李云,东南大学,\nzj03,钱程,南京大学,占星\n"
        let boundary = "xx"
        let form =
            "--\(boundary)\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.csv\"\r\n\r\n\(csv)\r\n--\(boundary)--\r\n"
        let answer = try await site.ask(
            .post, "/authority/experts/import", as: "operator",
            headers: ["Content-Type": "multipart/form-data; boundary=\(boundary)"], body: form)
        #expect(answer.status == 422 && answer.body.contains("已导入 1 人，3 行有问题"), "\(answer.body.prefix(400))")
        let experts = try await site.services.people.experts.store?.experts() ?? []
        #expect(experts.map(\.account) == ["zj01"] && experts.first?.fields == [.manufacturing, .carbon])
        let page = try await site.ask(.get, "/authority/experts?account=zj01", as: "operator")
        #expect(page.status == 200 && page.body.contains("账号未开通"))
    }
}
