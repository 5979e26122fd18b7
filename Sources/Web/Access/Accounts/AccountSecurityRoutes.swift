import Access
import HTTPTypes
import Hummingbird
import Trust
import Vocabulary
import Wording

/// The security administrator's page of one account: its lock, its sessions, its second factor.
struct AccountSecurityRoutes: Sendable {
    let site: Site
    private var services: Services { site.services }

    func add(to router: Router<WebContext>) {
        router.get("/accounts/:account", use: show)
        router.post("/accounts/:account", use: act)
    }

    @Sendable func show(_ request: Request, _ context: WebContext) async throws -> Response {
        try context.principal.require(.readAccounts)
        let done = request.uri.queryParameters["done"].flatMap { AccountRoutes.Act.Action(rawValue: String($0)) }
        let catalogue = Catalogue.of(context.language)
        return try await page(
            notice: done.map { Notice(catalogue.text("web.account_security.done_\($0.rawValue)"), .good) },
            status: 200, context)
    }

    @Sendable func act(_ request: Request, _ context: WebContext) async throws -> Response {
        try context.principal.require(.secureAccounts)
        let form = try await FormBody(request, limitBytes: 16 << 10)
        guard let action = AccountRoutes.Act.Action(rawValue: form["action"]) else {
            throw Failure("web.body_invalid", ["field": "action"])
        }
        do {
            let target = try await AccountRoutes(site: site).account(context)
            try await AccountRoutes(site: site).perform(action, on: target, reason: form["reason"], context)
            return .seeOther("/accounts/\(target.id)?done=\(action.rawValue)")
        } catch let failure as Failure where [409, 422].contains(ProblemStatus.of(failure.code)) {
            let notice = Notice(Catalogue.of(context.language).text(failure), .wrong)
            return try await page(notice: notice, status: ProblemStatus.of(failure.code), context)
        }
    }

    private func page(notice: Notice?, status: Int, _ context: WebContext) async throws -> Response {
        let account = try await AccountRoutes(site: site).account(context)
        let catalogue = Catalogue.of(context.language)
        func say(_ key: String, _ values: [String: String] = [:]) -> String {
            catalogue.text("web.account_security.\(key)", values)
        }
        let moments = MomentFormat(zoneName: nil, context.language)
        let sessions = try await services.sessionStore.sessions(of: account.id, at: services.clock.now())
        let hasFactor = try await services.people.accounts.factors?.factor(of: account.id)?.confirmedAt != nil
        let maySecure = context.principal.may(.secureAccounts) && context.principal.account != account.id
        let actions: [AccountRoutes.Act.Action] =
            [account.lock == nil ? .lock : .unlock] + (sessions.isEmpty ? [] : [.endSessions])
            + (hasFactor ? [.removeSecondFactor] : [])
        let page = AccountSecurityPage(
            heading: Heading(
                account.displayName, kicker: account.id.rawValue,
                lead: account.roles.sorted().map { catalogue.text("access.role.\($0.rawValue)") }
                    .joined(separator: catalogue.text("web.list.separator"))),
            notice: notice,
            state: account.lock == nil
                ? StateWord("✓", say("open"), .good) : StateWord("✕", say("locked"), .wrong),
            lockSentence: account.lock.map {
                say("lock_sentence", ["at": moments.minute($0.at), "by": $0.by.rawValue, "reason": $0.reason])
            },
            factor: say(hasFactor ? "factor_on" : "factor_off"),
            sessions: sessions.map {
                .init(
                    agent: catalogue.device($0.agent), agentTitle: $0.agent,
                    startedAt: moments.minute($0.startedAt), expiresAt: moments.minute($0.expiresAt))
            },
            hasSessions: !sessions.isEmpty, maySecure: maySecure, actHref: "/accounts/\(account.id)",
            actions: [
                Choice(
                    "action", label: say("action"), options: actions.map { ($0.rawValue, say("act_\($0.rawValue)")) },
                    selected: actions.first?.rawValue ?? "")
            ])
        return try await site.answer(page, context, status: .init(code: status))
    }
}
