import Access
import HTTPTypes
import Hummingbird
import Trust
import Vocabulary
import Wording

/// One's own account as a page: password, second factor, sessions.
struct OwnAccountRoutes: Sendable {
    let site: Site
    private var services: Services { site.services }
    private var factors: SecondFactorRoutes { SecondFactorRoutes(site: site) }

    func add(to router: Router<WebContext>) {
        router.get("/account", use: show)
        router.post("/account/password", use: changePassword)
        router.post("/account/sessions/end", use: endSession)
        router.post("/account/second-factor", use: propose)
        router.post("/account/second-factor/confirm", use: confirm)
        router.post("/account/second-factor/remove", use: removeFactor)
    }

    @Sendable func show(_ request: Request, _ context: WebContext) async throws -> Response {
        let done = request.uri.queryParameters["done"].map(String.init) ?? ""
        let known = ["session_ended", "sessions_ended", "factor_removed"]
        return try await page(
            notice: known.contains(done) ? Notice(say("web.account.\(done)", context), .good) : nil, context)
    }

    /// Every session ends, this one too: the reader signs in again with the new password.
    @Sendable func changePassword(_ request: Request, _ context: WebContext) async throws -> Response {
        try await refusing(context) {
            let id = try SessionRoutes.ownAccount(context)
            let form = try await FormBody(request, limitBytes: 16 << 10)
            guard form.exact("new") == form.exact("again") else { throw Failure("access.password_differs") }
            try await services.signInDesk.confirm(id, password: form.exact("current"))
            let password = try await services.signInDesk.hash(form.exact("new"), for: id)
            let entry = services.entry("account.password-changed", by: context, on: AuditSubject(key: "account:\(id)"))
            _ = try await services.accounts.setPassword(password, of: id, entry: entry)
            var answer = Response.seeOther("/sign-in?next=/account")
            answer.headers[.setCookie] = SessionCookie.cleared(request)
            return answer
        }
    }

    /// One session, or with `others` all but this one.
    @Sendable func endSession(_ request: Request, _ context: WebContext) async throws -> Response {
        try await refusing(context) {
            let id = try SessionRoutes.ownAccount(context)
            let form = try await FormBody(request, limitBytes: 4 << 10)
            if form["session"] == "others" {
                for session in try await services.sessionStore.sessions(of: id, at: services.clock.now())
                where session.id != context.session?.id {
                    try await SessionRoutes(site: site).end(session.id, of: id, context)
                }
                return .seeOther("/account?done=sessions_ended")
            }
            try await SessionRoutes(site: site).end(form["session"], of: id, context)
            return .seeOther("/account?done=session_ended")
        }
    }

    @Sendable func propose(_ request: Request, _ context: WebContext) async throws -> Response {
        try await refusing(context) {
            let id = try SessionRoutes.ownAccount(context)
            let password = try await factors.propose(for: id)
            return try await page(proposal: password, context)
        }
    }

    @Sendable func confirm(_ request: Request, _ context: WebContext) async throws -> Response {
        let id = try SessionRoutes.ownAccount(context)
        let form = try await FormBody(request, limitBytes: 4 << 10)
        do {
            let codes = try await factors.confirm(id, code: form["code"], context)
            var answer = try await page(
                notice: Notice(say("web.account.factor_added", context), .good), codes: codes, context)
            answer.headers[.cacheControl] = "no-store"
            return answer
        } catch let failure as Failure where failure.code == "access.second_factor_refused" {
            let notice = Notice(Catalogue.of(context.language).text(failure), .wrong)
            return try await page(notice: notice, proposal: try await factors.propose(for: id), status: 422, context)
        }
    }

    @Sendable func removeFactor(_ request: Request, _ context: WebContext) async throws -> Response {
        try await refusing(context) {
            let id = try SessionRoutes.ownAccount(context)
            let form = try await FormBody(request, limitBytes: 16 << 10)
            try await factors.remove(id, password: form.exact("password"), context)
            return .seeOther("/account?done=factor_removed")
        }
    }

    // MARK: What the page is made of

    private func say(_ key: String, _ context: WebContext) -> String { Catalogue.of(context.language).text(key) }

    /// What is refused stands on the page itself, with what to do.
    private func refusing(
        _ context: WebContext, _ body: () async throws -> Response
    ) async throws -> Response {
        do { return try await body() } catch let failure as Failure {
            let status = ProblemStatus.of(failure.code)
            guard context.principal.isSignedIn, status < 500, status != 413 else { throw failure }
            let catalogue = Catalogue.of(context.language)
            let said = ([catalogue.text(failure)] + failure.findings.map { catalogue.text($0) })
                .joined(separator: catalogue.text("web.list.space"))
            return try await page(notice: Notice(said, .wrong), status: status == 401 ? 422 : status, context)
        }
    }

    private func page(
        notice: Notice? = nil, proposal: OneTimePassword? = nil, codes: [String] = [], status: Int = 200,
        _ context: WebContext
    ) async throws -> Response {
        let id = try SessionRoutes.ownAccount(context)
        let catalogue = Catalogue.of(context.language)
        let sessions = try await services.sessionStore.sessions(of: id, at: services.clock.now())
        let moments = MomentFormat(zoneName: nil, context.language)
        let factor = try await services.people.accounts.factors?.factor(of: id)
        let isOn = factor?.confirmedAt != nil
        let roles = context.principal.roles.sorted().map { catalogue.text("access.role.\($0.rawValue)") }
        let page = OwnAccountPage(
            heading: Heading(
                context.principal.displayName,
                kicker: id.rawValue, lead: roles.joined(separator: catalogue.text("web.list.separator"))),
            notice: notice,
            factorState: isOn
                ? StateWord("✓", catalogue.text("web.account.factor_on"), .good)
                : StateWord("○", catalogue.text("web.account.factor_off"), .watch),
            factorLeft: isOn
                ? catalogue.text("web.account.codes_left", ["count": "\(factor?.recoveryCodesLeft ?? 0)"]) : nil,
            mayPropose: !isOn && proposal == nil, mayRemove: isOn && codes.isEmpty,
            proposal: proposal.map {
                OwnAccountPage.Proposal(
                    secret: $0.base32, grouped: Self.grouped($0.base32),
                    address: $0.address(account: id, issuer: "Heng"))
            },
            codes: codes, hasCodes: !codes.isEmpty,
            sessions: sessions.map { session in
                OwnAccountPage.SessionLine(
                    id: session.id,
                    agent: catalogue.device(session.agent), agentTitle: session.agent,
                    startedAt: moments.minute(session.startedAt), expiresAt: moments.minute(session.expiresAt),
                    isCurrent: session.id == context.session?.id)
            },
            hasOthers: sessions.contains { $0.id != context.session?.id })
        return try await site.answer(page, context, status: .init(code: status))
    }

    private static func grouped(_ text: String) -> String {
        stride(from: 0, to: text.count, by: 4).map { String(text.dropFirst($0).prefix(4)) }.joined(separator: " ")
    }
}

extension Catalogue {
    /// A device by the name that people know, else as it names itself.
    func device(_ agent: String) -> String {
        DeviceName(agent).text ?? (agent.isEmpty ? text("web.account.agent_unknown") : agent)
    }
}
