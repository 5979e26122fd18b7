import Access
import Collect
import Hummingbird
import Review
import Vocabulary

/// The port of a platform through the API.
struct PortOverviewRoutes: Sendable {
    let site: Site
    private var services: Services { site.services }

    func add(to router: Router<WebContext>) {
        router.get("/api/v1/rounds/:round/platforms/:platform/port", use: overview)
        router.get("/api/v1/rounds/:round/platforms/:platform/port/batches", use: batches)
    }

    @Sendable func overview(_ request: Request, _ context: WebContext) async throws -> Response {
        let found = try await services.participation(context)
        try context.principal.require(.readPort, on: found.scope)
        let round = try await services.round(context)
        return .json(try await services.portOverview(round, found.platform, context.language))
    }

    @Sendable func batches(_ request: Request, _ context: WebContext) async throws -> Response {
        let found = try await services.participation(context)
        try context.principal.require(.readPort, on: found.scope)
        let query = try ListQuery(request)
        let batches = try await services.records.batches(
            found.round, found.platform, before: query.cursor, limit: query.limit + 1)
        let page = batches.prefix(query.limit)
        return .json(
            ListPage(
                items: page.map(BatchResource.init), next: batches.count > query.limit ? page.last?.id : nil))
    }
}
