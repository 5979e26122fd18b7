import Access
import Foundation
import Testing
import Trust
import Vocabulary

@Suite("Second factor, own account and import over HTTP")
struct AccountsAreaTests {
    static let password = "correct-horse-battery"

    /// A site with real sessions and one account.
    private func site(_ account: String = "li.si", role: String = "operator") async throws -> TestSite {
        let site = try TestSite(sessions: nil)
        let hash = try await site.services.signInDesk.hash(Self.password, for: AccountID(account))
        let entry = AuditEntry(
            "account.created", actor: .system("test"), at: Instant(seconds: 1), subject: AuditSubject(key: "account"),
            salt: Array(repeating: 1, count: 16))
        let roles = [role].compactMap(Role.init(rawValue:))
        _ = try await site.services.accounts.create(
            Account(
                id: AccountID(account), displayName: "李四", roles: Set(roles), createdAt: Instant(seconds: 1)),
            password: hash, entry: entry)
        return site
    }

    private func signIn(_ site: TestSite, code: String? = nil) async throws -> TestSite.Answer {
        var body = ["account": "li.si", "password": Self.password]
        body["code"] = code
        let json = String(decoding: try JSONEncoder().encode(body), as: UTF8.self)
        return try await site.ask(.post, "/api/v1/sessions", body: json)
    }

    /// Turns it on; answers the secret and the codes on paper.
    private func enrol(_ site: TestSite) async throws -> (OneTimePassword, [String]) {
        let token = try #require(try await signIn(site).json?["token"] as? String)
        let proposal = try await site.ask(.post, "/api/v1/me/second-factor", as: token)
        #expect(proposal.status == 201)
        let again = try await site.ask(.post, "/api/v1/me/second-factor", as: token)
        #expect(again.json?["secret"] as? String == proposal.json?["secret"] as? String)
        let factor = try #require(try await site.services.people.accounts.factors?.factor(of: "li.si"))
        let step = OneTimePassword.step(at: site.services.clock.now())
        let wrong = try await site.ask(
            .post, "/api/v1/me/second-factor/confirmation", as: token, body: #"{"code":"000000"}"#)
        #expect(wrong.status == 401 || factor.password.code(step: step) == "000000")
        let code = factor.password.code(step: step - 1)
        let done = try await site.ask(
            .post, "/api/v1/me/second-factor/confirmation", as: token, body: #"{"code":"\#(code)"}"#)
        return (factor.password, try #require(done.json?["recoveryCodes"] as? [String]))
    }

    @Test("Once it is on, sign-in asks for a code, takes each code once, and a code on paper once")
    func secondFactor() async throws {
        let site = try await site()
        let (password, codes) = try await enrol(site)
        #expect(codes.count == 8)
        #expect(try await signIn(site).code == "access.second_factor_required")
        let code = password.code(step: OneTimePassword.step(at: site.services.clock.now()))
        #expect(try await signIn(site, code: code).status == 201)
        #expect(try await signIn(site, code: code).code == "access.second_factor_refused")
        #expect(try await signIn(site, code: codes[0].uppercased()).status == 201)
        #expect(try await signIn(site, code: codes[0]).code == "access.second_factor_refused")
    }

    @Test("Wrong codes count as tries, so the account rests after five")
    func tries() async throws {
        let site = try await site()
        _ = try await enrol(site)
        var codes: [String?] = []
        for _ in 0..<6 { codes.append(try await signIn(site, code: "12345").code) }
        #expect(codes.prefix(5).allSatisfy { $0 == "access.second_factor_refused" })
        #expect(codes.last == "access.resting")
    }

    @Test("Its secret lies sealed in the file")
    func sealed() async throws {
        let site = try await site()
        let (password, _) = try await enrol(site)
        for name in ["heng.sqlite", "heng.sqlite-wal"] {
            let bytes = (try? Data(contentsOf: site.folder.appending(path: name))) ?? Data()
            #expect(bytes.range(of: Data(password.secret)) == nil)
        }
    }

    @Test("Taking it away asks for the password")
    func removal() async throws {
        let site = try await site()
        let (password, _) = try await enrol(site)
        let code = password.code(step: OneTimePassword.step(at: site.services.clock.now()))
        let token = try #require(try await signIn(site, code: code).json?["token"] as? String)
        let wrong = try await site.ask(
            .post, "/api/v1/me/second-factor/removal", as: token, body: #"{"password":"x"}"#)
        #expect(wrong.code == "access.sign_in_refused")
        let right = try await site.ask(
            .post, "/api/v1/me/second-factor/removal", as: token, body: #"{"password":"\#(Self.password)"}"#)
        #expect(right.status == 204)
        #expect(try await signIn(site).status == 201)
    }

    @Test("The page lists sessions and ends the others")
    func sessions() async throws {
        let site = try await site()
        let first = try #require(try await signIn(site).json?["token"] as? String)
        let second = try #require(try await signIn(site).json?["token"] as? String)
        let page = try await site.ask(.get, "/account", as: second)
        #expect(page.status == 200 && page.body.contains("当前会话") && page.body.contains("结束其他全部会话"))
        let ended = try await site.ask(.post, "/account/sessions/end", as: second, body: "session=others")
        #expect(ended.status == 303)
        #expect(try await site.ask(.get, "/api/v1/me", as: first).status == 401)
        #expect(try await site.ask(.get, "/api/v1/me", as: second).status == 200)
    }

    @Test("Right rows of a table become accounts, wrong ones are told with row and column, a trial creates nothing")
    func importing() async throws {
        let site = try TestSite()
        let csv = """
            账号,姓名,角色,统一社会信用代码,行政区划代码,初始口令
            suzhou-clerk,王五,市级经办,,320500,
            p1-manager,赵六,manager,\(TestSite.companyCode),,long-enough-password
            bad-code,钱七,manager,91320500MA1ABCDE00,,
            suzhou-clerk,孙八,city-clerk,,320500,
            no-role,周九,皇帝,,,
            """
        let path = "/api/v1/accounts/import"
        let trial = try await site.ask(
            .post, path + "?trial=true", as: "system-administrator", headers: ["Content-Type": "text/csv"], body: csv)
        #expect(trial.status == 200 && trial.json?["saved"] as? Bool == false, "\(trial.body)")
        #expect(try await site.services.accounts.account("p1-manager") == nil)
        let done = try await site.ask(
            .post, path, as: "system-administrator", headers: ["Content-Type": "text/csv"], body: csv)
        let created = done.json?["created"] as? [[String: Any]] ?? []
        #expect(created.map { $0["account"] as? String } == ["suzhou-clerk", "p1-manager"], "\(done.body)")
        #expect(created.map { ($0["password"] as? String)?.count } == [19, nil])
        let faults = done.json?["faults"] as? [[String: Any]] ?? []
        #expect(
            Set(faults.compactMap { $0["place"] as? String }).isSuperset(of: [
                "row 4, column company", "row 5, column account", "row 6, column roles",
            ]))
        let clerk = try #require(try await site.services.accounts.account("suzhou-clerk"))
        #expect(clerk.roles == [.cityClerk] && clerk.region == "320500")
        let other = try await site.ask(.post, path, as: "operator", body: csv)
        #expect(other.status == 403)
    }

    @Test("The template comes back as a table that can be imported")
    func template() async throws {
        let site = try TestSite()
        let template = try await site.ask(
            .get, "/accounts/import/template.xlsx", as: "system-administrator")
        #expect(template.status == 200)
    }
}
