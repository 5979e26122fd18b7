import Access
import HTTPTypes
import Hummingbird
import Review
import Scheme
import Vocabulary

/// Pool, draw, replacement, settlement, confidentiality, conflicts and drafts through the API.
struct ExpertAPIRoutes: Sendable {
    let site: Site
    private var services: Services { site.services }

    func add(to router: Router<WebContext>) {
        router.get("/api/v1/experts", use: pool)
        router.put("/api/v1/experts/:account", use: keep)
        router.post("/api/v1/experts/:account/views", use: view)
        router.get("/api/v1/rounds/:round/experts", use: panels)
        router.post("/api/v1/rounds/:round/experts/draws", use: draw)
        router.post("/api/v1/rounds/:round/experts/replacements", use: replace)
        router.post("/api/v1/rounds/:round/experts/settlement", use: settle)
        router.post("/api/v1/rounds/:round/experts/pledge", use: pledge)
        router.post("/api/v1/rounds/:round/experts/conflicts", use: conflict)
        router.put("/api/v1/rounds/:round/platforms/:platform/marks/:indicator/draft", use: draft)
    }

    private func desk(_ context: WebContext) -> ExpertDesk { ExpertDesk(services: services, context: context) }

    // MARK: - The pool

    struct ExpertResource: Encodable {
        let account: AccountID
        let name: String
        let employer: String
        let employerCode: String
        let group: String
        let fields: [ExpertField]
        let title: String
        /// Masked; in clear with a reason only.
        let contact: String
        let retired: String?
        let version: Int

        init(_ expert: Expert) {
            account = expert.account
            name = expert.name
            employer = expert.employer
            employerCode = expert.employerCode
            group = expert.group
            fields = expert.fields
            title = expert.title
            contact = ExpertPoolBuilder.masked(expert.contact)
            retired = expert.retired
            version = expert.version
        }
    }

    struct NewExpert: Decodable {
        let name: String
        let employer: String
        let employerCode: String?
        let group: String?
        let fields: [String]?
        let title: String?
        let contact: String?
        let retired: String?
    }

    @Sendable func pool(_ request: Request, _ context: WebContext) async throws -> Response {
        try context.principal.require(.keepExperts)
        let query = try ListQuery(request)
        let after = query.cursor ?? ""
        let rest = try await services.people.experts.kept().experts().filter { $0.account.rawValue > after }
        let page = rest.prefix(query.limit)
        return .json(
            ListPage(
                items: page.map { ExpertResource($0) },
                next: rest.count > page.count ? page.last?.account.rawValue : nil))
    }

    @Sendable func keep(_ request: Request, _ context: WebContext) async throws -> Response {
        try context.principal.require(.keepExperts)
        let account = AccountID(try context.parameter("account"))
        let body = try await JSONBody.decode(NewExpert.self, from: request)
        let stored = try await services.people.experts.kept().expert(account)
        try EntityTag.check(request, version: stored?.version ?? 0)
        let expert = Expert(
            account: account, name: body.name, employer: body.employer, employerCode: body.employerCode ?? "",
            group: body.group ?? "", fields: try ExpertPool.fields(body.fields ?? []), title: body.title ?? "",
            contact: body.contact ?? stored?.contact ?? "",
            retired: body.retired.flatMap { $0.isEmpty ? nil : String($0.prefix(200)) },
            version: (stored?.version ?? 0) + 1)
        try await ExpertPool(services: services, context: context).save([expert])
        return .json(
            ExpertResource(expert), status: stored == nil ? .created : .ok,
            headers: [.eTag: EntityTag.text(expert.version)])
    }

    struct View: Decodable { let reason: String }
    struct ViewResource: Encodable {
        let account: AccountID
        let contact: String
        let logIndex: Int
    }

    @Sendable func view(_ request: Request, _ context: WebContext) async throws -> Response {
        try context.principal.require(.keepExperts)
        let account = AccountID(try context.parameter("account"))
        let body = try await JSONBody.decode(View.self, from: request, limitBytes: 16 << 10)
        let (contact, index) = try await ExpertPool(services: services, context: context).contact(
            of: account, reason: body.reason)
        return .json(
            ViewResource(account: account, contact: contact, logIndex: index), headers: [.cacheControl: "no-store"])
    }

    // MARK: - Panels

    struct PanelsResource: Encodable {
        let indicator: IndicatorID
        let number: Int
        let drawn: Bool
        let seed: String?
        let checkpointSize: Int?
        /// Whether drawing again from the kept request gives the same people.
        let repeats: Bool
        let experts: [SeatResource]
        let excluded: [ExpertDraw.Exclusion]
        let cases: Int
        /// First marks in, of those owed.
        let marksIn: Int
        let marksOwed: Int
        let divergent: [PlatformID]
        let settled: Bool
    }

    struct SeatResource: Encodable {
        let expert: AccountID
        let panel: Int
        let standIn: Bool
        let left: String?
        let pledged: Bool
    }

