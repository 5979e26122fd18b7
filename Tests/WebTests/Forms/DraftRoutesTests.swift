import Foundation
import Testing
import Vocabulary

@Suite("Fields as they are typed, over HTTP")
struct DraftRoutesTests {
    static let json = ["Content-Type": "application/json"]
    private let revenue = CellDesk.base + "/cells/platform-revenue/draft"

    private func send(
        _ desk: CellDesk, _ text: String, base: Int, id: String, figure: String = "platform-revenue",
        as token: String = "manager", path: String? = nil
    ) async throws -> TestSite.Answer {
        let body = #"{"edits":[{"id":"\#(id)","figure":"\#(figure)","text":"\#(text)","base":\#(base)}]}"#
        return try await desk.site.ask(.patch, path ?? revenue, as: token, headers: Self.json, body: body)
    }

    private func fate(_ answer: TestSite.Answer) -> String? {
        (answer.json?["edits"] as? [[String: Any]])?.first?["fate"] as? String
    }

    @Test("A good text is declared at once; a wrong one is kept with its finding and the last good figure stays")
    func keep() async throws {
        let desk = try await CellDesk()
        let good = try await send(desk, "1500.5", base: 0, id: "e1")
        #expect(good.status == 200 && fate(good) == "applied", "\(good.body)")
        #expect((good.json?["values"] as? [String: Double])?["platform-revenue"] == 1500.5)
        let wrong = try await send(desk, "15OO", base: 1, id: "e2")
        #expect(wrong.status == 200 && wrong.body.contains("submit.figure.not_number"))
        #expect((wrong.json?["values"] as? [String: Double])?["platform-revenue"] == 1500.5)
        let page = try await desk.site.ask(
            .get, "/company/rounds/r1/sections/operation", as: "reporter", headers: ["Accept": "text/html"])
        #expect(page.body.contains("value=\"15OO\"") && page.body.contains("不是数字"))
        let mended = try await send(desk, "", base: 2, id: "e3")
        #expect((mended.json?["values"] as? [String: Double])?["platform-revenue"] == nil)
    }

    @Test("Two people in one form: different fields merge, the same field is a conflict that changes nothing")
    func merge() async throws {
        let desk = try await CellDesk()
        let first = try await send(desk, "900", base: 0, id: "a1", as: "manager")
        let other = try await send(
            desk, "100", base: 0, id: "b1", figure: "platform-revenue.related-party", as: "reporter")
        #expect(fate(first) == "applied" && fate(other) == "applied")
        let values = other.json?["values"] as? [String: Double]
        #expect(values == ["platform-revenue": 900, "platform-revenue.related-party": 100])
        let late = try await send(desk, "800", base: 0, id: "b2", as: "reporter")
        #expect(fate(late) == "conflict")
        #expect((late.json?["values"] as? [String: Double])?["platform-revenue"] == 900)
        let chosen = try await send(desk, "800", base: 1, id: "b3", as: "reporter")
        #expect(fate(chosen) == "applied")
    }

    @Test("An edit whose answer was lost is sent again and changes nothing, whatever happened meanwhile")
    func resend() async throws {
        let desk = try await CellDesk()
        _ = try await send(desk, "1", base: 0, id: "x1")
        let entries = try await desk.site.services.log.checkpoint().checkpoint.size
        #expect(fate(try await send(desk, "1", base: 0, id: "x1")) == "repeated")
        #expect(try await desk.site.services.log.checkpoint().checkpoint.size == entries)
        _ = try await send(desk, "2", base: 1, id: "y1", as: "reporter")
        let again = try await send(desk, "1", base: 0, id: "x1")
        #expect(fate(again) == "repeated")
        #expect((again.json?["values"] as? [String: Double])?["platform-revenue"] == 2)
    }

    @Test("Fields that two people send at the same moment all arrive")
    func together() async throws {
        let desk = try await CellDesk()
        let path = CellDesk.base + "/cells/revenue-share/draft"
        let figures = ["revenue-share.service-revenue", "revenue-share.operator-revenue"]
        try await withThrowingTaskGroup(of: Int.self) { group in
            for (index, figure) in figures.enumerated() {
                group.addTask {
                    try await self.send(
                        desk, "\(index + 1)", base: 0, id: "p\(index)", figure: figure,
                        as: index == 0 ? "manager" : "reporter", path: path
                    ).status
                }
            }
            for try await status in group { #expect(status == 200) }
        }
        let now = try await desk.site.ask(.get, path, as: "manager")
        #expect((now.json?["values"] as? [String: Double])?["revenue-share"] == 50)
    }

    @Test(
        "Odd edits are refused with a reason",
        arguments: [
            (#"{"edits":[]}"#, 422), (#"{"edits":[{"id":"","figure":"a","text":"1","base":0}]}"#, 422),
            (#"{"edits":[{"id":"a","figure":"none","text":"1","base":0}]}"#, 422),
            (#"{"edits":[{"id":"a","figure":"platform-revenue","text":"1","base":-1}]}"#, 422), ("[", 400),
        ])
    func odd(_ body: String, status: Int) async throws {
        let desk = try await CellDesk()
        let answer = try await desk.site.ask(.patch, revenue, as: "manager", headers: Self.json, body: body)
        #expect(answer.status == status, "\(answer.body)")
    }

    @Test("Colleagues of the company see each other and what changed; nobody else does")
    func presence() async throws {
        let desk = try await CellDesk()
        let path = CellDesk.base + "/sections/operation/presence"
        func beat(_ page: String, as token: String, _ rest: String = "") async throws -> TestSite.Answer {
            try await desk.site.ask(
                .post, path, as: token, headers: Self.json, body: #"{"page":"\#(page)"\#(rest)}"#)
        }
        let alone = try await beat("m1", as: "manager", #","seconds":12"#)
        #expect((alone.json?["others"] as? [Any])?.isEmpty == true)
        _ = try await send(desk, "5", base: 0, id: "q", as: "manager")
        let two = try await beat("r1", as: "reporter", #","since":0,"field":"platform-revenue""#)
        #expect(two.body.contains(#""name":"manager""#) && two.body.contains(#""text":"5""#), "\(two.body)")
        _ = try await beat("r1", as: "reporter", #","isLeaving":true"#)
        let again = try await beat("m1", as: "manager")
        #expect((again.json?["others"] as? [Any])?.isEmpty == true)
        #expect(try await beat("o", as: "other-manager").status == 403)
        #expect(try await beat("o", as: "operator").status == 403)
        let worked = try await desk.site.services.people.forms.activity?.activity("r1")["p1"]
        #expect(worked?.seconds["operation"] == 12 && worked?.fields[.typed] == 1)
    }

    @Test("A credit code is checked while it is typed; near ones are offered, never taken")
    func code() async throws {
        let desk = try await CellDesk()
        let good = TestSite.companyCode
        let right = try await desk.site.ask(.get, "/api/v1/credit-codes/\(good)", as: "reporter")
        #expect(right.json?["isValid"] as? Bool == true)
        let slip = String(good.dropLast()) + (good.last == "A" ? "B" : "A")
        let wrong = try await desk.site.ask(.get, "/api/v1/credit-codes/\(slip)", as: "reporter")
        #expect(wrong.json?["isValid"] as? Bool == false)
        #expect((wrong.json?["suggestions"] as? [String])?.contains(good) == true, "\(wrong.body)")
    }
}
