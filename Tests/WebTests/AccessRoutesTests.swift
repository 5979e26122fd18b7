import Access
import Foundation
import Store
import Testing
import Trust
import Vocabulary
import Web

@Suite("Signing in and accounts over HTTP")
struct AccessRoutesTests {
    static let password = "Heng-evaluates-2025"

    /// A site with real sessions and three accounts.
    static func site(clock: any Vocabulary.Clock = FixedClock()) async throws -> TestSite {
        let site = try TestSite(clock: clock, sessions: nil)
        let people: [(AccountID, Role)] = [
            ("admin", .systemAdministrator), ("guard", .securityAdministrator), ("zhang", .provinceOperator),
        ]
        for (id, role) in people {
            let hash = try PasswordHash(of: password, random: SystemRandomSource(), cost: 1)
            let account = Account(id: id, displayName: "某人", roles: [role], createdAt: clock.now())
            let entry = AuditEntry(
                "account.created", actor: .system("test"), at: clock.now(), subject: AuditSubject(), salt: [])
            _ = try await site.services.accounts.create(account, password: hash, entry: entry)
        }
        return site
    }

    static func signIn(_ site: TestSite, _ id: String, _ password: String = password) async throws -> TestSite.Answer {
        try await site.ask(.post, "/api/v1/sessions", body: #"{"account":"\#(id)","password":"\#(password)"}"#)
    }

    static func token(_ site: TestSite, _ id: String) async throws -> String {
        try #require(try await signIn(site, id).json?["token"] as? String)
    }

    static func size(_ site: TestSite) async throws -> Int { try await site.services.log.checkpoint().checkpoint.size }

    @Test("A session begins, says who one is, and ends")
    func lifeOfASession() async throws {
        let site = try await Self.site()
        let started = try await Self.signIn(site, "zhang")
        #expect(started.status == 201)
        let cookie = started.headers[.setCookie] ?? ""
        #expect(cookie.hasPrefix("heng_session=hs_") && cookie.contains("HttpOnly") && cookie.contains("SameSite=Lax"))
        let token = try #require(started.json?["token"] as? String)
        let me = try await site.ask(.get, "/api/v1/me", as: token)
        #expect(me.json?["id"] as? String == "zhang" && me.json?["roles"] as? [String] == ["operator"])
        #expect(!me.body.contains("$y$"))
        let list = try await site.ask(.get, "/api/v1/sessions", as: token)
        #expect((list.json?["items"] as? [[String: Any]])?.first?["isCurrent"] as? Bool == true)
        #expect(try await site.ask(.delete, "/api/v1/sessions/current", as: token).status == 204)
        #expect(try await site.ask(.get, "/api/v1/me", as: token).status == 401)
        let last = try await site.services.log.entries(start: 3, limit: 10).map(\.leaf.kind.rawValue)
        #expect(last == ["session.started", "session.ended"])
    }

    @Test("A wrong password and an unknown account read alike, and start nothing")
    func refused() async throws {
        let site = try await Self.site()
        let before = try await Self.size(site)
        let wrong = try await Self.signIn(site, "zhang", "wrong password")
        let unknown = try await Self.signIn(site, "nobody")
        #expect(wrong.status == 401 && unknown.status == 401)
        #expect(wrong.body == unknown.body)
        #expect(wrong.headers[.setCookie] == nil)
        #expect(try await Self.size(site) == before)
    }

    @Test("After five wrong passwords even the right one waits, and one entry says so")
    func resting() async throws {
        let site = try await Self.site()
        for _ in 0..<5 { #expect(try await Self.signIn(site, "zhang", "wrong").status == 401) }
        let before = try await Self.size(site)
        let resting = try await Self.signIn(site, "zhang")
        #expect(resting.status == 429 && resting.code == "access.resting")
        #expect(resting.headers[.retryAfter] == "900")
        #expect(try await site.services.log.entry(before - 1)?.leaf.kind == "account.rested")
        #expect(try await Self.size(site) == before)
        #expect(try await Self.signIn(site, "admin").status == 201)
    }

    @Test("A locked account is told why, only with the right password, and its sessions end")
    func locked() async throws {
        let site = try await Self.site()
        let (own, guardian) = (try await Self.token(site, "zhang"), try await Self.token(site, "guard"))
        let lock = #"{"action":"lock","reason":"调离岗位"}"#
        #expect(try await site.ask(.post, "/api/v1/accounts/zhang/actions", as: own, body: lock).status == 403)
        let done = try await site.ask(.post, "/api/v1/accounts/zhang/actions", as: guardian, body: lock)
        #expect((done.json?["lock"] as? [String: Any])?["reason"] as? String == "调离岗位")
        #expect(try await site.ask(.get, "/api/v1/me", as: own).status == 401)
        let told = try await Self.signIn(site, "zhang")
        #expect(told.status == 403 && told.body.contains("调离岗位"))
        #expect(try await !Self.signIn(site, "zhang", "wrong").body.contains("调离岗位"))
        let unlock = #"{"action":"unlock","reason":"核实无误"}"#
        #expect(try await site.ask(.post, "/api/v1/accounts/zhang/actions", as: guardian, body: unlock).status == 200)
        #expect(try await Self.signIn(site, "zhang").status == 201)
        let ownLock = try await site.ask(.post, "/api/v1/accounts/guard/actions", as: guardian, body: lock)
        #expect(ownLock.status == 409 && ownLock.code == "access.own_lock")
        let silent = try await site.ask(
            .post, "/api/v1/accounts/zhang/actions", as: guardian, body: #"{"action":"lock","reason":" "}"#)
        #expect(silent.code == "access.reason_missing")
    }

    @Test("The system administrator opens an account, whose holder signs in; nobody else may")
    func opening() async throws {
        let site = try await Self.site()
        let (admin, other) = (try await Self.token(site, "admin"), try await Self.token(site, "zhang"))
        let body = """
            {"id":"p07-manager","displayName":"陈立","password":"\(Self.password)","roles":["manager","reporter"],
             "company":"\(TestSite.companyCode)"}
            """
        #expect(try await site.ask(.post, "/api/v1/accounts", as: other, body: body).status == 403)
        #expect(try await site.ask(.post, "/api/v1/accounts", body: body).status == 401)
        let made = try await site.ask(.post, "/api/v1/accounts", as: admin, body: body)
        #expect(made.status == 201)
        #expect(made.headers[.location] == "/api/v1/accounts/p07-manager")
        #expect(try await Self.signIn(site, "p07-manager").status == 201)
        #expect(try await site.ask(.post, "/api/v1/accounts", as: admin, body: body).code == "access.account_exists")
        let list = try await site.ask(.get, "/api/v1/accounts?limit=2", as: admin)
        #expect(list.json?["next"] as? String == "guard")
    }

    @Test("Everything that is wrong with a new account is said at once, and nothing is kept")
    func faults() async throws {
        let site = try await Self.site()
        let admin = try await Self.token(site, "admin")
        let before = try await Self.size(site)
        let body = """
            {"id":"X","displayName":" ","password":"short","roles":["manager","king"],"company":"913205000000000000"}
            """
        let answer = try await site.ask(.post, "/api/v1/accounts", as: admin, body: body)
        #expect(answer.status == 422)
        let codes = (answer.json?["findings"] as? [[String: Any]])?.compactMap { $0["code"] as? String } ?? []
        #expect(
            Set(codes).isSuperset(of: [
                "access.account_id_invalid", "access.display_name_invalid", "access.role_unknown",
                "access.company_invalid", "access.password_short",
            ]))
        #expect(try await Self.size(site) == before)
    }

    @Test("A password is changed with the old one, and every session ends")
    func password() async throws {
        let site = try await Self.site()
        let token = try await Self.token(site, "zhang")
        func change(_ old: String, _ new: String) async throws -> TestSite.Answer {
            try await site.ask(
                .put, "/api/v1/me/password", as: token, body: #"{"current":"\#(old)","new":"\#(new)"}"#)
        }
        #expect(try await change("wrong", "An-entirely-new-one").status == 401)
        #expect(try await change(Self.password, "short").code == "access.password_invalid")
        #expect(try await change(Self.password, "An-entirely-new-one").status == 204)
        #expect(try await site.ask(.get, "/api/v1/me", as: token).status == 401)
        #expect(try await Self.signIn(site, "zhang").status == 401)
        #expect(try await Self.signIn(site, "zhang", "An-entirely-new-one").status == 201)
    }
}

@Suite("The sign-in and account pages")
struct SignInPageTests {
    static let form = ["Content-Type": "application/x-www-form-urlencoded"]

    @Test("The form signs in without JavaScript and goes back to where one came from")
    func form() async throws {
        let site = try await AccessRoutesTests.site()
        let page = try await site.ask(.get, "/sign-in?next=/accounts%3Fa%3Db")
        #expect(page.status == 200 && page.body.contains("name=\"password\""))
        #expect(page.body.contains("value=\"/accounts?a=b\""))
        let body = "account=admin&password=\(AccessRoutesTests.password)&next=%2Faccounts%3Fa%3Db"
        let done = try await site.ask(.post, "/sign-in", headers: Self.form, body: body)
        #expect(done.status == 303 && done.headers[.location] == "/accounts?a=b")
        let cookie = try #require(done.headers[.setCookie]?.split(separator: ";").first.map(String.init))
        let accounts = try await site.ask(.get, "/accounts", headers: ["Cookie": cookie])
        #expect(accounts.status == 200 && accounts.body.contains("zhang"))
        let out = try await site.ask(.post, "/sign-out", headers: ["Cookie": cookie])
        #expect(out.status == 303 && out.headers[.setCookie]?.contains("Max-Age=0") == true)
        #expect(try await site.ask(.get, "/api/v1/me", headers: ["Cookie": cookie]).status == 401)
    }

    @Test("A refusal shows the form again with the account and the reason, never the password")
    func refusal() async throws {
        let site = try await AccessRoutesTests.site()
        let answer = try await site.ask(
            .post, "/sign-in", headers: Self.form, body: "account=zhang&password=not-the-one&next=/")
        #expect(answer.status == 401)
        #expect(answer.body.contains("账号或口令不正确") && answer.body.contains("value=\"zhang\""))
        #expect(!answer.body.contains("not-the-one"))
    }

    @Test(
        "No address leads to another site",
        arguments: [
            "//evil.example", "https://evil.example", "/\\evil.example", "javascript:alert(1)", "", "/a%0d%0ab",
        ])
    func redirects(next: String) async throws {
        let site = try await AccessRoutesTests.site()
        let body = "account=zhang&password=\(AccessRoutesTests.password)&next=\(next)"
        let done = try await site.ask(.post, "/sign-in", headers: Self.form, body: body)
        #expect(done.headers[.location] == "/")
    }

    @Test("Another site's form cannot use a reader's cookie")
    func forgery() async throws {
        let site = try await AccessRoutesTests.site()
        let token = try await AccessRoutesTests.token(site, "admin")
        let headers = Self.form.merging(["Cookie": "heng_session=\(token)", "Origin": "http://evil.example"]) { $1 }
        let answer = try await site.ask(.post, "/accounts", headers: headers, body: "id=evil")
        #expect(answer.status == 403)
        #expect(try await site.services.accounts.account("evil") == nil)
    }

    @Test("The account page opens accounts and shows each fault at its field")
    func accounts() async throws {
        let site = try await AccessRoutesTests.site()
        let cookie = "heng_session=\(try await AccessRoutesTests.token(site, "admin"))"
        let headers = Self.form.merging(["Cookie": cookie]) { $1 }
        let wrong = try await site.ask(
            .post, "/accounts", headers: headers, body: "id=Li&displayName=李四&password=short&role=expert")
        #expect(wrong.status == 422 && wrong.body.contains("李四") && wrong.body.contains("小写字母开头"))
        let body = "id=li-4&displayName=李四&password=\(AccessRoutesTests.password)&role=expert"
        let made = try await site.ask(.post, "/accounts", headers: headers, body: body)
        #expect(made.status == 303)
        #expect(try await site.services.accounts.account("li-4")?.displayName == "李四")
    }

    @Test("Who is not signed in is sent to sign in, and comes back")
    func sentToSignIn() async throws {
        let site = try await AccessRoutesTests.site()
        let answer = try await site.ask(.get, "/accounts", headers: ["Accept": "text/html"])
        #expect(answer.status == 303 && answer.headers[.location] == "/sign-in?next=/accounts")
    }
}
