import Foundation
import Review
import Scheme
import Testing
import Vocabulary
import Web

/// Raises what it is told to.
private struct StatedSignals: SignalSource {
    let raised: [RaisedSignal]
    func signals(_ round: Round, scheme: IndicatorScheme) async throws -> [RaisedSignal] { raised }
}

@Suite("Signals, queries and decisions over HTTP")
struct QueryRoutesTests {
    private let path = "/api/v1/rounds/r1/queries"
    private let signal = RaisedSignal(
        kind: "shared-documents", platform: "p1", indicator: "platform-revenue", rows: [3],
        code: "desk.signal.declared_far", values: ["declared": "2", "counted": "1", "deviation": "-50%"])

    private func prepared() async throws -> CellDesk {
        let signal = signal
        let desk = try await CellDesk { $0.people.desk.signalSources = [StatedSignals(raised: [signal])] }
        _ = try await desk.put("/cells/platform-revenue/declared", #"{"values":{"platform-revenue":1500}}"#)
        try await desk.submit()
        return desk
    }

    private func post(_ desk: CellDesk, _ path: String, as role: String, _ body: String) async throws -> TestSite.Answer
    {
        try await desk.site.ask(.post, self.path + path, as: role, body: body)
    }

    private func asked(_ desk: CellDesk) async throws -> Int {
        let made = try await post(
            desk, "", as: "operator", #"{"signal":"\#(signal.key)","question":"请说明收入构成"}"#)
        try #require(made.status == 201, "\(made.body)")
        #expect(made.json?["state"] as? String == "open")
        return try #require(made.json?["id"] as? Int)
    }

    @Test("Asked, answered, proposed by one and approved by another: the cut becomes the verified value")
    func wholeWay() async throws {
        let desk = try await prepared()
        let listed = try await desk.site.ask(.get, "/api/v1/rounds/r1/signals", as: "operator")
        #expect((listed.json?["items"] as? [[String: Any]])?.first?["key"] as? String == signal.key)
        let id = try await asked(desk)
        let twice = try await post(desk, "", as: "operator", #"{"signal":"\#(signal.key)","question":"再问"}"#)
        #expect(twice.status == 409 && twice.code == "desk.query_exists")
        let proposal = #"{"verdict":"reduce","values":{"platform-revenue":1200},"reason":"扣除关联交易"}"#
        let early = try await post(desk, "/\(id)/proposal", as: "operator", proposal)
        #expect(early.status == 409 && early.code == "desk.query_waiting")
        #expect(try await post(desk, "/\(id)/answer", as: "other-manager", #"{"text":"x"}"#).status == 403)
        #expect(try await post(desk, "/\(id)/answer", as: "manager", #"{"text":"含硬件转售"}"#).status == 200)
        #expect(try await post(desk, "/\(id)/answer", as: "manager", #"{"text":"x"}"#).code == "desk.query_answered")
        #expect(try await post(desk, "/\(id)/proposal", as: "operator", proposal).status == 200)
        let hidden = try await desk.site.ask(.get, path, as: "manager")
        #expect(hidden.body.contains("answered") && !hidden.body.contains("1200"), "not before two have decided")
        #expect(try await post(desk, "/\(id)/approval", as: "operator", #"{"agrees":true}"#).status == 403)
        let done = try await post(desk, "/\(id)/approval", as: "approver", #"{"agrees":true}"#)
        #expect(done.status == 200 && done.json?["state"] as? String == "decided", "\(done.body)")
        let cell = CellAddress(round: "r1", platform: "p1", indicator: "platform-revenue")
        let verified = try await desk.site.services.cells.verifications.verification(cell)
        #expect(verified?.values["platform-revenue"] == ExactDecimal(1200) && verified?.reason == "扣除关联交易")
    }

    @Test("A refused proposal goes back to the operator, and the value stands")
    func refused() async throws {
        let desk = try await prepared()
        let id = try await asked(desk)
        _ = try await post(desk, "/\(id)/answer", as: "manager", #"{"text":"属实"}"#)
        let zero = try await post(desk, "/\(id)/proposal", as: "operator", #"{"verdict":"zero","reason":"无佐证"}"#)
        #expect(zero.status == 200, "\(zero.body)")
        #expect(try await post(desk, "/\(id)/approval", as: "approver", #"{"agrees":false}"#).code == "desk.query_text")
        let back = try await post(desk, "/\(id)/approval", as: "approver", #"{"agrees":false,"reason":"证据不足"}"#)
        #expect(back.json?["state"] as? String == "answered", "\(back.body)")
        #expect(try await desk.site.services.cells.verifications.verifications("r1").isEmpty)
        let wrong = try await post(
            desk, "/\(id)/proposal", as: "operator",
            #"{"verdict":"uphold","values":{"platform-revenue":1},"reason":"x"}"#)
        #expect(wrong.status == 422 && wrong.code == "desk.query_values")
    }

    @Test("The pages show signals to the authority and the question to the company; their forms work")
    func pages() async throws {
        let desk = try await prepared()
        let html = ["Accept": "text/html", "Content-Type": "application/x-www-form-urlencoded"]
        let page = try await desk.site.ask(.get, "/authority/rounds/r1/signals", as: "operator", headers: html)
        #expect(page.status == 200 && page.body.contains("相差 -50%"), "\(page.body)")
        let key = try #require(signal.key.addingPercentEncoding(withAllowedCharacters: .alphanumerics))
        let sent = try await desk.site.ask(
            .post, "/authority/rounds/r1/queries", as: "operator", headers: html, body: "signal=\(key)&question=why")
        #expect(sent.status == 303, "\(sent.body)")
        let company = try await desk.site.ask(.get, "/company/rounds/r1/queries", as: "manager", headers: html)
        #expect(company.status == 200 && company.body.contains("why") && company.body.contains("name=\"text\""))
        let answered = try await desk.site.ask(
            .post, "/company/rounds/r1/queries/1", as: "manager", headers: html, body: "text=because")
        #expect(answered.status == 303, "\(answered.body)")
        let other = try await desk.site.ask(.get, "/company/rounds/r1/queries", as: "other-manager", headers: html)
        #expect(other.status == 200 && !other.body.contains("because"))
    }

    @Test("Papers come with the answer, open for both sides, and none comes after it")
    func papers() async throws {
        let desk = try await prepared()
        let id = try await asked(desk)
        let pdf = ItemAndEvidenceRoutesTests.pdf
        let api = try await desk.site.ask(.post, "\(path)/\(id)/files?name=a.pdf", as: "manager", bytes: pdf)
        let digest = try #require(api.json?["digest"] as? String, "\(api.body)")
        #expect(
            try await desk.site.ask(.post, "\(path)/\(id)/files?name=a.pdf", as: "other-manager", bytes: pdf).status
                == 403)
        let wrong = try await desk.site.ask(
            .post, "\(path)/\(id)/files?name=a.pdf", as: "manager", bytes: Array("text".utf8))
        #expect(wrong.status == 422 || wrong.status == 415, "\(wrong.body)")
        func part(_ name: String, _ more: String, _ bytes: [UInt8]) -> [UInt8] {
            Array("--b\r\nContent-Disposition: form-data; name=\"\(name)\"\(more)\r\n\r\n".utf8) + bytes
                + Array("\r\n".utf8)
        }
        let second = Array(String(decoding: pdf, as: UTF8.self).utf8) + Array("\n%second\n".utf8)
        let body =
            part("text", "", Array("含硬件转售，见合同".utf8)) + part("file1", "; filename=\"contract.pdf\"", second)
            + part("file2", "; filename=\"\"", []) + Array("--b--\r\n".utf8)
        let sent = try await desk.site.ask(
            .post, "/company/rounds/r1/queries/\(id)", as: "manager",
            headers: ["Accept": "text/html", "Content-Type": "multipart/form-data; boundary=b"], bytes: body)
        #expect(sent.status == 303, "\(sent.body)")
        let office = try await desk.site.ask(.get, path, as: "operator")
        let first = (office.json?["items"] as? [[String: Any]])?.first
        #expect(
            (first?["files"] as? [[String: Any]])?.compactMap { $0["name"] as? String } == ["a.pdf", "contract.pdf"])
        #expect(first?["state"] as? String == "answered" && first?["mayAnswer"] as? Bool == false)
        let page = try await desk.site.ask(
            .get, "/authority/rounds/r1/signals", as: "operator", headers: DeskRoutesTests.html)
        #expect(page.body.contains("/evidence/\(digest)") && page.body.contains("contract.pdf"))
        for role in ["operator", "manager"] {
            let view = try await desk.site.ask(.get, "/evidence/\(digest)", as: role, headers: DeskRoutesTests.html)
            #expect(view.status == 200, "\(role): \(view.status)")
        }
        let late = try await desk.site.ask(.post, "\(path)/\(id)/files?name=b.pdf", as: "manager", bytes: second)
        #expect(late.status == 409 && late.code == "desk.query_answered")
    }
}
