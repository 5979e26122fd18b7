import Access
import Foundation
import Testing
import Vocabulary
import Web

/// A demonstration round that is open, with platform p1 of the test company, and what tests do with it again and again.
struct CellDesk {
    let site: TestSite
    static let base = "/api/v1/rounds/r1/platforms/p1"

    /// - Parameter adjust: exchanges single services.
    init(guarded: Bool = false, adjust: (inout Services) throws -> Void = { _ in }) async throws {
        var sessions = TestSite.principals
        let other = CompanyCode.completing("91320500MA1ABCDF")?.description
        sessions["other-manager"] = Principal(
            account: "other", displayName: "other", roles: [.manager], company: other)
        for index in 2...5 {
            sessions["expert\(index)"] = Principal(
                account: AccountID("expert\(index)"), displayName: "expert", roles: [.expert])
        }
        site = try TestSite(sessions: sessions, guarded: guarded, adjust: adjust)
        // A demonstration enforces nothing.
        _ = try await site.ask(
            .post, "/api/v1/rounds", as: "operator", body: guarded ? PanelSite.rehearsal : RoundRoutesTests.newRound)
        _ = try await site.ask(
            .post, "/api/v1/rounds/r1/platforms", as: "manager",
            body: RoundRoutesTests.platform("p1", type: "comprehensive"))
        _ = try await site.ask(.post, "/api/v1/rounds/r1/actions", as: "operator", body: #"{"action":"open"}"#)
    }

    func put(
        _ path: String, as token: String = "manager", tag: String? = "\"0\"", _ body: String,
        type: String = "application/json"
    )
        async throws -> TestSite.Answer
    {
        var headers = ["Content-Type": type]
        if let tag { headers["If-Match"] = tag }
        return try await site.ask(.put, Self.base + path, as: token, headers: headers, body: body)
    }

    /// To verification, as the offices take it there.
    func submit() async throws {
        let steps = [
            ("submit", "manager"), ("pass", "county-clerk"), ("recommend", "city-head"), ("take-in", "operator"),
            ("pass", "operator"),
        ]
        for (action, role) in steps {
            let answer = try await site.ask(
                .post, Self.base + "/submission/actions", as: role, body: #"{"action":"\#(action)","reason":"符合"}"#)
            #expect(answer.status == 200, "\(action): \(answer.body)")
        }
    }
}

@Suite("Declared cells over HTTP")
struct CellRoutesTests {
    @Test("A company declares, reads back, and changes what it has seen; the tag moves on")
    func declare() async throws {
        let desk = try await CellDesk()
        let path = "/cells/platform-revenue/declared"
        let first = try await desk.put(path, #"{"values":{"platform-revenue":1500.5}}"#)
        #expect(first.status == 200, "\(first.body)")
        #expect(first.headers[.eTag] == "\"1\"")
        let read = try await desk.site.ask(.get, CellDesk.base + path, as: "operator")
        #expect(read.body.contains(#""platform-revenue":1500.5"#))
        let second = try await desk.put(path, tag: "\"1\"", #"{"values":{"platform-revenue":1600}}"#)
        #expect(second.headers[.eTag] == "\"2\"")
        let cell = try await desk.site.ask(.get, CellDesk.base + "/cells/platform-revenue", as: "manager")
        #expect(cell.json?["state"] as? String == "declared")
        #expect(cell.json?["mayDeclare"] as? Bool == true)
        #expect(cell.headers[.eTag] == "\"2\"")
    }

    @Test("Without a tag 428, with an old one 412, and nothing is overwritten")
    func tags() async throws {
        let desk = try await CellDesk()
        let path = "/cells/platform-revenue/declared"
        #expect(try await desk.put(path, tag: nil, #"{"values":{}}"#).status == 428)
        #expect(try await desk.put(path, #"{"values":{"platform-revenue":1}}"#).status == 200)
        let stale = try await desk.put(path, #"{"values":{"platform-revenue":2}}"#)
        #expect(stale.status == 412)
        let read = try await desk.site.ask(.get, CellDesk.base + path, as: "manager")
        #expect(read.body.contains(#""platform-revenue":1"#))
    }

    @Test(
        "Who may declare: the company's own people, nobody else",
        arguments: [
            (nil, 401), ("manager", 200), ("reporter", 200), ("other-manager", 403), ("operator", 403),
            ("county-clerk", 403), ("expert", 403), ("inspector", 403), ("system-administrator", 403),
        ] as [(String?, Int)])
    func roles(_ token: String?, status: Int) async throws {
        let desk = try await CellDesk()
        let answer = try await desk.site.ask(
            .put, CellDesk.base + "/cells/platform-revenue/declared", as: token,
            headers: ["If-Match": "\"0\"", "Content-Type": "application/json"],
            body: #"{"values":{"platform-revenue":1}}"#)
        #expect(answer.status == status)
    }

    @Test(
        "A wrong figure is refused with the value id and what to do",
        arguments: [
            ("platform-revenue", #"{"platform-revenue":-1}"#, "platform-revenue", "submit.figure.negative"),
            ("platform-revenue", #"{"platform-revenue":1.555}"#, "platform-revenue", "submit.figure.places"),
            ("platform-revenue", #"{"revenue":1}"#, "revenue", "submit.figure.unknown"),
            ("financing-round", #"{"financing-round":4}"#, "financing-round", "submit.figure.no_step"),
            (
                "independent-operation", #"{"independent-operation.legal-person":2}"#,
                "independent-operation.legal-person", "submit.figure.condition"
            ),
            ("dual-carbon", #"{"dual-carbon":90}"#, "dual-carbon", "submit.figure.marked"),
            (
                "revenue-share", #"{"revenue-share.service-revenue":9,"revenue-share.operator-revenue":5}"#,
                "revenue-share", "submit.figure.part_above_whole"
            ),
        ])
    func wrongFigures(_ indicator: String, values: String, place: String, code: String) async throws {
        let desk = try await CellDesk()
        for language in ["zh", "en"] {
            let answer = try await desk.site.ask(
                .put, CellDesk.base + "/cells/\(indicator)/declared", as: "manager",
                headers: ["If-Match": "\"0\"", "Accept-Language": language], body: #"{"values":\#(values)}"#)
            #expect(answer.status == 422 && answer.code == "submit.figures_refused", "\(answer.body)")
            let findings = answer.json?["findings"] as? [[String: Any]] ?? []
            let found = findings.first { $0["code"] as? String == code }
            #expect(found?["place"] as? String == place)
            let message = found?["message"] as? String ?? "["
            #expect(!message.hasPrefix("[") && !message.contains("{"), "\(message)")
        }
        #expect(try await desk.site.services.cells.declarations.declarations("r1").isEmpty)
    }

    @Test(
        "What the port, a list or the registry gives is not declared",
        arguments: ["devices-connected", "honours", "specialised-new"])
    func notDeclared(_ indicator: String) async throws {
        let desk = try await CellDesk()
        let answer = try await desk.put("/cells/\(indicator)/declared", #"{"values":{"\#(indicator)":1}}"#)
        #expect(answer.status == 409 && answer.code == "submit.not_declared")
    }

    @Test("A share follows the list that it borrows from, in the same transaction")
    func borrowedShare() async throws {
        let desk = try await CellDesk()
        let csv = "姓名,身份证件号码后四位,学历,学历证书编号,劳动合同起始日期,连续缴纳社保月数,工作地\n"
        let people = (1...30).map { "张\($0),12\($0 + 10),硕士研究生,C\($0),2024-01-01,6,320500\n" }
        let share = try await desk.put(
            "/cells/core-talent-share/declared", #"{"values":{"core-talent-share.employees":100}}"#)
        #expect(share.status == 200 && !share.body.contains(#""core-talent-share":"#))
        let list = try await desk.put("/cells/core-talent/items", csv + people.joined(), type: "text/csv")
        #expect(list.json?["accepted"] as? Int == 30, "\(list.body)")
        var read = try await desk.site.ask(.get, CellDesk.base + "/cells/core-talent-share/declared", as: "manager")
        #expect(read.body.contains(#""core-talent-share":30"#) && read.headers[.eTag] == "\"2\"")
        _ = try await desk.put(
            "/cells/core-talent/items", tag: "\"1\"", csv + people.prefix(15).joined(), type: "text/csv")
        read = try await desk.site.ask(.get, CellDesk.base + "/cells/core-talent-share/declared", as: "manager")
        #expect(read.body.contains(#""core-talent-share":15"#))
    }

    @Test("A submitted form is closed, and says why")
    func closed() async throws {
        let desk = try await CellDesk()
        try await desk.submit()
        let answer = try await desk.put("/cells/platform-revenue/declared", #"{"values":{"platform-revenue":1}}"#)
        #expect(answer.status == 409 && answer.code == "submit.not_editable")
    }

    @Test("The list of cells shows all 32, each with its state, to those who may see them")
    func list() async throws {
        let desk = try await CellDesk()
        let seen = try await desk.site.ask(.get, CellDesk.base + "/cells", as: "inspector")
        #expect((seen.json?["items"] as? [Any])?.count == 32)
        #expect(try await desk.site.ask(.get, CellDesk.base + "/cells", as: "other-manager").status == 403)
        #expect(try await desk.site.ask(.get, CellDesk.base + "/cells").status == 401)
        let unknown = try await desk.site.ask(.get, CellDesk.base + "/cells/gold", as: "manager")
        #expect(unknown.status == 404 && unknown.code == "review.indicator_unknown")
    }
}
