import Access
import Hummingbird
import Review
import Scheme
import Trust
import Vocabulary

/// Experts' marks through the API. An expert sees and changes only their own until the indicator is settled.
struct MarkRoutes: Sendable {
    let site: Site
    private var services: Services { site.services }

    func add(to router: Router<WebContext>) {
        router.get("/api/v1/rounds/:round/platforms/:platform/marks/:indicator", use: get)
        router.put("/api/v1/rounds/:round/platforms/:platform/marks/:indicator", use: give)
    }

    struct Give: Decodable {
        let mark: ExactDecimal
        let reason: String?
    }

    struct MarkResource: Encodable {
        let expert: AccountID
        let mark: ExactDecimal
        let reason: String
        let at: Instant
        let version: Int

        init(_ mark: ExpertMark) {
            expert = mark.expert
            self.mark = mark.mark
            reason = mark.reason
            at = mark.at
            version = mark.version
        }
    }

    struct MarksResource: Encodable {
        let indicator: IndicatorID
        /// How many experts have marked this platform.
        let count: Int
        let settled: Bool
        /// The asker's own; null when there is none.
        let own: MarkResource?
        /// Once settled, all of them, by account; before, only the own one.
        let marks: [MarkResource]
        let mayMark: Bool
    }

    @Sendable func get(_ request: Request, _ context: WebContext) async throws -> Response {
        let access = try await CellAccess(services, context)
        let indicator = try marked(context, access)
        if !access.may(.giveMark) { try access.require(.readMarks) }
        return try await answer(indicator, access, context)
    }

    @Sendable func give(_ request: Request, _ context: WebContext) async throws -> Response {
        let access = try await CellAccess(services, context)
        let indicator = try marked(context, access)
        try access.require(.giveMark)
        guard let rules = access.scheme.expertMarking, let account = context.principal.account else {
            throw Failure("review.not_marked", ["indicator": indicator.id.rawValue])
        }
        guard access.isSubmitted else {
            throw Failure("review.cell_not_submitted", ["state": access.participation.submission.rawValue])
        }
        let body = try await JSONBody.decode(Give.self, from: request)
        let cell = access.cell(indicator)
        let version = try await services.cells.marks.mark(cell, by: account)?.version ?? 0
        try EntityTag.check(request, version: version)
        let reason = (body.reason ?? "").trimmingWhitespace()
        let mark = ExpertMark(
            cell: cell, expert: account, mark: body.mark, reason: String(reason.prefix(1000)), at: access.now,
            version: version + 1)
        let faults = mark.faults(under: rules)
        guard faults.isEmpty else { throw Failure("review.mark_refused", findings: faults) }
        let entry = services.entry(
            "mark.given", by: context, on: cell.subject, reason: mark.reason.isEmpty ? nil : mark.reason,
            payload: ["mark": .string(mark.mark.description)])
        try await services.cells.marks.give(mark, entry: entry)
        return try await answer(indicator, access, context)
    }

    private func marked(_ context: WebContext, _ access: CellAccess) throws -> Indicator {
        let indicator = try services.indicator(context, in: access.scheme)
        if indicator.markValue == nil {
            if !access.may(.giveMark) { try access.require(.readMarks) }
            throw Failure("review.not_marked", ["indicator": indicator.id.rawValue])
        }
        return indicator
    }

    private func answer(_ indicator: Indicator, _ access: CellAccess, _ context: WebContext) async throws -> Response {
        let all = try await services.cells.marks.marks(access.cell(indicator))
        let isSettled = try await services.cells.marks.settled(access.round.id).contains(indicator.id)
        let reader = context.principal.account ?? AccountID("")
        let seen = all.filter { $0.isVisible(to: reader, settled: isSettled && access.may(.readMarks)) }
        let own = all.first { $0.expert == reader }
        let resource = MarksResource(
            indicator: indicator.id, count: all.count, settled: isSettled, own: own.map { MarkResource($0) },
            marks: seen.map { MarkResource($0) }, mayMark: access.may(.giveMark) && !isSettled)
        return .json(resource, headers: [.eTag: EntityTag.text(own?.version ?? 0)])
    }
}
