import Access
import Collect
import HTTPTypes
import Hummingbird
import Review
import Vocabulary

/// The company's page of its port, and the form for a new key.
struct PortPageRoutes: Sendable {
    let site: Site
    private var services: Services { site.services }

    func add(to router: Router<WebContext>) {
        router.get("/company/rounds/:round/port", use: show)
        router.post("/company/rounds/:round/port/keys", use: makeKey)
    }

    @Sendable func show(_ request: Request, _ context: WebContext) async throws -> Response {
        try await page(newKey: nil, request, context)
    }

    /// The key stands on the answer itself, and nowhere after it.
    @Sendable func makeKey(_ request: Request, _ context: WebContext) async throws -> Response {
        let round = try await services.round(context)
        let participation = try await site.companyPlatform(round, request, context, .managePortKeys)
        let form = try await FormBody(request)
        let name = form["name"].isEmpty ? "port" : String(form["name"].prefix(60))
        let made = try await services.makePortKey(for: participation, name: name, isSandbox: false, by: context).text
        return try await page(newKey: made, request, context)
    }

    private func page(newKey: String?, _ request: Request, _ context: WebContext) async throws -> Response {
        let round = try await services.round(context)
        let participation = try await site.companyPlatform(round, request, context, .readPort)
        let scheme = try await services.scheme(of: round)
        let forwarded = HTTPField.Name("X-Forwarded-Proto").flatMap { request.headers[$0] }
        let host = request.head.authority ?? "localhost"
        let rows = try await services.records.coverage(round.id, participation.platform).reduce(0) { $0 + $1.rows }
        let page = PortPageBuilder(
            overview: try await services.portOverview(round, participation.platform, context.language),
            round: round, scheme: scheme, participation: participation,
            keys: try await services.records.keys(round.id, participation.platform), rows: rows, newKey: newKey,
            mayManageKeys: context.principal.may(.managePortKeys, on: participation.scope),
            origin: "\(forwarded ?? "http")://\(host)", now: services.clock.now(), language: context.language
        ).page()
        return try await site.answer(page, context, round: round, drawsCharts: true)
    }
}
