import Foundation
import Testing
import Vocabulary

@Suite("Lists and evidence over HTTP")
struct ItemAndEvidenceRoutesTests {
    static let header = "园区名称,管理级别,所在地区,合同或协议编号\n"
    static let park = "苏州工业园区,国家级,320500,HT-1\n"

    @Test("A list is taken row by row: right rows count, wrong ones are told with row, column and what to do")
    func rows() async throws {
        let desk = try await CellDesk()
        let csv = Self.header + Self.park + "昆山开发区,乡镇级,320500,HT-2\n" + Self.park + ",国家级,320500,HT-3\n"
        let answer = try await desk.put("/cells/parks-served/items", csv, type: "text/csv; charset=utf-8")
        #expect(answer.status == 200, "\(answer.body)")
        #expect(answer.json?["accepted"] as? Int == 1)
        let rejected = answer.json?["rejected"] as? [[String: Any]] ?? []
        #expect(rejected.map { $0["row"] as? Int } == [3, 5])
        #expect(rejected.map { $0["column"] as? String } == ["level", "park"])
        #expect((rejected.first?["message"] as? String)?.contains("国家级、省级、设区市级") == true)
        #expect((answer.json?["duplicates"] as? [Any])?.count == 1)
        #expect((answer.json?["values"] as? [String: Any])?["parks-served"] as? Int == 1)
        let table = try await desk.site.ask(
            .get, CellDesk.base + "/cells/parks-served/items", as: "operator", headers: ["Accept": "text/csv"])
        #expect(table.body == "\u{FEFF}园区名称,管理级别,所在地区,合同或协议编号\r\n苏州工业园区,national,320500,HT-1\r\n")
    }

