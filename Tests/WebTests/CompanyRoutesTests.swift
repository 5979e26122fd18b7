import Foundation
import Testing
import Trust
import Vocabulary

@Suite("The company's pages")
struct CompanyRoutesTests {
    private let overview = "/company/rounds/r1"
    private let operation = "/company/rounds/r1/sections/operation"
    private let service = "/company/rounds/r1/sections/service"
    static let html = ["Accept": "text/html"]
    static let formType = ["Content-Type": "application/x-www-form-urlencoded", "Accept": "text/html"]

    @Test(
        "The overview says where the submission stands and what is missing, in both languages", arguments: ["zh", "en"])
    func overviewPage(_ language: String) async throws {
        let desk = try await CellDesk()
        let page = try await desk.site.ask(.get, overview + "?lang=\(language)", as: "manager", headers: Self.html)
        #expect(page.status == 200)
        #expect(page.body.contains(language == "zh" ? "填报中" : "draft"))
        #expect(page.body.contains(language == "zh" ? "平台营收" : "Platform revenue"))
        #expect(page.body.contains("/company/rounds/r1/sections/operation#platform-revenue"))
        for key in ["[submit.", "[review.", "[web.", "{title}", "{count}"] {
            #expect(!page.body.contains(key), "\(key)")
        }
    }

    @Test("What stands against handing in is said before it is pressed, each with where it is mended")
    func hindrances() async throws {
        let desk = try await CellDesk(guarded: true)
        let page = try await desk.site.ask(.get, overview + "?lang=zh", as: "manager", headers: Self.html).body
        #expect(page.contains("提交前还要办") && page.contains("缺少申报书盖章扫描件"))
        #expect(page.contains("href=\"/company/rounds/r1/papers\""))
        #expect(page.contains("还没有办理记录"))
        #expect(!page.contains("name=\"action\" value=\"submit\""), "the button waits until nothing is in the way")
        let reader = try await desk.site.ask(.get, overview + "?lang=zh", as: "reporter", headers: Self.html).body
        #expect(!reader.contains("提交前还要办"), "only who may hand in is asked to")
    }

