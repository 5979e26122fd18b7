import Access
import Hummingbird
import Review
import Vocabulary

/// The public notice through the API: what everybody may read, and what the operator sets and moves.
struct NoticeAPIRoutes: Sendable {
    let site: Site

    func add(to router: Router<WebContext>) {
        router.get("/api/v1/rounds/:round/notice", use: get)
        router.put("/api/v1/rounds/:round/notice/contacts", use: keep)
        router.post("/api/v1/rounds/:round/notice/lapse", use: lapse)
        router.post("/api/v1/rounds/:round/notice/end", use: end)
    }

    @Sendable func get(_ request: Request, _ context: WebContext) async throws -> Response {
        let work = try await seen(context)
        return .json(try await NoticeText(work).resource)
    }

    @Sendable func keep(_ request: Request, _ context: WebContext) async throws -> Response {
        try context.principal.require(.runRound)
        let work = try await PanelWork(site, context)
        let body = try await JSONBody.decode(NoticeDesk.NewContacts.self, from: request)
        let present = try await work.stores.contacts(work.round.id)?.version ?? 0
        try EntityTag.check(request, version: present)
        let kept = try await NoticeDesk(work: work).keep(body, replacing: present)
        return .json(kept, headers: [.eTag: EntityTag.text(kept.version)])
    }

    @Sendable func lapse(_ request: Request, _ context: WebContext) async throws -> Response {
        try context.principal.require(.checkFormally)
        return .json(try await NoticeDesk(work: try await PanelWork(site, context)).lapse())
    }

    @Sendable func end(_ request: Request, _ context: WebContext) async throws -> Response {
        try context.principal.require(.checkFormally)
        return .json(try await NoticeDesk(work: try await PanelWork(site, context)).end())
    }

    private func seen(_ context: WebContext) async throws -> PanelWork {
        let work = try await PanelWork(site, context)
        if !work.round.isSeen(by: context.principal) { try context.principal.require(.readRound) }
        return work
    }
}
