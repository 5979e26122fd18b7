import Foundation
import Testing
import Vocabulary

@Suite("Pages over HTTP")
struct PageRoutesTests {
    private static let html = ["Accept": "text/html", "Accept-Language": "zh-CN"]

    /// A demonstration round with one platform whose company has declared a figure.
    private func prepared() async throws -> TestSite {
        let site = try TestSite()
        _ = try await site.ask(.post, "/api/v1/rounds", as: "operator", body: RoundRoutesTests.newRound)
        _ = try await site.ask(
            .post, "/api/v1/rounds/r1/actions", as: "operator", body: #"{"action":"open","reason":"通知"}"#)
        _ = try await site.ask(
            .post, "/api/v1/rounds/r1/platforms", as: "operator",
            body: RoundRoutesTests.platform("p1", type: "comprehensive"))
        _ = try await site.ask(
            .put, "/api/v1/rounds/r1/platforms/p1/cells/financing-round/declared", as: "manager",
            headers: ["If-Match": "\"0\""], body: #"{"values":{"financing-round":2}}"#)
        return site
    }

    private func page(_ site: TestSite, _ path: String, as token: String? = nil) async throws -> TestSite.Answer {
        try await site.ask(.get, path, as: token, headers: Self.html)
    }

    @Test("Before there is a round the start page says what to do")
    func empty() async throws {
        let answer = try await page(try TestSite(), "/")
        #expect(answer.status == 200)
        #expect(answer.body.contains("还没有评价轮次"))
        #expect(answer.body.contains("href=\"/sign-in\""))
    }

    @Test("The start page leads to the newest round's result, which says that nothing was computed")
    func notComputed() async throws {
        let site = try await prepared()
        let start = try await page(site, "/")
        #expect(start.status == 303)
        #expect(start.headers[.location] == "/rounds/r1/result")
        let result = try await page(site, "/rounds/r1/result")
        #expect(result.status == 200)
        #expect(result.body.contains("还没有计算过结果"))
        #expect(result.body.contains("演示轮次"), "the demonstration is marked")
        #expect(!result.body.contains("<table class=\"table ranking\""))
    }

    @Test("The method shows all 32 indicators, their rules, and which values are ours")
    func method() async throws {
        let site = try await prepared()
        let answer = try await page(site, "/rounds/r1/method")
        #expect(answer.status == 200)
        #expect(answer.body.components(separatedBy: "<article class=\"rule-row\"").count == 33)
        #expect(answer.body.contains("工业设备连接数量"))
        #expect(answer.body.contains("系统默认"))
        let english = try await page(site, "/rounds/r1/method?lang=en")
        #expect(english.body.contains("Industrial devices connected"))
        #expect(english.body.contains("<html lang=\"en\">"))
        #expect(english.headers[.setCookie]?.contains("heng_language=en") == true)
    }

    @Test(
        "Who is not signed in is sent to sign in, and comes back",
        arguments: ["/authority/rounds/r1", "/authority/rounds/r1/queue", "/company/rounds/r1/port", "/accounts"])
    func signInFirst(_ path: String) async throws {
        let site = try await prepared()
        let answer = try await page(site, path)
        #expect(answer.status == 303)
        #expect(answer.headers[.location] == "/sign-in?next=\(path)")
    }

    @Test(
        "Roles without the right get a page that says so",
        arguments: [
            ("manager", "/authority/rounds/r1"), ("manager", "/accounts"), ("expert", "/authority/rounds/r1/queue"),
            ("operator", "/accounts"),
        ])
    func denied(_ role: String, _ path: String) async throws {
        let answer = try await page(try await prepared(), path, as: role)
        #expect(answer.status == 403)
        #expect(answer.body.contains("没有权限"))
        #expect(answer.body.contains("access.denied"))
    }

    @Test("The workbench shows stages, queues and the heat table; buttons only for those who may use them")
    func workbench() async throws {
        let site = try await prepared()
        let answer = try await page(site, "/authority/rounds/r1", as: "operator")
        #expect(answer.status == 200)
        #expect(answer.body.contains("平台与指标一览"))
        #expect(answer.body.contains("云枢平台"))
        #expect(answer.body.components(separatedBy: "<td class=\"h h-").count == 33)
        #expect(answer.body.contains("h-declared"))
        #expect(answer.body.contains("转入审核"))
        #expect(!answer.body.contains("value=\"cancel\""), "cancelling is the approver's")
        let inspector = try await page(site, "/authority/rounds/r1", as: "inspector")
        #expect(inspector.status == 200)
        #expect(!inspector.body.contains("name=\"action\""))
    }

    @Test("A form on the workbench moves the round along and leaves its entry")
    func act() async throws {
        let site = try await prepared()
        let answer = try await site.ask(
            .post, "/authority/rounds/r1/actions", as: "operator", headers: Self.html,
            body: "action=review&reason=%E7%94%B3%E6%8A%A5%E6%88%AA%E6%AD%A2")
        #expect(answer.status == 303)
        #expect(try await site.services.rounds.round("r1")?.state == .reviewing)
        let log = try await page(site, "/log")
        #expect(log.body.contains("转入审核"))
        let again = try await site.ask(
            .post, "/authority/rounds/r1/actions", as: "operator", headers: Self.html, body: "action=review&reason=x")
        #expect(again.status == 409)
        #expect(again.body.contains("review.round_action_not_allowed"))
    }

    @Test("The port page tells a company how to begin, and shows a new key once")
    func port() async throws {
        let site = try await prepared()
        let empty = try await page(site, "/company/rounds/r1/port", as: "manager")
        #expect(empty.status == 200)
        #expect(empty.body.contains("还没有收到数据"))
        let made = try await site.ask(
            .post, "/company/rounds/r1/port/keys", as: "manager", headers: Self.html, body: "name=gateway")
        #expect(made.status == 200)
        #expect(made.body.contains("class=\"wrap key\""))
        let after = try await page(site, "/company/rounds/r1/port", as: "manager")
        #expect(after.body.contains("gateway"))
        #expect(!after.body.contains("class=\"wrap key\""))
        let other = try await page(site, "/company/rounds/r1/port?platform=p1", as: "expert")
        #expect(other.status == 403)
    }

    @Test("The log and each entry are public, and an entry carries what the browser checks")
    func log() async throws {
        let site = try await prepared()
        let list = try await page(site, "/log")
        #expect(list.status == 200)
        #expect(list.body.contains("建立轮次"))
        let entry = try await page(site, "/log/0")
        #expect(entry.status == 200)
        #expect(entry.body.contains("data-inclusion=\"{"))
        #expect(entry.body.contains("r1"))
        #expect(try await page(site, "/log/99999").status == 404)
        #expect(try await page(site, "/log/x").status == 404)
    }

    @Test("Every problem has a page in both languages")
    func problems() async throws {
        let site = try TestSite()
        let chinese = try await page(site, "/problems/review.round_exists")
        #expect(chinese.status == 200)
        #expect(chinese.body.contains("review.round_exists"))
        let english = try await page(site, "/problems/review.round_exists?lang=en")
        #expect(english.body.contains("lang=\"en\""))
        #expect(try await page(site, "/problems/no.such").status == 404)
    }

    @Test("Sign-in goes back only to addresses of this site")
    func nextIsOurs() async throws {
        let site = try TestSite()
        let good = try await page(site, "/sign-in?next=/log%3Fstart%3D3")
        #expect(good.body.contains("name=\"next\" value=\"/log?start=3\""))
        for bad in ["https://evil.example", "//evil.example", "/%5Cevil.example"] {
            let answer = try await page(site, "/sign-in?next=\(bad)")
            #expect(answer.body.contains("name=\"next\" value=\"/\""))
        }
    }

    @Test("A wrong password is told on the page, without saying which half was wrong")
    func wrongPassword() async throws {
        let site = try TestSite()
        let answer = try await site.ask(
            .post, "/sign-in", headers: Self.html, body: "account=nobody&password=wrong&next=%2F")
        #expect(answer.status == 401 || answer.status == 403)
        #expect(answer.body.contains("账号或口令不正确"))
        #expect(answer.headers[.setCookie] == nil)
    }
}
