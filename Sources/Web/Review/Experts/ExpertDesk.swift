import Access
import Hummingbird
import Review
import Scheme
import Trust
import Vocabulary

/// Draws, replaces, takes in marks and reveals them; pages and API go through it alike.
struct ExpertDesk: Sendable {
    let services: Services
    let context: WebContext
    private var clock: any Clock { services.clock }

    private func store() throws -> any ExpertStore { try services.people.experts.kept() }
    func book(_ round: Round) async throws -> ExpertRound { try await ExpertRound(services, round) }

    private func indicator(_ id: IndicatorID, _ known: ExpertRound) throws -> Indicator {
        guard let found = known.scheme.indicator(id) else {
            throw Failure("review.indicator_unknown", ["indicator": id.rawValue])
        }
        guard found.markValue != nil, known.scheme.expertMarking != nil else {
            throw Failure("review.not_marked", ["indicator": id.rawValue])
        }
        return found
    }

    // MARK: - The draw

    /// Freezes pool and field in the log, takes the seed from the checkpoint made after it, and draws.
    /// - Throws: `experts.drawn_already`, `experts.no_cases`, `experts.round_ended`, `experts.too_few`.
    @discardableResult
    func draw(_ id: IndicatorID, _ round: Round, field: ExpertField?) async throws -> ExpertDrawRecord {
        try context.principal.require(.keepExperts)
        let known = try await book(round)
        let indicator = try indicator(id, known)
        try requireRunning(known)
        if known.book.draw(id) != nil { throw Failure("experts.drawn_already", ["indicator": indicator.title.zh]) }
        let platforms = known.platforms(id, atDraw: true)
        guard let rules = known.scheme.expertMarking, !platforms.isEmpty else {
            throw Failure("experts.no_cases", ["indicator": indicator.title.zh])
        }
        let candidates = try await candidates(known)
        let applicants = try await applicants(platforms)
        let frozen = Digest.sha256(
            of: Array((candidates.map(\.account.rawValue) + applicants.map(\.code)).joined(separator: "\n").utf8))
        let subject = AuditSubject(round: round.id, indicator: id)
        try await store().freeze(
            entry: services.entry(
                "experts.frozen", by: context, on: subject, payload: ["pool": .string(frozen.hex)]))
        let checkpoint = try await services.log.checkpoint().checkpoint
        let (seed, name) = (checkpoint.root.hex, "\(round.id)/\(id)")
        let shares = ExpertDraw.share(
            platforms.map(\.platform), above: rules.panelsAbove?.value, anchors: rules.anchorCases?.value ?? 0,
            seed: seed, name: name)
        let request = ExpertDraw.Request(
            name: name, seed: seed, seats: rules.experts.value, panels: shares.panels.count, field: field,
            applicants: applicants, candidates: candidates)
        let record = ExpertDrawRecord(
            indicator: id, request: request, outcome: try ExpertDraw.run(request), checkpointSize: checkpoint.size,
            by: context.principal.account ?? "", at: clock.now())
        let cases = shares.panels.enumerated().flatMap { index, panel in
            panel.map {
                ExpertCase(cell: known.cell($0, id), panel: index + 1, isAnchor: shares.anchors.contains($0))
            }
        }
        let payload: CanonicalJSON = [
            "seed": .string(seed), "size": .string("\(checkpoint.size)"),
            "panels": .array(record.outcome.panels.map { .array($0.map { .string($0.rawValue) }) }),
        ]
        try await store().keep(
            record, round: round.id, cases: cases,
            entry: services.entry("experts.drawn", by: context, on: subject, payload: payload))
        try await tell("message.expert_drawn", known, indicator, record.outcome.panels.flatMap { $0 })
        return record
    }

    private func requireRunning(_ known: ExpertRound) throws {
        if [.published, .archived, .cancelled, .preparing].contains(known.round.state) {
            throw Failure("experts.round_ended", ["state": known.round.state.rawValue])
        }
    }

    /// The pool as it is now: who has an open account, how much everybody has to mark, what conflicts are known.
    /// - Parameter platform: the only one whose conflicts matter; nil for all.
    private func candidates(
        _ known: ExpertRound, conflictsOf platform: PlatformID? = nil
    ) async throws -> [ExpertDraw.Candidate] {
        var load: [AccountID: Set<IndicatorID>] = [:]
        for seat in known.book.seats where seat.left == nil && !seat.isStandIn {
            load[seat.expert, default: []].insert(seat.indicator)
        }
        let conflicts = [AccountID: [ExpertConflict]](grouping: known.book.conflicts, by: \.expert)
        var found: [ExpertDraw.Candidate] = []
        for expert in try await store().experts() {
            let account = try await services.accounts.account(expert.account)
            let isOpen = account.map { $0.lock == nil && $0.roles.contains(.expert) } ?? false
            found.append(
                ExpertDraw.Candidate(
                    expert, load: load[expert.account]?.count ?? 0,
                    conflicts: (conflicts[expert.account] ?? []).map(\.platform)
                        .filter { platform == nil || $0 == platform }, absence: isOpen ? nil : .account))
        }
        return found
    }

