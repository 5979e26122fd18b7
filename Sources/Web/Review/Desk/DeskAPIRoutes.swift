import Access
import Hummingbird
import Review
import Scheme
import Submit
import Vocabulary
import Wording

/// The desk through the API: items, plans, batches, decisions.
struct DeskAPIRoutes: Sendable {
    let site: Site
    private var services: Services { site.services }

    func add(to router: Router<WebContext>) {
        router.get("/api/v1/rounds/:round/desk/items", use: items)
        router.post("/api/v1/rounds/:round/desk/plans", use: plan)
        router.post("/api/v1/rounds/:round/desk/batches", use: carryOut)
        router.post("/api/v1/rounds/:round/desk/batches/:batch/undo", use: undo)
        router.get("/api/v1/rounds/:round/platforms/:platform/cells/:indicator/decisions", use: decisions)
    }

    struct Act: Decodable {
        let action: String
        let items: [Name]
        let reasonCode: CellReturn.ReasonCode?
        let reason: String?
        let rows: [Int]?
        let to: String?
        /// The plan that was seen; without it the present one is carried out.
        let plan: String?

        struct Name: Decodable {
            let platform: String
            /// Null: every item that the company declares in a form.
            let indicator: String?
        }

        /// - Throws: `web.body_invalid` with the field.
        func deskAction() throws(Failure) -> DeskAction {
            switch action {
            case "accept": return .accept(note: reason ?? "")
            case "return":
                guard let reasonCode else { throw Failure("web.body_invalid", ["field": "reasonCode"]) }
                return .return(reasonCode, reason: reason ?? "", rows: Array(Set(rows ?? [])).sorted())
            case "hand-over":
                guard let to else { throw Failure("web.body_invalid", ["field": "to"]) }
                return .handOver(to: AccountID(to), note: reason ?? "")
            default: throw Failure("web.body_invalid", ["field": "action"])
            }
        }
    }

    struct ItemResource: Encodable {
        let platform: PlatformID
        let indicator: IndicatorID
        let kind: String
        let level: ReviewLevel?
        let verdict: ItemDecision.Verdict?
        let assignee: AccountID?
        let due: String?
        let isOverdue: Bool
        let ageWorkingDays: Int
        let signalCount: Int
        let mayDecide: Bool
    }

    struct PlanResource: Encodable {
        let plan: String
        let items: [Line]
        let refused: [Problem.Item]
        struct Line: Encodable {
            let platform: PlatformID
            let indicator: IndicatorID
        }
    }

    struct BatchResource: Encodable {
        let id: String
        let action: String
        let count: Int
        let refused: [Problem.Item]
        let at: Instant
    }

    struct DecisionResource: Encodable {
        let level: ReviewLevel
        let verdict: ItemDecision.Verdict
        let reasonCode: CellReturn.ReasonCode?
        let reason: String
        let rows: [Int]
        let declaredVersion: Int
        let by: AccountID
        let at: Instant
        let batch: String?
        /// Null while the decision stands.
        let void: ItemDecision.Void?
    }

    private func book(_ context: WebContext) async throws -> DeskBook {
        try await DeskBook(services, try await WorkbenchRoutes(site: site).roundCells(context), context)
    }

    @Sendable func items(_ request: Request, _ context: WebContext) async throws -> Response {
        try DeskPageRoutes.requireOffice(context)
        let query = try ListQuery(request)
        var offset = 0
        if let cursor = query.cursor {
            guard let value = Int(cursor), (0...1_000_000).contains(value) else {
                throw Failure("web.parameter_invalid", ["name": "cursor", "expected": "0–1000000"])
            }
            offset = value
        }
        let book = try await book(context)
        let found = DeskFilter(request).apply(book.entries(), reader: context.principal.account)
        let page = found.dropFirst(offset).prefix(query.limit).map { entry in
            ItemResource(
                platform: entry.cell.platform, indicator: entry.cell.indicator, kind: entry.kind.rawValue,
                level: entry.level, verdict: entry.decision?.verdict, assignee: entry.assignment?.account,
                due: entry.due?.description, isOverdue: entry.isOverdue, ageWorkingDays: entry.age,
                signalCount: entry.signalCount,
                mayDecide: entry.indicator.mode == .upload
                    && (entry.level.map { context.principal.may($0.permission, on: entry.participation.scope) }
                        ?? false)
            )
        }
        let next = offset + page.count < found.count ? "\(offset + page.count)" : nil
        return .json(ListPage(items: page, next: next))
    }

    private func plan(
        _ body: Act, _ book: DeskBook, _ context: WebContext
    ) async throws -> DeskPlan {
        var names: [(platform: PlatformID, indicator: IndicatorID)] = []
        for name in body.items.prefix(DeskPlan.mostItems + 1) {
            if let indicator = name.indicator {
                names.append((PlatformID(name.platform), IndicatorID(indicator)))
            } else {
                names += book.cells.scheme.indicators.filter { $0.mode == .upload }.map {
                    (PlatformID(name.platform), $0.id)
                }
            }
        }
        guard !names.isEmpty else { throw Failure("desk.nothing_chosen") }
        return try await DeskWork(services: services, context: context).plan(
            try body.deskAction(), on: names, in: book)
    }

    @Sendable func plan(_ request: Request, _ context: WebContext) async throws -> Response {
        try DeskWork.requireReviewer(context.principal)
        let body = try await JSONBody.decode(Act.self, from: request)
        let plan = try await plan(body, try await book(context), context)
        return .json(
            PlanResource(
                plan: plan.digest,
                items: plan.items.map { .init(platform: $0.cell.platform, indicator: $0.cell.indicator) },
                refused: plan.refused.map { Problem.Item($0, language: context.language) }))
    }

    @Sendable func carryOut(_ request: Request, _ context: WebContext) async throws -> Response {
        try DeskWork.requireReviewer(context.principal)
        let body = try await JSONBody.decode(Act.self, from: request)
        let book = try await book(context)
        let plan = try await plan(body, book, context)
        let batch = try await DeskWork(services: services, context: context).carryOut(
            plan, in: book, seen: body.plan)
        return .json(
            BatchResource(
                id: batch.id, action: batch.action, count: batch.itemCount,
                refused: plan.refused.map { Problem.Item($0, language: context.language) }, at: batch.at),
            status: .created)
    }

    @Sendable func undo(_ request: Request, _ context: WebContext) async throws -> Response {
        try DeskWork.requireReviewer(context.principal)
        let round = try await services.round(context)
        let batch = try await DeskWork(services: services, context: context).undo(
            try context.parameter("batch"), in: round.id)
        return .json(
            BatchResource(id: batch.id, action: batch.action, count: batch.itemCount, refused: [], at: batch.at))
    }

    @Sendable func decisions(_ request: Request, _ context: WebContext) async throws -> Response {
        let access = try await CellAccess(services, context)
        try access.require(.readCell)
        let indicator = try services.indicator(context, in: access.scheme)
        let all = try await services.people.desk.items?.history(access.cell(indicator)) ?? []
        // The company sees what was sent back to it, not what its offices think of it on the way.
        let isOwn = context.principal.company == access.participation.company.code.text
        return .json(
            ListPage(
                items: all.filter { !isOwn || $0.verdict == .return }.map {
                    DecisionResource(
                        level: $0.level, verdict: $0.verdict, reasonCode: $0.reasonCode, reason: $0.reason,
                        rows: $0.rows, declaredVersion: $0.declaredVersion, by: $0.by, at: $0.at, batch: $0.batch,
                        void: $0.void)
                }, next: nil))
    }
}
