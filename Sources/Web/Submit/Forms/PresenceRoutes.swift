import Access
import Hummingbird
import Scheme
import Submit
import Vocabulary

/// Heartbeats of open forms: who else is here, and what they have changed meanwhile. Only for colleagues of the company.
struct PresenceRoutes: Sendable {
    let site: Site
    private var services: Services { site.services }

    func add(to router: Router<WebContext>) {
        router.post("/api/v1/rounds/:round/platforms/:platform/sections/:section/presence", use: beat)
    }

    struct Beat: Decodable {
        /// Names the open page.
        let page: String
        let field: String?
        /// Seconds in which something was typed since the last beat.
        let seconds: Int?
        /// The `at` of the last answer, in milliseconds; fields changed since are answered.
        let since: Int64?
        let isLeaving: Bool?
    }

    struct Answer: Encodable {
        struct Other: Encodable {
            let name: String
            let field: String
        }
        struct Change: Encodable {
            let indicator: IndicatorID
            let field: DraftFieldResource
        }
        let others: [Other]
        let changes: [Change]
        /// Versions of the section's item lists.
        let lists: [String: Int]
        /// Milliseconds, for the next beat.
        let at: Int64
    }

    @Sendable func beat(_ request: Request, _ context: WebContext) async throws -> Response {
        let access = try await CellAccess(services, context)
        try access.require(.declareCell)
        let id = try context.parameter("section")
        guard let section = access.scheme.sections.first(where: { $0.id == id }) else {
            throw Failure("forms.section_unknown", ["section": id])
        }
        let body = try await JSONBody.decode(Beat.self, from: request, limitBytes: 4096)
        guard (1...64).contains(body.page.unicodeScalars.count), (body.field ?? "").unicodeScalars.count <= 200 else {
            throw Failure("forms.edit_invalid", ["edit": body.page])
        }
        let board = services.people.forms.presence
        let place = "\(access.round.id)/\(access.participation.platform)/\(section.id)"
        let account = context.principal.account ?? AccountID("")
        var others: [PresenceBoard.Visitor] = []
        if body.isLeaving ?? false {
            await board.leave(page: body.page, section: place)
        } else {
            others = await board.note(
                PresenceBoard.Visitor(
                    account: account, name: context.principal.displayName, field: PlainText.line(body.field ?? ""),
                    at: access.now),
                page: body.page, at: place)
        }
        let seconds = min(max(body.seconds ?? 0, 0), 120)
        if seconds > 0, let activity = services.people.forms.activity {
            try await activity.worked(
                SectionWork(
                    round: access.round.id, platform: access.participation.platform, section: section.id, by: account,
                    at: access.now, seconds: seconds))
        }
        return .json(try await answer(others, section, body.since, access, context))
    }

    private func answer(
        _ others: [PresenceBoard.Visitor], _ section: Section, _ since: Int64?, _ access: CellAccess,
        _ context: WebContext
    ) async throws -> Answer {
        let indicators = section.groups.flatMap(\.indicators).filter { $0.mode == .upload }
        let ids = Set(indicators.map(\.id))
        var changed: [DraftField] = []
        if let since {
            changed = try await services.cells.declarations.drafts(access.round.id, access.participation.platform)
                .filter { ids.contains($0.cell.indicator) && $0.at.milliseconds >= since }
        }
        var lists: [String: Int] = [:]
        for indicator in indicators where !indicator.items.isEmpty {
            lists[indicator.id.rawValue] = try await services.cells.declarations.version(access.cell(indicator))
        }
        let names = try await services.names(changed.map(\.by))
        let moments = MomentFormat(zoneName: access.scheme.zone, context.language)
        return Answer(
            others: others.filter { $0.account != context.principal.account }.prefix(8).map {
                .init(name: $0.name, field: $0.field)
            },
            changes: changed.map {
                .init(indicator: $0.cell.indicator, field: DraftFieldResource($0, names, moments))
            }, lists: lists, at: access.now.milliseconds)
    }
}
