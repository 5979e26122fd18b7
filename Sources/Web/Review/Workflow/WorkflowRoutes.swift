import Access
import Hummingbird
import Review
import Vocabulary

/// All routes of this area: windows, quotas, guards, clocks and messages of submissions.
struct WorkflowRoutes: Sendable {
    let site: Site
    private var services: Services { site.services }

    func add(to router: Router<WebContext>) {
        WindowRoutes(site: site).add(to: router)
        InboxRoutes(site: site).add(to: router)
        SubmissionPageRoutes(site: site).add(to: router)
        WindowPageRoutes(site: site).add(to: router)
        InboxPageRoutes(site: site).add(to: router)
        router.post("/api/v1/rounds/:round/submissions/actions", use: actOnSeveral)
    }

    struct BulkResource: Encodable, Sendable {
        let items: [BulkActs.Line]
    }

    @Sendable func actOnSeveral(_ request: Request, _ context: WebContext) async throws -> Response {
        guard context.principal.isOffice else {
            throw context.principal.isSignedIn
                ? Failure("access.denied", ["permission": Permission.checkFormally.rawValue])
                : Failure("access.sign_in_required")
        }
        let round = try await services.round(context)
        let body = try await JSONBody.decode(BulkActs.Asked.self, from: request)
        let lines = try await BulkActs(services: services).run(
            body, round: round, as: context.principal, context.language)
        return .json(BulkResource(items: lines))
    }
}