    @Test("A list of which nothing is good replaces nothing; a trial changes nothing")
    func nothingGood() async throws {
        let desk = try await CellDesk()
        #expect(
            try await desk.put("/cells/parks-served/items", Self.header + Self.park, type: "text/csv").status == 200)
        let bad = try await desk.put("/cells/parks-served/items", tag: "\"1\"", "园区,级别\nx,y\n", type: "text/csv")
        #expect(bad.status == 422 && bad.code == "submit.list_refused")
        let findings = bad.json?["findings"] as? [[String: Any]] ?? []
        #expect(findings.first?["place"] as? String == "row 1, column park")
        let trial = try await desk.put(
            "/cells/parks-served/items?trial=true", tag: "\"1\"", Self.header + Self.park + "太仓港,省级,320500,HT-9\n",
            type: "text/csv")
        #expect(trial.json?["saved"] as? Bool == false && trial.json?["accepted"] as? Int == 2)
        let kept = try await desk.site.ask(.get, CellDesk.base + "/cells/parks-served/items", as: "manager")
        #expect((kept.json?["rows"] as? [Any])?.count == 1 && kept.headers[.eTag] == "\"1\"")
    }

    @Test("Rows come as JSON too, numbers as numbers")
    func json() async throws {
        let desk = try await CellDesk()
        let answer = try await desk.put(
            "/cells/parks-served/items",
            #"{"rows":[{"park":"苏州工业园区","level":"national","region":320500,"contract":"HT-1"},{"park":null}]}"#)
        #expect(answer.json?["accepted"] as? Int == 1, "\(answer.body)")
    }

    @Test(
        "Lists that cannot be read are refused with their reason",
        arguments: [
            ("parks-served", "text/html", "x", 415, "submit.form_type"),
            ("financing-round", "text/csv", "x", 409, "submit.no_list"),
            ("parks-served", "text/csv", "", 422, "submit.list_refused"),
            ("parks-served", "application/json", "{", 400, "web.body_not_json"),
            ("parks-served", "application/json", #"{"rows":7}"#, 422, "web.body_invalid"),
        ])
    func unreadable(_ indicator: String, type: String, body: String, status: Int, code: String) async throws {
        let desk = try await CellDesk()
        let answer = try await desk.put("/cells/\(indicator)/items", body, type: type)
        #expect(answer.status == status && answer.code == code, "\(answer.body)")
    }

    @Test("The template names the columns in the reader's language")
    func template() async throws {
        let desk = try await CellDesk()
        let path = CellDesk.base + "/cells/parks-served/items/template"
        let chinese = try await desk.site.ask(.get, path, as: "manager")
        #expect(chinese.body == "\u{FEFF}园区名称,管理级别,所在地区,合同或协议编号\r\n")
        let english = try await desk.site.ask(.get, path + "?lang=en", as: "manager")
        #expect(english.body.hasPrefix("\u{FEFF}Park,"))
    }

    static let pdf = Array("%PDF-1.7\n1 0 obj\n<< /Type /Catalog >>\nendobj\ntrailer\n<< /Root 1 0 R >>\n%%EOF\n".utf8)

    @Test("Evidence is attached by content, handed out to those who may, as a download that no browser runs")
    func evidence() async throws {
        let desk = try await CellDesk()
        let path = CellDesk.base + "/cells/platform-revenue/evidence"
        let made = try await desk.site.ask(
            .post, path + "?name=%E5%AE%A1%E8%AE%A1%E6%8A%A5%E5%91%8A.pdf&requirement=audit-report", as: "reporter",
            bytes: Self.pdf)
        #expect(made.status == 201, "\(made.body)")
        #expect(made.json?["type"] as? String == "pdf" && made.json?["name"] as? String == "审计报告.pdf")
        let address = try #require(made.headers[.location])
        for token in ["manager", "operator", "inspector", "city-clerk", "verifier"] {
            let answer = try await desk.site.ask(.get, address, as: token)
            #expect(answer.status == 200 && answer.body == String(decoding: Self.pdf, as: UTF8.self))
            #expect(answer.headers[.contentDisposition]?.hasPrefix("attachment; filename*=UTF-8''%E5%AE%A1") == true)
            #expect(answer.headers[.init("X-Content-Type-Options")!] == "nosniff")
        }
        #expect(try await desk.site.ask(.get, address, as: "other-manager").status == 404)
        #expect(try await desk.site.ask(.get, address, as: "system-administrator").status == 404)
        #expect(try await desk.site.ask(.get, address).status == 401)
        let gone = try await desk.site.ask(
            .delete, path + "/" + (made.json?["digest"] as? String ?? ""), as: "manager")
        #expect(gone.status == 204)
        #expect(try await desk.site.ask(.get, address, as: "manager").status == 404)
    }

    @Test(
        "Files that are refused say why",
        arguments: [
            (Array("MZ program".utf8), "audit-report", 415, "submit.evidence_type"),
            ([], "audit-report", 422, "submit.evidence_empty"),
            (pdf, "photo", 422, "submit.requirement_unknown"),
            (Array("%PDF-1.7\n/Encrypt 1 0 R\n%%EOF".utf8), "audit-report", 422, "submit.evidence_encrypted"),
            (Array("PK\u{3}\u{4}…".utf8), "audit-report", 422, "submit.evidence_damaged"),
        ])
    func refusedEvidence(_ bytes: [UInt8], requirement: String, status: Int, code: String) async throws {
        let desk = try await CellDesk()
        let answer = try await desk.site.ask(
            .post, CellDesk.base + "/cells/platform-revenue/evidence?name=a.pdf&requirement=\(requirement)",
            as: "manager", bytes: bytes)
        #expect(answer.status == status && answer.code == code, "\(answer.body)")
        #expect(try await desk.site.services.cells.evidence.files("r1", "p1").isEmpty)
    }

    /// By itself, since an argument is printed with every run.
    @Test("A file above the limit is refused before it is read whole")
    func tooLargeEvidence() async throws {
        try await refusedEvidence(
            Array(repeating: UInt8(32), count: 20 * 1024 * 1024 + 2), requirement: "audit-report", status: 413,
            code: "web.body_too_large")
    }
}
