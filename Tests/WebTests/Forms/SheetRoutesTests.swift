import Foundation
import Testing
import Vocabulary

@Suite("Item lists row by row, over HTTP")
struct SheetRoutesTests {
    private let rows = CellDesk.base + "/cells/parks-served/items/rows"

    private func park(_ name: String, _ level: String = "national") -> String {
        #"{"park":"\#(name)","level":"\#(level)","region":"320500","contract":"HT-1"}"#
    }

    private func send(
        _ desk: CellDesk, _ edits: String, batch: String = UUID().uuidString, as token: String = "manager",
        path: String? = nil
    ) async throws -> TestSite.Answer {
        try await desk.site.ask(
            .patch, path ?? rows, as: token, headers: DraftRoutesTests.json,
            body: #"{"batch":"\#(batch)","edits":[\#(edits)]}"#)
    }

    private func add(_ reference: String, _ fields: String) -> String {
        #"{"kind":"add","reference":"\#(reference)","fields":\#(fields)}"#
    }

    private func level(_ desk: CellDesk) async throws -> String {
        let choices = try await desk.site.ask(
            .get, CellDesk.base + "/cells/parks-served/items/choices", as: "manager")
        let all = choices.json?["choices"] as? [String: [[String: Any]]]
        return try #require(all?["level"]?.first { $0["isCounted"] as? Bool == true }?["code"] as? String)
    }

    @Test("Rows are added, changed, removed and brought back, and the figure follows")
    func edit() async throws {
        let desk = try await CellDesk()
        let code = try await level(desk)
        let made = try await send(desk, add("a", park("甲园", code)) + "," + add("b", park("乙园", code)))
        #expect(made.status == 200 && made.json?["good"] as? Int == 2, "\(made.body)")
        let numbers = try #require(made.json?["added"] as? [String: Int])
        let second = try #require(numbers["b"])
        let changed = try await send(
            desk,
            #"{"kind":"change","number":\#(second),"changes":[{"field":"park","from":"乙园","to":"甲园"}]}"#)
        #expect(changed.json?["good"] as? Int == 1 && changed.json?["repeated"] as? Int == 1, "\(changed.body)")
        let first = try #require(numbers["a"])
        let removed = try await send(desk, #"{"kind":"remove","number":\#(first),"since":1}"#)
        #expect(removed.json?["good"] as? Int == 1 && removed.json?["repeated"] as? Int == 0, "\(removed.body)")
        let back = try await send(desk, #"{"kind":"restore","number":\#(first),"fields":\#(park("丙园", code))}"#)
        #expect(back.json?["good"] as? Int == 2)
        let values = back.json?["values"] as? [String: Double]
        #expect(values?["parks-served"] == 2)
        let list = try await desk.site.services.cells.declarations.list(
            CellAddress(round: "r1", platform: "p1", indicator: "parks-served"))
        #expect(list?.rows.compactMap { $0.fields["park"] } == ["丙园", "甲园"])
    }

    @Test("A wrong row stays in the table with its finding, counts nothing, and counts once it is mended")
    func faulty() async throws {
        let desk = try await CellDesk()
        let code = try await level(desk)
        let made = try await send(desk, add("a", #"{"park":"甲园","level":"\#(code)","region":"苏洲"}"#))
        #expect(made.json?["faulty"] as? Int == 1 && made.json?["good"] as? Int == 0)
        #expect(made.body.contains("submit.row.not_region") && made.body.contains("苏洲"))
        let number = try #require((made.json?["added"] as? [String: Int])?["a"])
        let changes =
            #"[{"field":"region","from":"苏洲","to":"320500"},{"field":"contract","from":"","to":"HT-9"}]"#
        let mended = try await send(desk, #"{"kind":"change","number":\#(number),"changes":\#(changes)}"#)
        #expect(mended.json?["good"] as? Int == 1 && mended.json?["faulty"] as? Int == 0, "\(mended.body)")
    }

    @Test("Two people: different fields of a row merge, the same field is told with both values, nothing is lost")
    func conflict() async throws {
        let desk = try await CellDesk()
        let code = try await level(desk)
        let made = try await send(desk, add("a", park("甲园", code)))
        let number = try #require((made.json?["added"] as? [String: Int])?["a"])
        func change(_ field: String, _ from: String, _ to: String, as token: String) async throws -> TestSite.Answer {
            try await send(
                desk,
                #"{"kind":"change","number":\#(number),"changes":[{"field":"\#(field)","from":"\#(from)","to":"\#(to)"}]}"#,
                as: token)
        }
        _ = try await change("park", "甲园", "新园", as: "manager")
        let other = try await change("contract", "HT-1", "HT-2", as: "reporter")
        #expect(other.body.contains("新园") && other.body.contains("HT-2"))
        let late = try await change("park", "甲园", "旧园", as: "reporter")
        let conflicts = late.json?["conflicts"] as? [[String: Any]]
        #expect(conflicts?.first?["theirs"] as? String == "新园" && conflicts?.first?["yours"] as? String == "旧园")
        let gone = try await send(desk, #"{"kind":"remove","number":\#(number),"since":1}"#, as: "reporter")
        #expect((gone.json?["conflicts"] as? [Any])?.count == 1 && gone.json?["good"] as? Int == 1)
    }

    @Test("A batch whose answer was lost is sent again and adds nothing")
    func resend() async throws {
        let desk = try await CellDesk()
        let code = try await level(desk)
        for _ in 0..<3 {
            let made = try await send(desk, add("a", park("甲园", code)), batch: "b1")
            #expect(made.status == 200 && made.json?["version"] as? Int == 1 && made.json?["good"] as? Int == 1)
            #expect((made.json?["added"] as? [String: Int])?["a"] == 2)
        }
        let again = try await send(desk, add("a", park("甲园", code)), batch: "b2")
        #expect(again.json?["good"] as? Int == 1 && again.json?["repeated"] as? Int == 0)
    }

    @Test("What tells of a person is sealed in the table too, and equal people are still found")
    func personal() async throws {
        let desk = try await CellDesk()
        let path = CellDesk.base + "/cells/core-talent/items/rows"
        let person =
            #"{"name":"欧阳测试","id-tail":"1234","education":"master","certificate":"100001202402000001","#
            + #""contract-from":"2023-01-01","insured-months":"12","region":"320500"}"#
        let made = try await send(desk, add("a", person) + "," + add("b", person), path: path)
        #expect(made.json?["good"] as? Int == 1 && made.json?["repeated"] as? Int == 1, "\(made.body)")
        let files = try FileManager.default.contentsOfDirectory(at: desk.site.folder, includingPropertiesForKeys: nil)
        for file in files where file.lastPathComponent.hasPrefix("heng.sqlite") {
            #expect(try Data(contentsOf: file).range(of: Data("欧阳测试".utf8)) == nil, "\(file.lastPathComponent)")
        }
        #expect(try await desk.site.ask(.get, path, as: "city-clerk").status == 403)
    }

    @Test("A list of 20 000 rows is read in pages, and a change of one row costs one row")
    func large() async throws {
        let desk = try await CellDesk()
        let path = CellDesk.base + "/cells/companies-served/items"
        var csv = "name,code,country,registration,region,product\n"
        for index in 0..<20_000 { csv += "客户\(index),,SG,R\(index),,平台\n" }
        let clock = ContinuousClock()
        var answer: TestSite.Answer?
        let reading = try await clock.measure {
            answer = try await desk.site.ask(
                .put, path, as: "manager", headers: ["Content-Type": "text/csv", "If-Match": "\"0\""], body: csv)
        }
        #expect(answer?.json?["accepted"] as? Int == 20_000, "\(answer?.body.prefix(500) ?? "")")
        var after = 0
        var count = 0
        while true {
            let page = try await desk.site.ask(.get, path + "/rows?after=\(after)", as: "manager")
            count += (page.json?["rows"] as? [Any])?.count ?? 0
            guard let next = page.json?["next"] as? Int else { break }
            after = next
        }
        #expect(count == 20_000)
        let patching = try await clock.measure {
            answer = try await send(
                desk, #"{"kind":"change","number":9000,"changes":[{"field":"product","from":"平台","to":"平台二"}]}"#,
                path: path + "/rows")
        }
        #expect(answer?.json?["good"] as? Int == 20_000 && (answer?.json?["rows"] as? [Any])?.count == 1)
        print("list of 20 000 rows: import \(reading), one row \(patching) (debug build)")
        #expect(patching < .seconds(3))
    }

    @Test("A spreadsheet goes out as a form and comes back as a list, wrong rows kept to be mended")
    func workbook() async throws {
        let desk = try await CellDesk()
        let base = CellDesk.base + "/cells/parks-served/items"
        let template = try await desk.site.ask(.get, base + "/template.xlsx", as: "manager")
        #expect(template.status == 200 && template.headers[.contentDisposition]?.contains(".xlsx") == true)
        let code = try await level(desk)
        let csv = "园区名称,管理级别,所在地区,合同或协议编号\n甲园,\(code),320500,HT-1\n乙园,\(code),无此地,HT-2\n"
        let sent = try await desk.site.ask(
            .put, base + "?keep=wrong", as: "manager", headers: ["Content-Type": "text/csv", "If-Match": "*"], body: csv
        )
        #expect(sent.status == 200, "\(sent.body)")
        let read = try await desk.site.ask(.get, base + "/rows", as: "manager")
        #expect(read.json?["good"] as? Int == 1 && read.json?["faulty"] as? Int == 1, "\(read.body)")
        #expect(try await desk.site.ask(.get, base + "/list.xlsx", as: "operator").status == 200)
        let text = try await desk.site.ask(.get, base + "/list.csv", as: "operator")
        #expect(text.body.contains("甲园") && !text.body.contains("乙园"))
    }
}
