import Access
import HTTPTypes
import Hummingbird
import Vocabulary
import Wording

/// The page where administrators see accounts and the system administrator opens new ones.
struct AccountPageRoutes: Sendable {
    let site: Site
    private var services: Services { site.services }
    private static let listed = 500

    func add(to router: Router<WebContext>) {
        router.get("/accounts", use: show)
        router.post("/accounts", use: create)
    }

    @Sendable func show(_ request: Request, _ context: WebContext) async throws -> Response {
        try context.principal.require(.readAccounts)
        let created = request.uri.queryParameters["created"].map(String.init)
        let catalogue = Catalogue.of(context.language)
        return try await page(
            context, notice: created.map { Notice(catalogue.text("access.page.created", ["account": $0]), .good) })
    }

    @Sendable func create(_ request: Request, _ context: WebContext) async throws -> Response {
        try context.principal.require(.manageAccounts)
        let fields = try await FormBody.fields(request)
        func optional(_ name: String) -> String? { fields[name].flatMap { $0.isEmpty ? nil : $0 } }
        let body = AccountRoutes.NewAccount(
            id: fields["id"] ?? "", displayName: fields["displayName"] ?? "", password: fields["password"] ?? "",
            roles: optional("role").map { [$0] } ?? [], company: optional("company"), region: optional("region"))
        do {
            let account = try await AccountRoutes(site: site).create(body, context)
            return .seeOther("/accounts?created=\(account.id)")
        } catch let failure as Failure where failure.code.hasPrefix("access.account_") {
            return try await page(context, typed: fields, failure: failure)
        }
    }

    private func page(
        _ context: WebContext, notice: Notice? = nil, typed: [String: String] = [:], failure: Failure? = nil
    ) async throws -> Response {
        let catalogue = Catalogue.of(context.language)
        let accounts = try await services.accounts.accounts(after: nil, limit: Self.listed)
        let unplaced =
            failure?.findings.filter { !["id", "displayName", "company", "region"].contains($0.place) } ?? []
        let fault = failure.map { failure in
            Notice(
                ([catalogue.text(failure)] + unplaced.map { catalogue.text($0) }).joined(separator: " "), .wrong)
        }
        let roles = Role.allCases.map { (value: $0.rawValue, title: catalogue.text("web.role.\($0.rawValue)")) }
        let page = AccountsPage(
            heading: Heading(catalogue.text("access.page.title"), lead: catalogue.text("access.page.lead")),
            notice: fault ?? notice, accounts: accounts.map { line($0, catalogue) }, createHref: "/accounts",
            fields: fields(catalogue, typed, failure),
            choices: [
                Choice(
                    "role", label: catalogue.text("web.accounts.roles"), options: roles,
                    selected: typed["role"] ?? Role.reporter.rawValue)
            ])
        let status = failure.map { HTTPResponse.Status(code: ProblemStatus.of($0.code)) } ?? .ok
        return try await site.answer(page, context, status: status)
    }

    private func line(_ account: Account, _ catalogue: Catalogue) -> AccountsPage.Line {
        let roles = account.roles.sorted().map { catalogue.text("web.role.\($0.rawValue)") }
        return AccountsPage.Line(
            id: account.id.rawValue, name: account.displayName, roles: roles.joined(separator: " · "),
            belongs: account.company?.text ?? account.region?.rawValue ?? catalogue.text("access.page.everywhere"))
    }

    private func fields(_ catalogue: Catalogue, _ typed: [String: String], _ failure: Failure?) -> [FormField] {
        func field(_ name: String, _ label: String, _ hint: String?, required: Bool = false) -> FormField {
            FormField(
                id: name, name: name, label: catalogue.text(label), value: typed[name] ?? "",
                hint: hint.map { catalogue.text($0) },
                error: failure?.findings.first { $0.place == name }.map { catalogue.text($0) }, isRequired: required)
        }
        return [
            field("id", "web.accounts.account", "access.page.id_hint", required: true),
            field("displayName", "web.accounts.name", nil, required: true),
            field("company", "access.page.company", "access.page.company_hint"),
            field("region", "access.page.region", "access.page.region_hint"),
        ]
    }
}
