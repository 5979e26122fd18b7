import Foundation
import Testing
import Vocabulary
import Web

@Suite("Single rows sent back to the company")
struct ReturnedRowTests {
    private static let cell = CellDesk.base + "/cells/parks-served"
    private static let html = ["Accept": "text/html", "Content-Type": "application/x-www-form-urlencoded"]
    private static let page = "/company/rounds/r1/cells/parks-served/rows"

    /// Two parks, the second of which the county sends back.
    private func returned() async throws -> (desk: CellDesk, first: Int, second: Int) {
        let desk = try await CellDesk()
        let choices = try await desk.site.ask(.get, Self.cell + "/items/choices", as: "manager")
        let all = choices.json?["choices"] as? [String: [[String: Any]]]
        let code = try #require(all?["level"]?.first { $0["isCounted"] as? Bool == true }?["code"] as? String)
        func park(_ name: String) -> String {
            #"{"park":"\#(name)","level":"\#(code)","region":"320500","contract":"HT-1"}"#
        }
        let made = try await edit(
            desk,
            #"{"kind":"add","reference":"a","fields":\#(park("甲园"))},"#
                + #"{"kind":"add","reference":"b","fields":\#(park("乙园"))}"#)
        let numbers = try #require(made.json?["added"] as? [String: Int], "\(made.body)")
        try await move(desk, "submit", "manager")
        let second = try #require(numbers["b"])
        let sent = try await desk.site.ask(
            .post, "/api/v1/rounds/r1/desk/batches", as: "county-clerk",
            body: """
                {"action":"return","items":[{"platform":"p1","indicator":"parks-served"}],
                 "reasonCode":"evidence-mismatch","reason":"合同与园区不符","rows":[\(second)]}
                """)
        try #require(sent.status == 201, "\(sent.body)")
        try await move(desk, "return", "county-clerk")
        return (desk, try #require(numbers["a"]), second)
    }

    private func move(_ desk: CellDesk, _ action: String, _ role: String) async throws {
        let answer = try await desk.site.ask(
            .post, CellDesk.base + "/submission/actions", as: role, body: #"{"action":"\#(action)","reason":"见单行"}"#)
        try #require(answer.status == 200, "\(answer.body)")
    }

    private func edit(_ desk: CellDesk, _ edits: String) async throws -> TestSite.Answer {
        try await desk.site.ask(
            .patch, Self.cell + "/items/rows", as: "manager", headers: ["Content-Type": "application/json"],
            body: #"{"batch":"\#(UUID().uuidString)","edits":[\#(edits)]}"#)
    }

    private func change(_ number: Int, _ from: String, _ to: String) -> String {
        #"{"kind":"change","number":\#(number),"changes":[{"field":"park","from":"\#(from)","to":"\#(to)"}]}"#
    }

    @Test("Only the returned row is open: another row, a new one, the whole list and the figures are refused in words")
    func onlyThatRow() async throws {
        let (desk, first, second) = try await returned()
        let other = try await edit(desk, change(first, "甲园", "丙园"))
        #expect(other.status == 409 && other.code == "submit.row_locked" && other.body.contains("第 \(second) 行"))
        let both = try await edit(desk, change(second, "乙园", "丁园") + "," + change(first, "甲园", "丙园"))
        #expect(both.code == "submit.row_locked", "nothing of a batch that reaches further")
        let new = try await edit(desk, #"{"kind":"add","reference":"c","fields":{"park":"丙园"}}"#)
        #expect(new.status == 409 && new.code == "submit.rows_only")
        let whole = try await desk.put("/cells/parks-served/items", tag: "*", #"{"rows":[]}"#)
        #expect(whole.status == 409 && whole.code == "submit.rows_only", "\(whole.body)")
        let typed = try await desk.put("/cells/parks-served/declared", tag: "*", #"{"values":{}}"#)
        #expect(typed.code == "submit.rows_only", "\(typed.body)")
        let mended = try await edit(desk, change(second, "乙园", "丁园"))
        #expect(mended.status == 200 && mended.json?["good"] as? Int == 2, "\(mended.body)")
        let cell = CellAddress(round: "r1", platform: "p1", indicator: "parks-served")
        let names = try await desk.site.services.cells.declarations.list(cell)?.rows.compactMap { $0.fields["park"] }
        #expect(names == ["甲园", "丁园"])
    }

    @Test("The API tells which rows are open, why, and what may be done")
    func flags() async throws {
        let (desk, first, second) = try await returned()
        let sheet = try await desk.site.ask(.get, Self.cell + "/items/rows", as: "manager")
        let rows = (sheet.json?["rows"] as? [[String: Any]] ?? []).reduce(into: [Int: Bool]()) {
            $0[$1["number"] as? Int ?? 0] = $1["mayEdit"] as? Bool
        }
        #expect(rows == [first: false, second: true])
        #expect(sheet.json?["mayAdd"] as? Bool == false && sheet.json?["mayReplace"] as? Bool == false)
        let returned = sheet.json?["returned"] as? [String: Any]
        #expect(returned?["rows"] as? [Int] == [second] && returned?["reason"] as? String == "合同与园区不符")
        let cell = try await desk.site.ask(.get, Self.cell, as: "manager").json
        #expect(cell?["mayDeclare"] as? Bool == false && cell?["mayEditRows"] as? Bool == true)
        #expect((cell?["returned"] as? [String: Any])?["rows"] as? [Int] == [second])
    }

    @Test("Without script the form shows the row with its reason, and mends it or takes it out")
    func page() async throws {
        let (desk, first, second) = try await returned()
        let sections = try #require(try await desk.site.services.schemes.scheme("jiangsu-2025")?.sections)
        let section = try #require(
            sections.first { $0.groups.contains { $0.indicators.contains { $0.id == "parks-served" } } })
        let form = try await desk.site.ask(
            .get, "/company/rounds/r1/sections/\(section.id)", as: "manager", headers: Self.html)
        #expect(form.body.contains("\(Self.page)/\(second)") && !form.body.contains("\(Self.page)/\(first)\""))
        #expect(form.body.contains("合同与园区不符") && form.body.contains("只有以上各行可以修改"))
        #expect(!form.body.contains("action=\"/company/rounds/r1/cells/parks-served/items\""))
        let locked = try await desk.site.ask(
            .post, "\(Self.page)/\(first)", as: "manager", headers: Self.html, body: "was.park=x&park=y")
        #expect(locked.status == 409)
        let park = "was.park=%E4%B9%99%E5%9B%AD&park=%E4%B8%81%E5%9B%AD"
        let same = "was.region=320500&region=320500&was.contract=HT-1&contract=HT-1"
        let saved = try await desk.site.ask(
            .post, "\(Self.page)/\(second)", as: "manager", headers: Self.html, body: "act=save&\(park)&\(same)")
        #expect(saved.status == 303, "\(saved.body)")
        let cell = CellAddress(round: "r1", platform: "p1", indicator: "parks-served")
        let list = try await desk.site.services.cells.declarations.list(cell)
        #expect(list?.rows.last?.fields["park"] == "丁园")
        let removed = try await desk.site.ask(
            .post, "\(Self.page)/\(second)", as: "manager", headers: Self.html, body: "act=remove")
        #expect(removed.status == 303)
        #expect(try await desk.site.services.cells.declarations.list(cell)?.rows.map(\.number) == [first])
    }

    @Test("Once resubmitted nothing is open any more")
    func resubmitted() async throws {
        let (desk, _, second) = try await returned()
        #expect(try await edit(desk, change(second, "乙园", "丁园")).status == 200)
        try await move(desk, "resubmit", "manager")
        #expect(try await edit(desk, change(second, "丁园", "乙园")).code == "submit.not_editable")
    }
}
