import Access
import Hummingbird
import Vocabulary
import Wording

/// The system administrator's page of accounts.
struct AccountPageRoutes: Sendable {
    let site: Site
    private var services: Services { site.services }

    func add(to router: Router<WebContext>) {
        router.get("/accounts", use: show)
        router.post("/accounts", use: create)
    }

    @Sendable func show(_ request: Request, _ context: WebContext) async throws -> Response {
        try context.principal.require(.readAccounts)
        let made = request.uri.queryParameters["made"].map(String.init)
        let notice = made.map {
            Notice(Catalogue.of(context.language).text("web.accounts.made", ["account": $0]), .good)
        }
        return try await page(notice: notice, form: nil, errors: [:], context)
    }

    @Sendable func create(_ request: Request, _ context: WebContext) async throws -> Response {
        try context.principal.require(.manageAccounts)
        let form = try await FormBody(request)
        func filled(_ name: String) -> String? { form[name].isEmpty ? nil : form[name] }
        let body = AccountRoutes.NewAccount(
            id: form["id"], displayName: form["displayName"], password: form.exact("password"),
            roles: [form["role"]], company: filled("company"), region: filled("region"))
        do {
            let account = try await AccountRoutes(site: site).create(body, context)
            return .seeOther("/accounts?made=\(account.id)")
        } catch let failure as Failure where ProblemStatus.of(failure.code) < 500 {
            let catalogue = Catalogue.of(context.language)
            var errors: [String: String] = [:]
            for finding in failure.findings { errors[finding.place] = catalogue.text(finding) }
            let said = ([catalogue.text(failure)] + failure.findings.map { catalogue.text($0) })
                .joined(separator: catalogue.text("web.list.space"))
            return try await page(notice: Notice(said, .wrong), form: form, errors: errors, status: 422, context)
        }
    }

    private func page(
        notice: Notice?, form: FormBody?, errors: [String: String], status: Int = 200, _ context: WebContext
    ) async throws -> Response {
        let catalogue = Catalogue.of(context.language)
        func say(_ key: String) -> String { catalogue.text("web.accounts.\(key)") }
        func field(_ name: String, label: String, hint: String, isRequired: Bool) -> FormField {
            FormField(
                id: "account-\(name)", name: name, label: label, value: form?[name] ?? "", hint: hint,
                error: errors[name], isRequired: isRequired)
        }
        let accounts = try await services.accounts.accounts(after: nil, limit: 500)
        let roles = Role.allCases.map { ($0.rawValue, catalogue.text("access.role.\($0.rawValue)")) }
        let page = AccountsPage(
            heading: Heading(say("title"), lead: say("lead")), notice: notice,
            accounts: accounts.map { account in
                AccountsPage.Line(
                    id: account.id.rawValue, name: account.displayName,
                    roles: account.roles.sorted().map { catalogue.text("access.role.\($0.rawValue)") }
                        .joined(separator: catalogue.text("web.list.separator")),
                    belongs: account.company?.description ?? account.region?.rawValue ?? "")
            },
            createHref: "/accounts",
            fields: [
                field("id", label: say("account"), hint: say("account_hint"), isRequired: true),
                field("displayName", label: say("name"), hint: say("name_hint"), isRequired: true),
                field("company", label: say("company"), hint: say("company_hint"), isRequired: false),
                field("region", label: say("region"), hint: say("region_hint"), isRequired: false),
            ],
            choices: [Choice("role", label: say("role"), options: roles, selected: form?["role"] ?? "manager")])
        return try await site.answer(page, context, status: .init(code: status))
    }
}
