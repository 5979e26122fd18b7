import Foundation
import HTTPTypes
import Match
import Testing
import Trust
import Vocabulary

@Suite("Official lists over HTTP")
struct ListRoutesTests {
    static let base = "/api/v1/rounds/r1/lists"
    static let query = "?title=%E5%90%8D%E5%8D%95&issuer=MIIT&document=2024-1&date=2024-06-01"
    static let table = "企业名称,统一社会信用代码,平台名称,等级\n某某公司,93440300A4XLNTWN3E,某某平台,A\n无名公司,123,,\n"

    private func post(
        _ desk: CellDesk, _ query: String = query, as token: String = "operator", _ table: String = table,
        type: String = "text/csv; charset=utf-8"
    ) async throws -> TestSite.Answer {
        try await desk.site.ask(.post, Self.base + query, as: token, headers: ["Content-Type": type], body: table)
    }

    private func kinds(_ desk: CellDesk) async throws -> [String] {
        let entries = try await desk.site.ask(.get, "/api/v1/log/entries?limit=500", as: "operator").body
        return ["list.imported", "list.withdrawn"].filter { entries.contains($0) }
    }

    @Test("An import answers what was understood and what was odd, is kept with its file, and leaves an entry")
    func imports() async throws {
        let desk = try await CellDesk()
        let answer = try await post(desk, Self.query + "&indicator=honours&award=dynamic-evaluation-2024")
        #expect(answer.status == 201, "\(answer.body)")
        let list = try #require(answer.json?["list"] as? [String: Any])
        let id = try #require(list["id"] as? String)
        #expect(answer.headers[.location] == "\(Self.base)/\(id)")
        #expect(list["rows"] as? Int == 2 && list["logIndex"] as? Int != nil)
        let findings = answer.json?["findings"] as? [[String: Any]] ?? []
        #expect(findings.map { $0["place"] as? String } == ["row 3, column code"])
        #expect((findings.first?["message"] as? String)?.contains("123") == true)
        let all = try await desk.site.ask(.get, Self.base, as: "manager")
        #expect((all.json?["items"] as? [[String: Any]])?.map { $0["title"] as? String } == ["名单"])
        let rows = try await desk.site.ask(.get, "\(Self.base)/\(id)/rows?limit=1", as: "manager")
        #expect(rows.json?["next"] as? String == "2")
        let rest = try await desk.site.ask(.get, "\(Self.base)/\(id)/rows?limit=1&cursor=2", as: "manager")
        #expect(rest.body.contains("无名公司") && rest.json?["next"] as? String == nil)
        let file = try await desk.site.ask(.get, "\(Self.base)/\(id)/file", as: "operator")
        #expect(file.body == Self.table)
        #expect(list["digest"] as? String == Digest.sha256(of: Array(file.body.utf8)).hex)
        #expect(try await kinds(desk) == ["list.imported"])
    }

    @Test("A preview reads and reports and keeps nothing")
    func preview() async throws {
        let desk = try await CellDesk()
        let answer = try await post(desk, Self.query + "&preview=true")
        #expect(answer.status == 200 && answer.json?["preview"] as? Bool == true)
        #expect((answer.json?["firstRows"] as? [Any])?.count == 2)
        #expect(try await desk.site.services.match.lists.summaries("r1").isEmpty)
    }

    @Test(
        "Wrong imports are refused with what is wrong",
        arguments: [
            ("?issuer=x&date=2024-06-01", "a", "text/csv", 422, "match.list_field"),
            ("?title=x&date=2024-06-01", "a", "text/csv", 422, "match.list_field"),
            ("?title=x&issuer=x", "a", "text/csv", 422, "match.list_field"),
            ("?title=x&issuer=x&date=2024-02-30", "a", "text/csv", 422, "match.list_field"),
            (query + "&indicator=none", "a", "text/csv", 422, "match.list_field"),
            (query + "&year=24", "a", "text/csv", 422, "match.list_field"),
            (query + "&validFrom=2024-02-02&validUntil=2024-02-01", "a", "text/csv", 422, "match.list_field"),
            (
                query, "PK\u{3}\u{4}", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", 415,
                "match.list_type"
            ),
            (query, "", "text/csv", 422, "match.list_refused"),
            (query, "甲,乙\n1,2\n", "text/csv", 422, "match.list_refused"),
            (query, "企业名称\n", "text/csv", 422, "match.list_refused"),
            (query, "企业名称,x\n\"未结束,1\n", "text/csv", 422, "match.list_refused"),
        ])
    func wrong(query: String, table: String, type: String, status: Int, code: String) async throws {
        let desk = try await CellDesk()
        let answer = try await post(desk, query, table, type: type)
        #expect(answer.status == status && answer.code == code, "\(answer.body)")
        #expect((answer.json?["detail"] as? String)?.hasPrefix("[") == false)
        #expect(try await desk.site.services.match.lists.summaries("r1").isEmpty)
        #expect(try await kinds(desk).isEmpty)
    }

    @Test("The same file twice is a conflict; a wrong list is withdrawn with a reason and stays readable")
    func withdraw() async throws {
        let desk = try await CellDesk()
        let list = try await post(desk).json?["list"] as? [String: Any]
        let id = try #require(list?["id"] as? String)
        #expect(try await post(desk).code == "match.list_exists")
        let path = "\(Self.base)/\(id)/actions"
        let silent = try await desk.site.ask(.post, path, as: "operator", body: #"{"action":"withdraw","reason":" "}"#)
        #expect(silent.status == 422)
        let body = #"{"action":"withdraw","reason":"导错了文件"}"#
        let done = try await desk.site.ask(.post, path, as: "operator", body: body)
        #expect(done.status == 200 && done.json?["withdrawnAt"] as? String != nil, "\(done.body)")
        #expect(try await desk.site.ask(.post, path, as: "operator", body: body).code == "match.list_withdrawn")
        #expect(try await desk.site.ask(.get, "\(Self.base)/\(id)", as: "operator").status == 200)
        #expect(try await desk.site.ask(.get, "\(Self.base)/0000", as: "operator").code == "match.list_unknown")
        #expect(try await kinds(desk) == ["list.imported", "list.withdrawn"])
        #expect(try await post(desk).status == 201)
    }

    @Test(
        "Only the province's operator imports",
        arguments: [
            ("manager", 403), ("county-clerk", 403), ("approver", 403), ("expert", 403), ("inspector", 403),
            ("system-administrator", 403), ("operator", 201),
        ])
    func roles(token: String, status: Int) async throws {
        let desk = try await CellDesk()
        #expect(try await post(desk, as: token).status == status)
        #expect(try await desk.site.ask(.get, Self.base).status == 401)
    }
}
