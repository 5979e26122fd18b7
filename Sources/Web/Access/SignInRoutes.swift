import Access
import Hummingbird
import Vocabulary
import Wording

/// Signing in and out by a form; the session is the API's.
struct SignInRoutes: Sendable {
    let site: Site
    private var services: Services { site.services }

    func add(to router: Router<WebContext>) {
        router.get("/sign-in", use: show)
        router.post("/sign-in", use: signIn)
        router.post("/sign-out", use: signOut)
    }

    @Sendable func show(_ request: Request, _ context: WebContext) async throws -> Response {
        let next = request.uri.queryParameters["next"].map { String($0).removingPercentEncoding ?? "/" } ?? "/"
        return try await page(next: Self.safe(next), account: "", fault: nil, status: 200, context)
    }

    @Sendable func signIn(_ request: Request, _ context: WebContext) async throws -> Response {
        let form = try await FormBody(request, limitBytes: 16 << 10)
        let next = Self.safe(form["next"])
        do {
            let (token, _, account) = try await services.signInDesk.signIn(
                AccountID(form["account"]), password: form.exact("password"), code: form["code"],
                agent: request.headers[.userAgent] ?? "")
            let home = next == "/" ? try await start(of: account) : next
            var answer = Response.seeOther(home)
            answer.headers[.setCookie] = SessionCookie.set(token, request)
            return answer
        } catch let failure as Failure where ProblemStatus.of(failure.code) < 500 {
            let fault = Catalogue.of(context.language).text(failure)
            return try await page(
                next: next, account: form["account"], fault: fault, status: ProblemStatus.of(failure.code), context)
        }
    }

    @Sendable func signOut(_ request: Request, _ context: WebContext) async throws -> Response {
        if let session = context.session, let account = context.principal.account {
            try await SessionRoutes(site: site).end(session.id, of: account, context)
        }
        var answer = Response.seeOther("/")
        answer.headers[.setCookie] = SessionCookie.cleared(request)
        return answer
    }

    private func page(
        next: String, account: String, fault: String?, status: Int, _ context: WebContext
    ) async throws -> Response {
        let demonstration = try await demonstrationAccounts(context.language)
        let page = SignInPage(
            title: Catalogue.of(context.language).text("web.signin.title"), fault: fault, next: next, account: account,
            hasDemonstrationAccounts: !demonstration.isEmpty, demonstrationAccounts: demonstration)
        return try await site.answer(page, context, status: .init(code: status))
    }

    /// One account of each kind where a demonstration round stands; their password is the one it was set up with.
    private func demonstrationAccounts(_ language: Language) async throws -> [SignInPage.DemonstrationAccount] {
        guard let round = try await services.rounds.rounds().first, round.kind == .demonstration else { return [] }
        let platform = try await services.rounds.participations(round.id, after: nil, limit: 1).first?.platform
        let ids =
            ["operator", "approver", "expert1"] + (platform.map { [$0.rawValue.lowercased() + "-manager"] } ?? [])
        var found: [SignInPage.DemonstrationAccount] = []
        for id in ids {
            guard let account = try await services.accounts.account(AccountID(id)) else { continue }
            let roles = account.roles.sorted().map { Catalogue.of(language).text("access.role.\($0.rawValue)") }
            found.append(
                .init(role: roles.joined(separator: Catalogue.of(language).text("web.list.separator")), account: id))
        }
        return found
    }

    /// Where a person begins: the page of their work in the newest round.
    private func start(of account: Account) async throws -> String {
        let principal = account.principal
        guard let round = try await site.currentRound(for: principal) else { return "/" }
        if principal.isOffice { return "/authority/rounds/\(round.id)" }
        if !principal.roles.isDisjoint(with: Role.company) { return "/company/rounds/\(round.id)" }
        if principal.may(.readCases) { return "/expert/rounds/\(round.id)" }
        return "/"
    }

    /// Only an address of this site; anything else leads to the start page.
    static func safe(_ address: String) -> String {
        guard address.hasPrefix("/"), !address.hasPrefix("//"), !address.hasPrefix("/\\"),
            address.unicodeScalars.allSatisfy({ $0.value > 32 && $0.value < 127 })
        else { return "/" }
        return address
    }
}
