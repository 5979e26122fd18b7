import Access
import Hummingbird
import Review
import Scheme
import Submit
import Vocabulary

/// The company's page asks for what is known already: the last round, the ledgers.
struct FillRoutes: Sendable {
    let site: Site
    private var services: Services { site.services }

    func add(to router: Router<WebContext>) {
        router.post("/company/rounds/:round/sections/:section/copy", use: copy)
        router.post("/company/rounds/:round/sections/:section/prefill", use: prefill)
    }

    @Sendable func copy(_ request: Request, _ context: WebContext) async throws -> Response {
        let (access, section) = try await section(request, context)
        guard let earlier = try await EarlierRound.find(services, access) else {
            throw Failure("forms.nothing_to_copy")
        }
        let filling = FormFilling(services: services, access: access, act: services.act(context))
        let count = try await filling.copy(earlier, into: section.groups.flatMap(\.indicators))
        if count == 0 { throw Failure("forms.nothing_to_copy") }
        return .seeOther("/company/rounds/\(access.round.id)/sections/\(section.id)?copied=\(count)")
    }

    @Sendable func prefill(_ request: Request, _ context: WebContext) async throws -> Response {
        let (access, section) = try await section(request, context)
        let filling = FormFilling(services: services, access: access, act: services.act(context))
        let count = try await filling.prefill(section.groups.flatMap(\.indicators))
        if count == 0 { throw Failure("forms.no_ledger") }
        return .seeOther("/company/rounds/\(access.round.id)/sections/\(section.id)?prefilled=\(count)")
    }

    private func section(_ request: Request, _ context: WebContext) async throws -> (CellAccess, Section) {
        let round = try await services.round(context)
        let participation = try await site.companyPlatform(round, request, context, .declareCell)
        let access = CellAccess(
            round: round, scheme: try await services.scheme(of: round), participation: participation,
            principal: context.principal, now: services.clock.now())
        try access.require(.declareCell)
        let id = try context.parameter("section")
        guard let section = access.scheme.sections.first(where: { $0.id == id }) else {
            throw Failure("forms.section_unknown", ["section": id])
        }
        return (access, section)
    }
}
