import Access
import Review
import Scheme
import Trust
import Vocabulary

extension ExpertDesk {
    /// One case as an expert works on it.
    struct Case: Sendable {
        let known: ExpertRound
        let participation: Participation
        let indicator: Indicator
        let rules: ExpertMarking
        let cell: CellAddress
        let standing: CaseStanding
        let expert: AccountID
        /// What the expert gives now; nil when nothing can be given any more.
        let sitting: Int?
        /// Why nothing can be given; nil while it can.
        let lock: Failure?
    }

    /// What an expert hands in or saves, as typed.
    struct Typed: Sendable {
        var criteria: [String] = []
        var mark = ""
        var comment = ""

        /// A sheet without an own mark takes the sum of its criteria.
        func sheet(_ one: Case, at: Instant, nonce: String) throws -> MarkSheet {
            let filled = criteria.map { $0.trimmingWhitespace() }
            func decimal(_ text: String, at place: String) throws -> ExactDecimal {
                guard text.utf8.count <= 12, let value = ExactDecimal(text) else {
                    let finding = Finding(
                        .error, "experts.mark_not_number", at: place, ["given": String(text.prefix(20))])
                    throw Failure("review.mark_refused", findings: [finding])
                }
                return value
            }
            var marks: [ExactDecimal] = []
            if filled.contains(where: { !$0.isEmpty }) {
                for (index, text) in filled.enumerated() { marks.append(try decimal(text, at: "criteria[\(index)]")) }
            }
            let overall = mark.trimmingWhitespace()
            let whole =
                overall.isEmpty && !marks.isEmpty ? marks.reduce(.zero, +) : try decimal(overall, at: "mark")
            return MarkSheet(
                cell: one.cell, expert: one.expert, sitting: one.sitting ?? 1, criteria: marks, mark: whole,
                comment: comment.trimmingWhitespace(), at: at, nonce: nonce)
        }
    }

    /// The case, for an expert who may open it.
    /// - Throws: `experts.pledge_missing`, `experts.not_assigned`, `review.not_marked`, `access.denied`.
    func open(_ platform: PlatformID, _ id: IndicatorID, _ round: Round) async throws -> Case {
        try context.principal.require(.readCases)
        let known = try await book(round)
        guard let expert = context.principal.account else { throw Failure("access.sign_in_required") }
        guard let indicator = known.scheme.indicator(id) else {
            throw Failure("review.indicator_unknown", ["indicator": id.rawValue])
        }
        guard indicator.markValue != nil, let rules = known.scheme.expertMarking else {
            throw Failure("review.not_marked", ["indicator": id.rawValue])
        }
        let cell = known.cell(platform, id)
        guard let standing = known.standings[cell], standing.experts.contains(expert),
            let participation = known.participation(platform)
        else { throw Failure("experts.not_assigned", ["platform": platform.rawValue]) }
        guard known.book.hasPledged(expert) else { throw Failure("experts.pledge_missing") }
        let (sitting, lock) = Self.sitting(known, participation, standing, indicator)
        return Case(
            known: known, participation: participation, indicator: indicator, rules: rules, cell: cell,
            standing: standing, expert: expert, sitting: sitting, lock: lock)
    }

    private static func sitting(
        _ known: ExpertRound, _ participation: Participation, _ standing: CaseStanding, _ indicator: Indicator
    ) -> (Int?, Failure?) {
        if known.settled.contains(indicator.id) {
            return (nil, Failure("review.marks_settled", ["indicator": indicator.title.zh]))
        }
        guard known.isOpen(participation) else {
            return (nil, Failure("experts.case_not_open", ["platform": participation.name]))
        }
        switch standing.stage {
        case .marking, .complete: return standing.revealedAt == nil ? (1, nil) : (1, nil)
        case .discussing: return (2, nil)
        case .ready: return (nil, Failure("experts.case_closed", ["platform": participation.name]))
        }
    }

    /// Keeps what was typed; it counts for nothing until it is handed in.
    /// - Throws: `review.stale` when another device has saved since `version`.
    func save(_ typed: Typed, _ one: Case, replacing version: Int) async throws -> MarkDraft {
        if let lock = one.lock { throw lock }
        let long = ([typed.mark] + typed.criteria).contains { $0.count > 12 }
        if long || typed.criteria.count > 20 || typed.comment.count > MarkSheet.commentLimit {
            throw Failure("experts.draft_too_long", ["limit": "\(MarkSheet.commentLimit)"])
        }
        let draft = MarkDraft(
            criteria: typed.criteria, mark: typed.mark, comment: typed.comment, at: services.clock.now(),
            version: version + 1)
        try await services.people.experts.kept().save(draft, one.cell, one.expert, sitting: one.sitting ?? 1)
        return draft
    }

    /// Takes a mark in and, when it was the last one owed, shows the marks to the panel.
    /// - Parameter version: of the own mark that was seen; nil does not ask.
    /// - Throws: `review.mark_refused` with its findings, `review.stale`, `experts.case_closed`, `review.marks_settled`.
    func handIn(_ typed: Typed, _ one: Case, replacing version: Int?) async throws {
        if let lock = one.lock { throw lock }
        let nonce = services.random.salt().map { $0 < 16 ? "0" + String($0, radix: 16) : String($0, radix: 16) }
            .joined()
        let sheet = try typed.sheet(one, at: services.clock.now(), nonce: nonce)
        let faults = sheet.faults(under: one.rules)
        guard faults.isEmpty else { throw Failure("review.mark_refused", findings: faults) }
        let stored = try await services.cells.marks.mark(one.cell, by: one.expert)?.version ?? 0
        if let version, version != stored { throw Failure("review.stale", ["what": one.indicator.id.rawValue]) }
        let entry = services.entry(
            "mark.given", by: context, on: one.cell.subject,
            payload: ["sitting": .string("\(sheet.sitting)"), "sheet": .string(sheet.digest.hex)])
        try await services.people.experts.kept().handIn(sheet, replacing: stored, entry: entry)
        try await reveal(one.known.round)
    }

    /// A remark in the discussion; only where the marks lie apart and are seen.
    func say(_ text: String, _ one: Case) async throws {
        let said = try Self.reason(text, action: "remark")
        guard one.standing.stage == .discussing else {
            throw Failure("experts.no_discussion", ["platform": one.participation.name])
        }
        let remark = MarkRemark(cell: one.cell, expert: one.expert, text: said, at: services.clock.now())
        try await services.people.experts.kept().say(
            remark, entry: services.entry("marks.remark", by: context, on: one.cell.subject, reason: said))
    }
}
