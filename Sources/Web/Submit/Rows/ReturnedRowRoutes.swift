import Access
import Hummingbird
import Review
import Scheme
import Submit
import Vocabulary

/// The company mends a single row that was sent back, without script.
struct ReturnedRowRoutes: Sendable {
    let site: Site
    private var services: Services { site.services }

    func add(to router: Router<WebContext>) {
        router.post("/company/rounds/:round/cells/:indicator/rows/:row", use: change)
    }

    @Sendable func change(_ request: Request, _ context: WebContext) async throws -> Response {
        let round = try await services.round(context)
        let participation = try await site.companyPlatform(round, request, context, .declareCell)
        let access = CellAccess(
            round: round, scheme: try await services.scheme(of: round), participation: participation,
            principal: context.principal, now: services.clock.now(),
            reopened: try await services.reopenedLists(participation))
        let indicator = try services.indicator(context, in: access.scheme)
        let lock = try await access.requireRows(indicator, services)
        let section = access.scheme.sections.first { $0.groups.contains { $0.indicators.contains(indicator) } }
        guard let section, let number = Int(try context.parameter("row")) else { throw Failure("web.not_found") }
        let cell = access.cell(indicator)
        let store = services.cells.declarations
        guard let row = try await store.rows(cell, numbers: [number], keys: []).first else {
            throw Failure("web.not_found")
        }
        let form = try await FormBody(request)
        var edits: [RowEdit] = []
        if form["act"] == "remove" {
            edits = [.remove(number: number, since: row.since)]
        } else {
            let changes = indicator.items.compactMap { field -> RowEdit.Change? in
                let typed = PlainText.line(String(form[field.id].prefix(SheetRoutes.longestText)))
                let seen = PlainText.line(form["was.\(field.id)"])
                return typed == seen ? nil : RowEdit.Change(field: field.id, from: seen, to: typed)
            }
            if !changes.isEmpty { edits = [.change(number: number, changes)] }
        }
        try lock.require(edits.isEmpty ? [.change(number: number, [])] : edits)
        if !edits.isEmpty {
            let batch = "row-" + services.random.salt().map { String($0, radix: 16) }.joined()
            let outcome = try await DeclarationDesk(store: store).edit(
                edits, batch: batch, in: cell, by: ListReading.reader(indicator, access), scheme: access.scheme,
                services.act(context))
            if !outcome.conflicts.isEmpty { throw Failure("submit.stale", ["indicator": indicator.id.rawValue]) }
        }
        return .seeOther(
            "/company/rounds/\(round.id)/sections/\(section.id)?saved=\(indicator.id)#row-\(indicator.id)-\(number)")
    }
}
