import Foundation
import Paper
import Review
import Testing
import Vocabulary
import Web

@Suite("The desk's lists as spreadsheets")
struct DeskWorkbookTests {
    private let base = "/authority/rounds/r1"

    /// Submitted, one item accepted and one sent back.
    private func decided() async throws -> CellDesk {
        let routes = DeskRoutesTests()
        let desk = try await routes.submitted()
        let accept = #"{"action":"accept","items":[{"platform":"p1","indicator":"platform-revenue"}],"reason":"=1+1"}"#
        try #require(try await routes.act(desk, accept).status == 201)
        let giveBack = """
            {"action":"return","items":[{"platform":"p1","indicator":"financing-round"}],
             "reasonCode":"evidence-missing","reason":"请补投资协议"}
            """
        try #require(try await routes.act(desk, giveBack).status == 201)
        return desk
    }

    private func sheets(_ desk: CellDesk, _ path: String, as role: String) async throws -> [[[String]]] {
        let answer = try await desk.site.ask(.get, base + path, as: role)
        try #require(answer.status == 200, "\(path): \(answer.body.prefix(300))")
        #expect(answer.headers[.contentDisposition]?.contains(".xlsx") == true)
        return try Workbook(xlsx: answer.bytes).sheets.map { $0.rows.map { $0.map(\.plainText) } }
    }

    @Test("The queue holds what its filters let through, no more")
    func queue() async throws {
        let desk = try await decided()
        let todo = try await sheets(desk, "/queue.xlsx", as: "county-clerk")[0]
        #expect(todo.count == 18 && todo[0].first == "平台", "head and 17 items: \(todo.count)")
        let accepted = try await sheets(desk, "/queue.xlsx?view=accepted", as: "county-clerk")[0]
        #expect(accepted.count == 2 && accepted[1].contains("已通过") && accepted[1].contains("1500"))
        let one = try await sheets(desk, "/queue.xlsx?view=all&indicator=financing-round", as: "county-clerk")[0]
        #expect(one.count == 2 && one[1].contains("已退回"))
        let page = try await desk.site.ask(
            .get, base + "/queue?view=accepted", as: "county-clerk", headers: DeskRoutesTests.html)
        #expect(page.body.contains("/queue.xlsx?view=accepted"))
    }

    @Test("Decisions carry level, reason and who; text that looks like a formula stays text")
    func decisions() async throws {
        let rows = try await sheets(try await decided(), "/decisions.xlsx", as: "operator")[0]
        #expect(rows.count == 3)
        let back = rows.first { $0.contains("请补投资协议") }
        #expect(back?.contains("县（市、区）") == true && back?.contains("county-clerk") == true)
        #expect(rows.contains { $0.contains("=1+1") })
    }

    @Test("Signals and queries are two sheets; nobody outside the offices gets any of them")
    func signals() async throws {
        let desk = try await decided()
        #expect(try await sheets(desk, "/signals.xlsx", as: "operator").count == 2)
        for path in ["/queue.xlsx", "/decisions.xlsx", "/signals.xlsx"] {
            #expect(try await desk.site.ask(.get, base + path, as: "manager").status == 403)
        }
    }

    @Test("Panels and objections come as spreadsheets too")
    func others() async throws {
        let desk = try await decided()
        let panels = try await sheets(desk, "/experts/panels.xlsx", as: "operator")
        #expect(panels.count == 2 && panels[0][0].contains("评审组") && panels[1][0].contains("回避原因"))
        let objections = try await sheets(desk, "/objections/list.xlsx", as: "operator")
        #expect(objections[0][0].first == "异议编号")
    }
}