    private func applicants(_ platforms: [Participation]) async throws -> [ExpertDraw.Applicant] {
        let groups = try await store().groups()
        return platforms.map {
            ExpertDraw.Applicant(
                platform: $0.platform, code: $0.company.code.description, company: $0.company.name,
                group: groups[$0.company.code.description] ?? "")
        }
    }

    // MARK: - Replacement and conflicts

    /// - Throws: `experts.not_seated`, `experts.nobody_left`, `review.marks_settled`, `review.reason_required`.
    /// - Returns: who takes the seat.
    @discardableResult
    func replace(_ expert: AccountID, _ id: IndicatorID, _ round: Round, reason: String) async throws -> AccountID {
        try context.principal.require(.keepExperts)
        let known = try await book(round)
        let indicator = try indicator(id, known)
        let reason = try Self.reason(reason, action: "replace")
        guard let record = known.book.draw(id),
            let seat = known.book.seats.first(where: { $0.indicator == id && $0.expert == expert && $0.left == nil })
        else { throw Failure("experts.not_seated", ["expert": expert.rawValue]) }
        if known.settled.contains(id) { throw Failure("review.marks_settled", ["indicator": indicator.title.zh]) }
        let staying = known.book.seats.filter {
            $0.indicator == id && $0.panel == seat.panel && $0.left == nil && $0.expert != expert
        }.map(\.expert)
        let taken = Set(known.book.seats.filter { $0.indicator == id }.map(\.expert))
        let request = try await renewed(record.request, known)
        guard let taking = ExpertDraw.next(request, beside: staying, taken: taken) else {
            throw Failure("experts.nobody_left", ["indicator": indicator.title.zh])
        }
        let cells = known.book.assignments.filter {
            $0.cell.indicator == id && $0.expert == expert && $0.ended == nil
        }.map(\.cell)
        try await store().exchange(
            ExpertExchange(
                round: round.id, indicator: id, panel: seat.panel, leaving: expert, taking: taking, cells: cells,
                leavesSeat: true, reason: reason, at: clock.now()),
            entry: services.entry(
                "experts.replaced", by: context, on: AuditSubject(round: round.id, indicator: id), reason: reason,
                payload: ["leaving": .string(expert.rawValue), "taking": .string(taking.rawValue)]))
        try await tell("message.expert_drawn", known, indicator, [taking])
        return taking
    }

    /// The expert leaves every case of the platform; for each a stand-in is drawn, where somebody is left.
    /// - Throws: `experts.not_assigned`, `review.reason_required`.
    func declareConflict(_ platform: PlatformID, _ round: Round, reason: String) async throws {
        guard let expert = context.principal.account else { throw Failure("access.sign_in_required") }
        let known = try await book(round)
        let reason = try Self.reason(reason, action: "conflict")
        let duties = known.book.assignments.filter {
            $0.cell.platform == platform && $0.expert == expert && $0.ended == nil
        }
        guard !duties.isEmpty, known.book.hasPledged(expert) else {
            throw Failure("experts.not_assigned", ["platform": platform.rawValue])
        }
        let subject = AuditSubject(round: round.id, platform: platform)
        try await store().declare(
            ExpertConflict(expert: expert, platform: platform, reason: reason, at: clock.now()), round: round.id,
            entry: services.entry("experts.conflict", by: context, on: subject, reason: reason))
        for duty in duties where !known.settled.contains(duty.cell.indicator) {
            guard let record = known.book.draw(duty.cell.indicator) else { continue }
            let request = try await renewed(record.request, known, conflictsOf: platform)
            let staying = known.standings[duty.cell]?.experts.filter { $0 != expert } ?? []
            let seated = known.book.seats.filter { $0.indicator == duty.cell.indicator && !$0.isStandIn }.map(\.expert)
            let taking = ExpertDraw.next(request, beside: staying, taken: Set(seated + staying + [expert]))
            try await store().exchange(
                ExpertExchange(
                    round: round.id, indicator: duty.cell.indicator, panel: duty.panel, leaving: expert, taking: taking,
                    cells: [duty.cell], leavesSeat: false, reason: reason, at: clock.now()),
                entry: services.entry(
                    "experts.stand_in", by: context, on: duty.cell.subject,
                    payload: ["leaving": .string(expert.rawValue), "taking": .string(taking?.rawValue ?? "")]))
            if let taking, let indicator = known.scheme.indicator(duty.cell.indicator) {
                try await tell("message.expert_drawn", known, indicator, [taking])
            }
        }
        try await reveal(round)
    }