    @Test("A return shows who did what when, in words, and the working days that are left")
    func progress() async throws {
        let desk = try await CellDesk()
        for (role, body) in [
            ("manager", #"{"action":"submit"}"#), ("city-clerk", #"{"action":"return","reason":"缺审计报告"}"#),
        ] {
            let moved = try await desk.site.ask(
                .post, "/api/v1/rounds/r1/platforms/p1/submission/actions", as: role, body: body)
            try #require(moved.status == 200, "\(moved.body)")
        }
        let page = try await desk.site.ask(.get, overview + "?lang=zh", as: "manager", headers: Self.html).body
        #expect(page.contains("县（市、区）工信部门</span> 退回修改") && page.contains("理由：缺审计报告"))
        #expect(page.contains("2025-11-28（含当日）前修改并重新提交"), "five working days after the 22nd")
        #expect(page.contains("个工作日"))
        let english = try await desk.site.ask(.get, overview + "?lang=en", as: "manager", headers: Self.html).body
        #expect(english.contains("County office") && english.contains("by 2025-11-28"))
    }

    @Test(
        "Every section draws its form without a missing text, in both languages",
        arguments: ["foundation", "service", "operation", "bonus"])
    func sections(_ section: String) async throws {
        let desk = try await CellDesk()
        for language in ["zh", "en"] {
            let page = try await desk.site.ask(
                .get, "/company/rounds/r1/sections/\(section)?lang=\(language)", as: "reporter", headers: Self.html)
            #expect(page.status == 200)
            for key in ["[submit.", "[review.", "[web."] { #expect(!page.body.contains(key), "\(section) \(key)") }
        }
        let unknown = try await desk.site.ask(.get, "/company/rounds/r1/sections/none", as: "reporter")
        #expect(unknown.status == 404)
    }

    @Test("A form posted without JavaScript is saved, and the page comes back with the figure and a saved mark")
    func save() async throws {
        let desk = try await CellDesk()
        let answer = try await desk.site.ask(
            .post, "/company/rounds/r1/cells/platform-revenue", as: "manager", headers: Self.formType,
            body: "version=0&platform-revenue=1500.5&platform-revenue.related-party=")
        #expect(answer.status == 303, "\(answer.body)")
        let address = try #require(answer.headers[.location])
        #expect(address == operation + "?saved=platform-revenue#platform-revenue")
        let page = try await desk.site.ask(.get, operation + "?saved=platform-revenue", as: "manager")
        #expect(page.body.contains("1500.50") && page.body.contains("“平台营收”已保存"))
        let stored = try await desk.site.services.cells.declarations.declaration(
            CellAddress(round: "r1", platform: "p1", indicator: "platform-revenue"))
        #expect(stored?.values == ["platform-revenue": ExactDecimal("1500.5") ?? .zero])
    }

    @Test(
        "A wrong entry comes back as typed, with the error at its field",
        arguments: [
            ("platform-revenue", "platform-revenue=1%2C500", "1,500", "不是数字"),
            ("platform-revenue", "platform-revenue=-3", "-3", "不能为负数"),
            ("revenue-share", "revenue-share.service-revenue=9&revenue-share.operator-revenue=5", "9", "大于分母"),
        ])
    func wrong(_ indicator: String, body: String, typed: String, message: String) async throws {
        let desk = try await CellDesk()
        let answer = try await desk.site.ask(
            .post, "/company/rounds/r1/cells/\(indicator)", as: "manager", headers: Self.formType,
            body: "version=0&" + body)
        #expect(answer.status == 422)
        #expect(answer.body.contains("value=\"\(typed)\"") && answer.body.contains(message))
        #expect(try await desk.site.services.cells.declarations.declarations("r1").isEmpty)
    }

    @Test("Who has nothing to list says 0 in place of the list, and nothing more is asked")
    func none() async throws {
        let desk = try await CellDesk()
        let before = try await desk.site.ask(.get, service, as: "manager")
        #expect(before.body.contains("name=\"parks-served\""))
        let answer = try await desk.site.ask(
            .post, "/company/rounds/r1/cells/parks-served", as: "manager", headers: Self.formType,
            body: "version=0&parks-served=0")
        #expect(answer.status == 303)
        let page = try await desk.site.ask(.get, overview, as: "manager")
        #expect(!page.body.contains("sections/service#parks-served\">服务园区数量</a><p class=\"hint\">"))
    }

    @Test("Two people in one form without scripts: different fields merge, the same one is chosen side by side")
    func mergedWithoutScripts() async throws {
        let desk = try await CellDesk()
        let path = "/company/rounds/r1/cells/platform-revenue"
        func save(_ body: String, as token: String) async throws -> TestSite.Answer {
            try await desk.site.ask(.post, path, as: token, headers: Self.formType, body: body)
        }
        let party = "platform-revenue.related-party"
        #expect(try await save("version=0&platform-revenue=900&\(party)=10", as: "manager").status == 303)
        // The reporter's page is older: it changes only the other field.
        let seen = "version=0&was-platform-revenue=&was-\(party)="
        #expect(try await save(seen + "&platform-revenue=&\(party)=10.0", as: "reporter").status == 303)
        let stale = "version=1&was-platform-revenue=900&was-\(party)=10"
        #expect(try await save("version=2&platform-revenue=950&\(party)=10", as: "manager").status == 303)
        #expect(try await save(stale + "&platform-revenue=900&\(party)=20", as: "reporter").status == 303)
        let read = try await desk.site.ask(.get, CellDesk.base + "/cells/platform-revenue/declared", as: "manager")
        #expect((read.json?["values"] as? [String: Double])?["platform-revenue"] == 950, "\(read.body)")
        #expect((read.json?["values"] as? [String: Double])?[party] == 20)
        // Both changed the same field.
        let both = try await save(stale + "&platform-revenue=800&\(party)=10", as: "manager")
        #expect(both.status == 412 && both.body.contains("value=\"800\"") && both.body.contains("value=\"950"))
        let version = try #require(both.body.firstMatch(of: /name="version" value="([0-9]+)"/)).1
        let chosen = try await save("version=\(version)&platform-revenue=800&\(party)=20", as: "manager")
        #expect(chosen.status == 303)
        let last = try await desk.site.ask(.get, CellDesk.base + "/cells/platform-revenue/declared", as: "manager")
        #expect((last.json?["values"] as? [String: Double])?["platform-revenue"] == 800)
    }

    @Test("Two people in one form: the second is told and sees what is there now")
    func twoPeople() async throws {
        let desk = try await CellDesk()
        let path = "/company/rounds/r1/cells/platform-revenue"
        for token in ["manager", "reporter"] {
            let answer = try await desk.site.ask(
                .post, path, as: token, headers: Self.formType, body: "version=0&platform-revenue=\(token.count)")
            #expect(answer.status == (token == "manager" ? 303 : 412))
            if token == "reporter" { #expect(answer.body.contains("刚被他人修改过")) }
        }
    }

    private func multipart(_ fields: [String: String], file: String, _ bytes: [UInt8]) -> (type: String, body: [UInt8])
    {
        var body: [UInt8] = []
        for (name, value) in fields {
            body += Array("--XyZ\r\nContent-Disposition: form-data; name=\"\(name)\"\r\n\r\n\(value)\r\n".utf8)
        }
        body += Array(
            "--XyZ\r\nContent-Disposition: form-data; name=\"file\"; filename=\"\(file)\"\r\nContent-Type: text/csv\r\n\r\n"
                .utf8)
        return ("multipart/form-data; boundary=XyZ", body + bytes + Array("\r\n--XyZ--\r\n".utf8))
    }

    private func send(_ desk: CellDesk, _ path: String, _ form: (type: String, body: [UInt8])) async throws
        -> TestSite.Answer
    {
        try await desk.site.ask(
            .post, "/company/rounds/r1/cells/" + path, as: "manager",
            headers: ["Content-Type": form.type, "Accept": "text/html"], bytes: form.body)
    }

    @Test("A list uploaded in the browser: the good rows are kept, the wrong ones stand on the page with what to do")
    func list() async throws {
        let desk = try await CellDesk()
        let csv = ItemAndEvidenceRoutesTests.header + ItemAndEvidenceRoutesTests.park + ",国家级,320500,HT-3\n"
        let partly = try await send(desk, "parks-served/items", multipart([:], file: "园区;清单.csv", Array(csv.utf8)))
        #expect(partly.status == 200)
        #expect(partly.body.contains("“园区名称”为必填项") && partly.body.contains("可计入 1 行，有误 1 行"))
        let clean = ItemAndEvidenceRoutesTests.header + ItemAndEvidenceRoutesTests.park
        let done = try await send(desk, "parks-served/items", multipart([:], file: "a.csv", Array(clean.utf8)))
        #expect(done.status == 303)
        let page = try await desk.site.ask(.get, service, as: "manager")
        #expect(page.body.contains("苏州工业园区") && page.body.contains("已收 1 行"))
        let nothing = try await send(desk, "parks-served/items", multipart([:], file: "a.csv", []))
        #expect(nothing.status == 422)
        #expect(try await desk.site.services.cells.declarations.listCounts("r1", "p1") == ["parks-served": 1])
    }

    @Test("Evidence uploaded in the browser lies under its requirement; a wrong file says why")
    func evidence() async throws {
        let desk = try await CellDesk()
        let asked = ["requirement": "audit-report"]
        let done = try await send(
            desk, "platform-revenue/evidence", multipart(asked, file: "审计报告.pdf", ItemAndEvidenceRoutesTests.pdf))
        #expect(done.status == 303, "\(done.body)")
        let page = try await desk.site.ask(.get, operation, as: "manager")
        #expect(page.body.contains("审计报告.pdf"))
        let digest = Digest.sha256(of: ItemAndEvidenceRoutesTests.pdf).hex
        for status in [303, 404] {
            let gone = try await desk.site.ask(
                .post, "/company/rounds/r1/cells/platform-revenue/evidence/remove", as: "manager",
                headers: Self.formType, body: "digest=\(digest)")
            #expect(gone.status == status)
        }
        let wrong = try await send(
            desk, "platform-revenue/evidence", multipart(asked, file: "a.exe", Array("MZ".utf8)))
        #expect(wrong.status == 415 && wrong.body.contains("不是可接收的类型"))
        let damaged = try await send(
            desk, "platform-revenue/evidence", ("multipart/form-data; boundary=XyZ", Array("x".utf8)))
        #expect(damaged.status == 400)
    }

    @Test("Handing in from the page locks the form and says so")
    func submit() async throws {
        let desk = try await CellDesk()
        let byReporter = try await desk.site.ask(
            .post, overview + "/submission", as: "reporter", headers: Self.formType, body: "action=submit")
        #expect(byReporter.status == 403)
        let answer = try await desk.site.ask(
            .post, overview + "/submission", as: "manager", headers: Self.formType, body: "action=submit")
        #expect(answer.status == 303)
        let page = try await desk.site.ask(.get, overview, as: "manager")
        #expect(page.body.contains("县级初审"))
        let late = try await desk.site.ask(
            .post, "/company/rounds/r1/cells/platform-revenue", as: "manager", headers: Self.formType,
            body: "version=0&platform-revenue=1")
        #expect(late.status == 409 && late.body.contains("不能修改"))
    }

    @Test("Nobody but the company sees its pages", arguments: [("operator", 403), ("expert", 403)])
    func others(_ token: String, status: Int) async throws {
        let desk = try await CellDesk()
        #expect(try await desk.site.ask(.get, overview, as: token, headers: Self.html).status == status)
        let nobody = try await desk.site.ask(.get, overview, headers: Self.html)
        #expect(nobody.status == 303 && nobody.headers[.location]?.hasPrefix("/sign-in?next=") == true)
        let stranger = try await desk.site.ask(.get, overview, as: "other-manager", headers: Self.html)
        #expect(stranger.status == 200 && stranger.body.contains("尚未进入本轮评价"))
    }
}
