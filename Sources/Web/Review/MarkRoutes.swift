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
        /// Left out when the criteria are given: their sum.
        let mark: ExactDecimal?
        let reason: String?
        /// One mark for each line of the rubric; only where experts were drawn.
        let criteria: [ExactDecimal]?
    }

    struct MarkResource: Encodable {
        let expert: AccountID
        let mark: ExactDecimal
        let reason: String
        let at: Instant
        let version: Int
        /// 2 for the second mark after a discussion.
        let sitting: Int
        let criteria: [ExactDecimal]

        init(_ sheet: MarkSheet, version: Int) {
            expert = sheet.expert
            mark = sheet.mark
            reason = sheet.comment
            at = sheet.at
            self.version = version
            sitting = sheet.sitting
            criteria = sheet.criteria
        }

        init(_ mark: ExpertMark) {
            sitting = 1
            criteria = []
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
        /// Marking, complete, discussing or ready; null where no experts were drawn.
        let stage: CaseStanding.Stage?
        /// Once all are in, or settled, all of them; before, only the own one.
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
        let desk = ExpertDesk(services: services, context: context)
        if try await isDrawn(indicator, access.round) {
            return try await handIn(request, desk, indicator, access, context)
        }
        if services.enforcesGuards, access.round.kind != .demonstration {
            let values = ["number": "\(indicator.number)", "indicator": indicator.title.zh]
            throw Failure("experts.not_drawn", values)
        }
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
            cell: cell, expert: account, mark: try given(body), reason: String(reason.prefix(1000)), at: access.now,
            version: version + 1)
        let faults = mark.faults(under: rules)
        guard faults.isEmpty else { throw Failure("review.mark_refused", findings: faults) }
        let entry = services.entry(
            "mark.given", by: context, on: cell.subject, reason: mark.reason.isEmpty ? nil : mark.reason,
            payload: ["mark": .string(mark.mark.description)])
        try await services.cells.marks.give(mark, entry: entry)
        return try await answer(indicator, access, context)
    }

    private func given(_ body: Give) throws -> ExactDecimal {
        guard let mark = body.mark else {
            throw Failure("web.body_invalid", ["field": "mark"])
        }
        return mark
    }

    private func isDrawn(_ indicator: Indicator, _ round: Round) async throws -> Bool {
        try await services.people.experts.store?.book(round.id, indicator: indicator.id, platform: nil)
            .draw(indicator.id) != nil
    }

    /// A mark of an expert who was drawn: the sheet with its criteria.
    private func handIn(
        _ request: Request, _ desk: ExpertDesk, _ indicator: Indicator, _ access: CellAccess, _ context: WebContext
    ) async throws -> Response {
        let one = try await desk.open(access.participation.platform, indicator.id, access.round)
        let body = try await JSONBody.decode(Give.self, from: request)
        let version = try await services.cells.marks.mark(one.cell, by: one.expert)?.version ?? 0
        try EntityTag.check(request, version: version)
        let typed = ExpertDesk.Typed(
            criteria: (body.criteria ?? []).map(\.description), mark: body.mark?.description ?? "",
            comment: body.reason ?? "")
        try await desk.handIn(typed, one, replacing: version)
        return try await answer(indicator, access, context)
    }

    /// The sheets of a case whose experts were drawn, as far as the reader may see them.
    private func sheets(
        _ indicator: Indicator, _ access: CellAccess, _ reader: AccountID
    ) async throws -> (seen: [MarkSheet], standing: CaseStanding)? {
        let book = try await services.people.experts.store?.book(
            access.round.id, indicator: indicator.id, platform: access.participation.platform)
        guard let book, book.draw(indicator.id) != nil else { return nil }
        let cell = access.cell(indicator)
        let standing = book.standings()[cell] ?? CaseStanding(cell: cell)
        return (standing.seen(by: reader, readsMarks: access.may(.readMarks)), standing)
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
        if let drawn = try await sheets(indicator, access, reader) {
            let version = all.first { $0.expert == reader }?.version ?? 0
            let own = drawn.standing.second[reader] ?? drawn.standing.first[reader]
            let mayMark =
                access.may(.giveMark) && !isSettled && drawn.standing.experts.contains(reader)
                && drawn.standing.stage != .ready
            let resource = MarksResource(
                indicator: indicator.id, count: drawn.standing.first.count, settled: isSettled,
                own: own.map { MarkResource($0, version: version) }, stage: drawn.standing.stage,
                marks: drawn.seen.map { MarkResource($0, version: $0.sitting) }, mayMark: mayMark)
            return .json(resource, headers: [.eTag: EntityTag.text(version)])
        }
        let seen = all.filter { $0.isVisible(to: reader, settled: isSettled && access.may(.readMarks)) }
        let own = all.first { $0.expert == reader }
        let resource = MarksResource(
            indicator: indicator.id, count: all.count, settled: isSettled, own: own.map { MarkResource($0) },
            stage: nil,
            marks: seen.map { MarkResource($0) }, mayMark: access.may(.giveMark) && !isSettled)
        return .json(resource, headers: [.eTag: EntityTag.text(own?.version ?? 0)])
    }
}
