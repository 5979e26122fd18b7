import Access
import Hummingbird
import Review
import Scheme
import Submit
import Trust
import Vocabulary

/// Cells through the API: read them, declare figures.
struct CellRoutes: Sendable {
    let site: Site
    private var services: Services { site.services }

    func add(to router: Router<WebContext>) {
        router.get("/api/v1/rounds/:round/platforms/:platform/cells", use: list)
        router.get("/api/v1/rounds/:round/platforms/:platform/cells/:indicator", use: get)
        router.get("/api/v1/rounds/:round/platforms/:platform/cells/:indicator/declared", use: declared)
        router.put("/api/v1/rounds/:round/platforms/:platform/cells/:indicator/declared", use: declare)
    }

    struct Figures: Decodable {
        let values: [String: ExactDecimal?]
    }

    struct DeclaredResource: Encodable {
        let indicator: IndicatorID
        let values: [String: ExactDecimal]
        let by: AccountID?
        let at: Instant?
        let version: Int
        let findings: [Problem.Item]
    }

    @Sendable func list(_ request: Request, _ context: WebContext) async throws -> Response {
        let access = try await CellAccess(services, context)
        try access.require(.readCell)
        let book = try await CellBook(services, access)
        return .json(ListPage(items: access.scheme.indicators.map { book.resource($0) }, next: nil))
    }

    @Sendable func get(_ request: Request, _ context: WebContext) async throws -> Response {
        let access = try await CellAccess(services, context)
        try access.require(.readCell)
        let indicator = try services.indicator(context, in: access.scheme)
        let book = try await CellBook(services, access)
        // The tag is that of the side which the asker may edit: the company its declaration, reviewers the verified value.
        let version =
            access.may(.declareCell)
            ? book.declarations[indicator.id]?.version ?? 0
            : try await services.cells.verifications.verifiedVersion(access.cell(indicator))
        return .json(book.resource(indicator), headers: [.eTag: EntityTag.text(version)])
    }

    @Sendable func declared(_ request: Request, _ context: WebContext) async throws -> Response {
        let access = try await CellAccess(services, context)
        try access.require(.readCell)
        let indicator = try services.indicator(context, in: access.scheme)
        let present = try await services.cells.declarations.declaration(access.cell(indicator))
        return answer(indicator, present, [], context)
    }

    @Sendable func declare(_ request: Request, _ context: WebContext) async throws -> Response {
        let access = try await CellAccess(services, context)
        let indicator = try services.indicator(context, in: access.scheme)
        try await access.requireWhole(indicator, services)
        let body = try await JSONBody.decode(Figures.self, from: request)
        let cell = access.cell(indicator)
        let version = try await services.cells.declarations.declaration(cell)?.version ?? 0
        try EntityTag.check(request, version: version)
        let outcome = try await DeclarationDesk(store: services.cells.declarations).declare(
            body.values.compactMapValues { $0 }, in: cell, scheme: access.scheme, replacing: version,
            services.act(context))
        return answer(indicator, outcome.declaration, outcome.findings, context)
    }

    private func answer(
        _ indicator: Indicator, _ declaration: Declaration?, _ findings: [Finding], _ context: WebContext
    ) -> Response {
        let version = declaration?.version ?? 0
        let resource = DeclaredResource(
            indicator: indicator.id, values: declaration?.values ?? [:], by: declaration?.by, at: declaration?.at,
            version: version, findings: findings.map { Problem.Item($0, language: context.language) })
        return .json(resource, headers: [.eTag: EntityTag.text(version)])
    }
}

extension Services {
    /// Who acts through this request, and the entries it leaves.
    func act(_ context: WebContext) -> DeclarationDesk.Act {
        let services = self
        return DeclarationDesk.Act(by: context.principal.account ?? AccountID(""), at: clock.now()) {
            services.entry($0, by: context, on: $1, payload: $2)
        }
    }
}