    /// The record's request with the pool as it is now; seed, name and field stay.
    private func renewed(
        _ request: ExpertDraw.Request, _ known: ExpertRound, conflictsOf platform: PlatformID? = nil
    ) async throws -> ExpertDraw.Request {
        ExpertDraw.Request(
            name: request.name, seed: request.seed, seats: request.seats, panels: request.panels, field: request.field,
            applicants: request.applicants, candidates: try await candidates(known, conflictsOf: platform))
    }

    // MARK: - Confidentiality

    /// Signs the text that stands in the catalogue; signing twice changes nothing.
    func pledge(_ round: Round) async throws {
        try context.principal.require(.readCases)
        guard let expert = context.principal.account else { throw Failure("access.sign_in_required") }
        let known = try await book(round)
        if known.book.hasPledged(expert) { return }
        guard known.book.seats.contains(where: { $0.expert == expert && $0.left == nil }) else {
            throw Failure("experts.not_assigned", ["platform": round.id.rawValue])
        }
        let text = ConfidentialityText(context.language)
        let pledge = ExpertPledge(
            expert: expert, textVersion: text.version, digest: text.digest, at: clock.now())
        try await store().pledge(
            pledge, round: round.id,
            entry: services.entry(
                "experts.pledged", by: context, on: AuditSubject(round: round.id, key: "account:\(expert)"),
                payload: ["version": .string(text.version), "digest": .string(text.digest.hex)]))
    }

    // MARK: - The rest of the operator's acts

    /// Tells everybody who owes marks now.
    /// - Returns: how many experts owe something.
    func remind(_ id: IndicatorID, _ round: Round) async throws -> Int {
        try context.principal.require(.keepExperts)
        let known = try await book(round)
        let indicator = try indicator(id, known)
        let late = Set(known.open(id).flatMap(\.owing)).sorted()
        try await tell("message.expert_late", known, indicator, late)
        return late.count
    }

    /// Settles what is ready into verified values.
    func settle(_ round: Round) async throws -> MarkSettling.Outcome {
        try context.principal.require(.keepExperts)
        try await reveal(round)
        let known = try await book(round)
        let settling = MarkSettling(
            marks: services.cells.marks, verifications: services.cells.verifications,
            readiness: try store() as? any MarkReadiness)
        let (services, context) = (services, context)
        return try await settling.settle(
            round.id, scheme: known.scheme,
            platforms: known.participations.filter { !$0.submission.isOut && $0.submission != .draft }.map(\.platform),
            cases: known.caseCounts.filter { $0.value == 0 || known.standings[$0.key] != nil },
            by: context.principal.account ?? "", at: clock.now()
        ) { kind, subject, reason, payload in
            services.entry(kind, by: context, on: subject, reason: reason, payload: payload)
        }
    }

    /// Shows the first marks of every panel that has all of them in to its experts.
    func reveal(_ round: Round) async throws {
        let known = try await book(round)
        let cells = known.toReveal
        guard !cells.isEmpty else { return }
        try await store().reveal(
            cells, at: clock.now(),
            entry: services.entry(
                "marks.revealed", by: context, on: AuditSubject(round: round.id),
                payload: ["cells": .array(cells.map { .string($0.description) })]))
        for indicator in known.indicators {
            let wide = cells.filter {
                $0.indicator == indicator.id && known.standings[$0]?.divergence?.isWide == true
            }
            let experts = Set(wide.flatMap { known.standings[$0]?.experts ?? [] })
            try await tell("message.expert_discuss", known, indicator, experts.sorted())
        }
    }

    private func tell(
        _ code: String, _ known: ExpertRound, _ indicator: Indicator, _ experts: [AccountID]
    ) async throws {
        guard !experts.isEmpty else { return }
        let draft = MessageDraft(
            code, ["round": known.round.title.zh, "number": "\(indicator.number)", "indicator": indicator.title.zh],
            round: known.round.id, address: "/expert/rounds/\(known.round.id)", to: [.accounts(experts)])
        try await services.people.workflow.messages?.tell(draft, at: clock.now())
    }

    static func reason(_ text: String, action: String) throws -> String {
        let reason = String(text.trimmingWhitespace().prefix(1000))
        if reason.isEmpty { throw Failure("review.reason_required", ["action": action]) }
        return reason
    }
}