    @Sendable func panels(_ request: Request, _ context: WebContext) async throws -> Response {
        try context.principal.require(.readMarks)
        let known = try await desk(context).book(try await services.round(context))
        return .json(ListPage(items: known.indicators.map { resource($0, known) }, next: nil))
    }

    private func resource(_ indicator: Indicator, _ known: ExpertRound) -> PanelsResource {
        let record = known.book.draw(indicator.id)
        let open = known.open(indicator.id)
        return PanelsResource(
            indicator: indicator.id, number: indicator.number, drawn: record != nil, seed: record?.request.seed,
            checkpointSize: record?.checkpointSize, repeats: record?.repeats ?? false,
            experts: known.book.seats.filter { $0.indicator == indicator.id }.map { seat in
                SeatResource(
                    expert: seat.expert, panel: seat.panel, standIn: seat.isStandIn, left: seat.left,
                    pledged: known.book.hasPledged(seat.expert))
            }, excluded: record?.outcome.excluded ?? [], cases: open.count,
            marksIn: open.reduce(0) { $0 + $1.first.count }, marksOwed: open.reduce(0) { $0 + $1.experts.count },
            divergent: open.filter { $0.stage == .discussing }.map(\.cell.platform),
            settled: known.settled.contains(indicator.id))
    }

    struct NewDraw: Decodable {
        let indicator: IndicatorID
        let field: String?
    }

    @Sendable func draw(_ request: Request, _ context: WebContext) async throws -> Response {
        try context.principal.require(.keepExperts)
        let body = try await JSONBody.decode(NewDraw.self, from: request)
        let round = try await services.round(context)
        let field = try body.field.flatMap { try ExpertPool.fields([$0]).first }
        try await desk(context).draw(body.indicator, round, field: field)
        let known = try await desk(context).book(round)
        guard let indicator = known.scheme.indicator(body.indicator) else { throw Failure("web.not_found") }
        return .json(resource(indicator, known), status: .created)
    }

    struct NewReplacement: Decodable {
        let indicator: IndicatorID
        let expert: AccountID
        let reason: String
    }

    private struct Taking: Encodable { let expert: AccountID }

    @Sendable func replace(_ request: Request, _ context: WebContext) async throws -> Response {
        try context.principal.require(.keepExperts)
        let body = try await JSONBody.decode(NewReplacement.self, from: request)
        let taking = try await desk(context).replace(
            body.expert, body.indicator, try await services.round(context), reason: body.reason)
        return .json(Taking(expert: taking))
    }

    private struct Settled: Encodable {
        let recorded: Int
        let waiting: Int
        let settled: [IndicatorID]
    }

    @Sendable func settle(_ request: Request, _ context: WebContext) async throws -> Response {
        try context.principal.require(.keepExperts)
        let outcome = try await desk(context).settle(try await services.round(context))
        return .json(
            Settled(recorded: outcome.recorded.count, waiting: outcome.waiting.count, settled: outcome.settled))
    }

    // MARK: - The expert

    private struct Signing: Decodable { let agreed: Bool }

    @Sendable func pledge(_ request: Request, _ context: WebContext) async throws -> Response {
        try context.principal.require(.readCases)
        let body = try await JSONBody.decode(Signing.self, from: request)
        guard body.agreed else { throw Failure("experts.pledge_not_agreed") }
        try await desk(context).pledge(try await services.round(context))
        return Response(status: .noContent)
    }

    private struct Conflict: Decodable {
        let platform: PlatformID
        let reason: String
    }

    @Sendable func conflict(_ request: Request, _ context: WebContext) async throws -> Response {
        try context.principal.require(.readCases)
        let body = try await JSONBody.decode(Conflict.self, from: request)
        try await desk(context).declareConflict(body.platform, try await services.round(context), reason: body.reason)
        return Response(status: .noContent)
    }

    struct NewDraft: Decodable {
        let criteria: [String]
        let mark: String
        let comment: String
    }

    struct DraftResource: Encodable {
        let criteria: [String]
        let mark: String
        let comment: String
        let version: Int
        let at: Instant
    }

    @Sendable func draft(_ request: Request, _ context: WebContext) async throws -> Response {
        try context.principal.require(.readCases)
        let body = try await JSONBody.decode(NewDraft.self, from: request)
        let one = try await desk(context).open(
            try context.platformID, try context.indicatorID, try await services.round(context))
        let stored = try await services.people.experts.kept().draft(one.cell, one.expert, sitting: one.sitting ?? 1)
        try EntityTag.check(request, version: stored?.version ?? 0)
        let typed = ExpertDesk.Typed(criteria: body.criteria, mark: body.mark, comment: body.comment)
        let kept = try await desk(context).save(typed, one, replacing: stored?.version ?? 0)
        return .json(
            DraftResource(
                criteria: kept.criteria, mark: kept.mark, comment: kept.comment, version: kept.version, at: kept.at),
            headers: [.eTag: EntityTag.text(kept.version)])
    }
}
