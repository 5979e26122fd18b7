import Foundation
import Review
import Testing
import Vocabulary
import Web

/// A relay that keeps what it is given.
actor KeptMail: MessageChannel {
    nonisolated let name = "mail"
    private(set) var sent: [OutgoingMessage] = []

    func send(_ message: OutgoingMessage) async throws { sent.append(message) }
}

/// A relay that takes nothing.
actor DeafMail: MessageChannel {
    nonisolated let name = "mail"

    func send(_ message: OutgoingMessage) async throws {
        throw Failure("workflow.mail_timeout", ["seconds": "30"])
    }
}

@Suite("An objector's contact, and what the panel sees of the site")
struct ObjectionCodeTests {
    @Test("A mail address is proven by the code that was sent to it, and by no other")
    func contactCode() async throws {
        let mail = KeptMail()
        let panel = try await PanelSite(mail: mail)
        try await panel.announce()
        let body = PanelSite.objection().replacingOccurrences(of: #""phone""#, with: #""mail""#)
            .replacingOccurrences(of: "13800138000", with: "zhang@example.cn")
        let raised = try await panel.post("/objections", as: nil, body)
        let id = try #require(raised.json?["id"] as? String, "\(raised.body)")
        #expect(await mail.sent.isEmpty, "the form does not wait for the relay")
        let store = try #require(panel.site.services.people.panel.store)
        let work = ContactCodeWork(codes: store, mail: mail, clock: panel.clock)
        let queued = try await panel.page("/rounds/r1/objections/\(id)", as: nil)
        #expect(queued.body.contains("验证码已排队"))
        #expect(try await work.tick(panel.clock.now()) == 1)
        #expect(try await work.tick(panel.clock.now()) == 0, "once is enough")
        let receipt = try await panel.page("/rounds/r1/objections/\(id)", as: nil)
        #expect(receipt.body.contains("24 小时内有效") && !receipt.body.contains("zhang@example.cn"))
        #expect(receipt.body.contains("025-88880002"), "whom to call stands on the receipt")
        let sent = try #require(await mail.sent.first)
        #expect(sent.mail == "zhang@example.cn" && sent.code == "message.contact_code")
        let code = try #require(sent.values["code"])
        let wrong = code == "000000" ? "000001" : "000000"
        let refused = try await panel.post("/objections/\(id)/code", as: nil, #"{"code":"\#(wrong)"}"#)
        #expect(refused.code == "panel.code_wrong", "\(refused.body)")
        let proven = try await panel.post("/objections/\(id)/code", as: nil, #"{"code":"\#(code)"}"#)
        #expect(proven.status == 200, "\(proven.body)")
        let seen = try await panel.get("/objections/1", as: "operator")
        #expect(seen.json?["contactProof"] as? String == "code", "\(seen.body)")
    }

    @Test("A code is sent again at most five times, a minute apart, and a relay that is down delays it only")
    func codeAgain() async throws {
        let mail = DeafMail()
        let panel = try await PanelSite(mail: mail)
        try await panel.announce()
        let body = PanelSite.objection().replacingOccurrences(of: #""phone""#, with: #""mail""#)
            .replacingOccurrences(of: "13800138000", with: "zhang@example.cn")
        let id = try #require(try await panel.post("/objections", as: nil, body).json?["id"] as? String)
        let store = try #require(panel.site.services.people.panel.store)
        let work = ContactCodeWork(codes: store, mail: mail, clock: panel.clock)
        for pause in ContactCodeWork.pauses {
            #expect(try await work.tick(panel.clock.now()) == 0)
            #expect(try await store.codeStanding(id)?.state == .waiting)
            panel.clock.advance(seconds: pause)
        }
        #expect(try await work.tick(panel.clock.now()) == 0)
        #expect(try await store.codeStanding(id)?.state == .dead)
        let receipt = try await panel.page("/rounds/r1/objections/\(id)", as: nil)
        #expect(receipt.body.contains("未能送达") && !receipt.body.contains("name=\"code\""))
        for number in 2...5 {
            let again = try await panel.post("/objections/\(id)/code/again", as: nil)
            #expect(again.status == 200, "\(number): \(again.body)")
            let soon = try await panel.post("/objections/\(id)/code/again", as: nil)
            #expect(soon.status == (number == 5 ? 409 : 429), "\(soon.body)")
            panel.clock.advance(seconds: 61)
        }
        let often = try await panel.post("/objections/\(id)/code/again", as: nil)
        #expect(often.status == 409 && often.code == "panel.code_too_often", "\(often.body)")
        let other = try await panel.post("/objections", as: nil, PanelSite.objection("p2"))
        let phone = try #require(other.json?["id"] as? String)
        #expect(try await panel.post("/objections/\(phone)/code/again", as: nil).code == "panel.no_code")
    }

    @Test("The panel sees the record of the check on site: what differs first, who signed, the photographs")
    func siteRecord() async throws {
        let panel = try await PanelSite()
        try await panel.compute()
        let address = "/authority/rounds/r1/panel/p1"
        let before = try await panel.page(address, as: "panel").body
        #expect(!before.contains("现场核查记录"))
        try await panel.place("p1", .siteCheck)
        let record = """
            {"heldOn":"2025-11-20","place":"昆山厂区","present":"陈立","findings":"一条产线已停用",
             "items":[{"indicator":"companies-served","finding":"agrees","note":""},
                      {"indicator":"devices","finding":"differs","note":"在线设备少于申报"}]}
            """
        let scheme = try #require(try await panel.site.services.schemes.scheme("jiangsu-2025"))
        let port = try #require(scheme.indicators.first { $0.mode == .port }).id.rawValue
        let kept = try await panel.site.ask(
            .put, "/api/v1/rounds/r1/platforms/p1/site-check", as: "verifier",
            headers: ["Content-Type": "application/json", "If-Match": "\"0\""],
            body: record.replacingOccurrences(of: "devices", with: port))
        try #require(kept.status == 200, "\(kept.body)")
        let page = try await panel.page(address, as: "panel").body
        #expect(page.contains("现场核查记录") && page.contains("一条产线已停用") && page.contains("昆山厂区"))
        #expect(page.contains("签字不足两人"))
        let differs = try #require(page.range(of: "在线设备少于申报")?.lowerBound)
        let agrees = try #require(page.range(of: "相符")?.lowerBound)
        #expect(differs < agrees)
    }
}
