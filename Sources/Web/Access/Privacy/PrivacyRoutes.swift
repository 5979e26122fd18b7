import Access
import HTTPTypes
import Hummingbird
import Review
import Scheme
import Submit
import Trust
import Vocabulary
import Wording

/// All routes of this area: personal data.
struct PrivacyRoutes: Sendable {
    let site: Site
    private var services: Services { site.services }

    func add(to router: Router<WebContext>) {
        router.get("/api/v1/rounds/:round/retention", use: retention)
        router.post("/api/v1/rounds/:round/platforms/:platform/cells/:indicator/items/views", use: view)
        router.get("/authority/rounds/:round/privacy", use: page)
        router.get("/authority/rounds/:round/privacy/:platform/:indicator", use: rowsPage)
        router.post("/authority/rounds/:round/privacy/:platform/:indicator", use: openRowsPage)
    }

    struct View: Decodable { let reason: String }

    /// Personal rows in clear, with the entry that the look left.
    struct ViewResource: Encodable {
        let indicator: IndicatorID
        let logIndex: Int
        let rows: [ItemRoutes.ItemListResource.Row]
    }

    struct RetentionResource: Encodable {
        let round: RoundID
        let publishedAt: Instant?
        let personalListMonths: Int
        let portRowMonths: Int
        let holdings: [Held]
        let deletions: [Deleted]

        struct Held: Encodable {
            let kind: Holding.Kind
            let platform: PlatformID
            let indicator: IndicatorID?
            let rowCount: Int
            let dueDay: CivilDay?
        }

        struct Deleted: Encodable {
            let kind: Holding.Kind
            let platform: PlatformID
            let indicator: IndicatorID?
            let rowCount: Int
            let digest: String
            let at: Instant
            let logIndex: Int
        }
    }

    @Sendable func retention(_ request: Request, _ context: WebContext) async throws -> Response {
        try context.principal.require(.readRetention)
        let round = try await services.round(context)
        let facts = try await facts(round)
        return .json(
            RetentionResource(
                round: round.id, publishedAt: facts.published,
                personalListMonths: services.people.privacy.schedule.personalListMonths,
                portRowMonths: services.people.privacy.schedule.portRowMonths,
                holdings: facts.holdings.map {
                    .init(
                        kind: $0.kind, platform: $0.platform, indicator: $0.indicator, rowCount: $0.rowCount,
                        dueDay: facts.due($0.kind))
                },
                deletions: facts.deletions.map {
                    .init(
                        kind: $0.holding.kind, platform: $0.holding.platform, indicator: $0.holding.indicator,
                        rowCount: $0.holding.rowCount, digest: $0.digest.hex, at: $0.at, logIndex: $0.logIndex)
                }))
    }

    @Sendable func view(_ request: Request, _ context: WebContext) async throws -> Response {
        let access = try await CellAccess(services, context)
        try access.require(.readPersonal)
        let indicator = try services.indicator(context, in: access.scheme)
        let body = try await JSONBody.decode(View.self, from: request, limitBytes: 16 << 10)
        let (list, index) = try await open(indicator, access, reason: body.reason, context)
        let rows = list.rows.map { ItemRoutes.ItemListResource.Row(number: $0.number, fields: $0.fields) }
        return .json(
            ViewResource(indicator: indicator.id, logIndex: index, rows: rows), headers: [.cacheControl: "no-store"])
    }

    // MARK: Pages

    @Sendable func page(_ request: Request, _ context: WebContext) async throws -> Response {
        try context.principal.require(.readRetention)
        let round = try await services.round(context)
        let scheme = try await services.scheme(of: round)
        let page = PrivacyPageBuilder(
            round: round, scheme: scheme, facts: try await facts(round),
            names: try await names(round), schedule: services.people.privacy.schedule,
            mayRead: context.principal.may(.readPersonal), language: context.language
        ).page()
        return try await site.answer(page, context, round: round)
    }

    @Sendable func rowsPage(_ request: Request, _ context: WebContext) async throws -> Response {
        let (access, indicator) = try await personal(context)
        let list = try await services.cells.declarations.list(access.cell(indicator))
        let rows = (list?.rows ?? []).map { PersonalMask.masked($0, personal: indicator.personalFields) }
        return try await answer(rows, indicator, access, openedIndex: nil, context)
    }

    @Sendable func openRowsPage(_ request: Request, _ context: WebContext) async throws -> Response {
        let (access, indicator) = try await personal(context)
        let form = try await FormBody(request)
        let (list, index) = try await open(indicator, access, reason: form["reason"], context)
        var response = try await answer(list.rows, indicator, access, openedIndex: index, context)
        response.headers[.cacheControl] = "no-store"
        return response
    }

    // MARK: What they are made of

    private func personal(_ context: WebContext) async throws -> (CellAccess, Indicator) {
        let access = try await CellAccess(services, context)
        try access.require(.readPersonal)
        let indicator = try services.indicator(context, in: access.scheme)
        guard !indicator.personalFields.isEmpty else {
            throw Failure("privacy.not_personal", ["indicator": indicator.title[context.language]])
        }
        return (access, indicator)
    }

    /// Reads the list in clear; the entry with the reason is on disk before anything is shown.
    private func open(
        _ indicator: Indicator, _ access: CellAccess, reason: String, _ context: WebContext
    ) async throws -> (ItemList, Int) {
        guard !indicator.personalFields.isEmpty else {
            throw Failure("privacy.not_personal", ["indicator": indicator.title[context.language]])
        }
        guard reason.contains(where: { !$0.isWhitespace }), reason.count <= 2000 else {
            throw Failure("privacy.reason_missing")
        }
        let cell = access.cell(indicator)
        guard let list = try await services.cells.declarations.list(cell) else {
            throw Failure("submit.no_list", ["indicator": indicator.id.rawValue])
        }
        let entry = services.entry(
            "personal.viewed", by: context, on: cell.subject, reason: reason,
            payload: ["version": .string("\(list.version)"), "rows": .string("\(list.rows.count)")])
        return (list, try await services.accounts.record(entry))
    }

    private func answer(
        _ rows: [ItemRow], _ indicator: Indicator, _ access: CellAccess, openedIndex: Int?, _ context: WebContext
    ) async throws -> Response {
        let page = PersonalRowsPageBuilder(
            rows: rows, indicator: indicator, access: access, openedIndex: openedIndex, language: context.language
        ).page()
        return try await site.answer(page, context, round: access.round)
    }

    private func facts(_ round: Round) async throws -> RetentionFacts {
        guard let store = services.people.privacy.retention else { throw Failure("privacy.no_key") }
        return RetentionFacts(
            published: try await store.publishedRounds().first { $0.round == round.id }?.at,
            holdings: try await store.holdings(round.id), deletions: try await store.deletions(round.id),
            schedule: services.people.privacy.schedule)
    }

    private func names(_ round: Round) async throws -> [PlatformID: String] {
        try await site.participations(round.id).reduce(into: [:]) { $0[$1.platform] = $1.name }
    }
}

/// What is held of a round and what was deleted.
struct RetentionFacts: Sendable {
    let published: Instant?
    let holdings: [Holding]
    let deletions: [Deletion]
    let schedule: RetentionSchedule

    /// Nil before publication.
    func due(_ kind: Holding.Kind) -> CivilDay? {
        guard let published, let days = DayCutter(zoneName: "Asia/Shanghai") else { return nil }
        return schedule.dueDay(kind, published: days.day(of: published))
    }
}
