import Access
import Foundation
import Review
import Scheme
import Submit
import Trust
import Vocabulary

/// Asks, answers and decides queries; pages and the API come here alike.
struct QueryWork: Sendable {
    let services: Services
    let context: WebContext

    private var store: any QueryStore {
        get throws {
            guard let store = services.people.desk.queries else { throw Failure("web.not_found") }
            return store
        }
    }

    private var actor: AccountID { context.principal.account ?? AccountID("") }

    func today(_ scheme: IndicatorScheme) throws -> CivilDay {
        try services.zone(of: scheme).day(of: services.clock.now())
    }

    /// - Throws: `desk.query_unknown`.
    func query(_ round: Round, _ id: Int) async throws -> (query: SignalQuery, participation: Participation) {
        guard let query = try await store.query(round.id, id),
            let participation = try await services.rounds.participation(round.id, query.signal.platform)
        else { throw Failure("desk.query_unknown", ["query": "\(id)"]) }
        return (query, participation)
    }

    /// The last day for an answer; the day before a period of 0 days begins, so that nobody waits for it.
    private func due(_ round: Round, _ scheme: IndicatorScheme) async throws -> CivilDay {
        let days = try await services.people.workflow.process(of: round).query
        let today = try today(scheme)
        return days == 0 ? today.adding(days: -1) : services.people.workflow.calendar.day(days, workdaysAfter: today)
    }

    /// Asks the company about a signal that stands now.
    /// - Throws: `desk.signal_unknown` when nothing raises it any more; `desk.query_exists`; `desk.query_text`.
    func ask(_ key: String, _ question: String, _ round: Round) async throws -> SignalQuery {
        try context.principal.require(.checkFormally)
        try SignalQuery.check(question)
        let scheme = try await services.scheme(of: round)
        guard let signal = try await services.signals(round, scheme).first(where: { $0.key == key }),
            let participation = try await services.rounds.participation(round.id, signal.platform)
        else { throw Failure("desk.signal_unknown") }
        let now = services.clock.now()
        let new = SignalQuery(
            round: round.id, signal: signal, question: question, askedBy: actor, askedAt: now,
            due: try await due(round, scheme))
        let entry = entry("query.asked", new, reason: question, ["due": .string(new.due.description)])
        let id = try await store.ask(new, entry: entry)
        await tell(
            "message.query_asked", ["day": new.due.description], new,
            to: .company(participation.company.code), at: "/company/rounds/\(round.id)/queries")
        return try await query(round, id).query
    }

    /// The company's answer.
    func answer(_ id: Int, _ text: String, _ round: Round) async throws -> SignalQuery {
        let (query, participation) = try await query(round, id)
        try context.principal.require(.declareCell, on: participation.scope)
        let next = try query.answering(text, by: actor, at: services.clock.now())
        try await store.change(next, entry: entry("query.answered", next, reason: text))
        await tell(
            "message.query_answered", ["platform": participation.name], next, to: .role(Role.provinceOperator.rawValue),
            at: "/authority/rounds/\(round.id)/signals")
        return next
    }

    /// The operator's proposal; a cut names the figures, a zero names none and means all.
    /// - Throws: `desk.query_values`, `review.values_refused`, and what the query's own rules throw.
    func propose(
        _ id: Int, _ verdict: SignalQuery.Verdict, _ given: [String: ExactDecimal], reason: String, _ round: Round
    ) async throws -> SignalQuery {
        let (query, participation) = try await query(round, id)
        try context.principal.require(.checkFormally, on: participation.scope)
        let scheme = try await services.scheme(of: round)
        var values: [String: ExactDecimal] = [:]
        if verdict == .reduce || verdict == .zero {
            guard let indicator = query.signal.indicator.flatMap({ scheme.indicator($0) }) else {
                throw Failure("desk.query_values")
            }
            let present = try await services.cells.verifications.verifications(round.id, query.signal.platform)
            if verdict == .zero {
                values = indicator.valueIDs.reduce(into: [:]) { $0[$1] = .zero }
            } else {
                values = try VerifiedValues(indicator: indicator, scheme: scheme, present: present).read(given)
            }
        } else if !given.isEmpty {
            throw Failure("desk.query_values")
        }
        let next = try query.proposing(
            verdict, values: values, reason: reason, by: actor, at: services.clock.now(), today: try today(scheme))
        let payload: [String: CanonicalJSON] = [
            "verdict": .string(verdict.rawValue), "values": .object(values.mapValues { CanonicalJSON($0) }),
        ]
        try await store.change(next, entry: entry("query.proposed", next, reason: reason, payload))
        await tell(
            "message.query_proposed", ["platform": participation.name], next, to: .role(Role.approver.rawValue),
            at: "/authority/rounds/\(round.id)/signals")
        return next
    }

    /// The approver agrees, and a cut is written as the cell's verified value; or sends the proposal back.
    func decide(_ id: Int, agrees: Bool, reason: String, _ round: Round) async throws -> SignalQuery {
        let (query, participation) = try await query(round, id)
        try context.principal.require(.decideRound, on: participation.scope)
        let now = services.clock.now()
        guard agrees else {
            try SignalQuery.check(reason)
            let next = try query.refusing()
            try await store.change(next, entry: entry("query.refused", next, reason: reason))
            await tell(
                "message.query_refused", ["platform": participation.name, "reason": reason], next,
                to: .role(Role.provinceOperator.rawValue), at: "/authority/rounds/\(round.id)/signals")
            return next
        }
        let next = try query.approving(by: actor, at: now)
        let verdict = next.decision?.verdict.rawValue ?? ""
        try await store.change(
            next, entry: entry("query.decided", next, reason: next.decision?.reason, ["verdict": .string(verdict)]))
        if let decision = next.decision, !decision.values.isEmpty, let indicator = next.signal.indicator {
            try await cut(decision, CellAddress(round: round.id, platform: next.signal.platform, indicator: indicator))
        }
        await tell(
            "message.query_decided", [:], next, to: .company(participation.company.code),
            at: "/company/rounds/\(round.id)/queries")
        return next
    }

    /// Keeps evidence level and completeness: only the figures are cut.
    private func cut(_ decision: SignalQuery.Decision, _ cell: CellAddress) async throws {
        let stores = services.cells.verifications
        let present = try await stores.verification(cell)
        let version = try await stores.verifiedVersion(cell)
        let values = (present?.values ?? [:]).merging(decision.values) { _, new in new }
        let verification = Verification(
            cell: cell, values: values, evidenceLevel: present?.evidenceLevel, completeness: present?.completeness,
            basis: .reviewed, reason: decision.reason, by: actor, at: services.clock.now(), version: version + 1)
        let entry = services.entry(
            "cell.verified", by: context, on: cell.subject, reason: decision.reason,
            payload: ["values": .object(values.mapValues { CanonicalJSON($0) })])
        try await stores.record([VerificationChange(verification, entry: entry)], replacing: [cell: version])
    }

    private func entry(
        _ kind: AuditKind, _ query: SignalQuery, reason: String?, _ payload: [String: CanonicalJSON] = [:]
    ) -> AuditEntry {
        services.entry(
            kind, by: context,
            on: AuditSubject(
                round: query.round, platform: query.signal.platform, indicator: query.signal.indicator,
                key: query.id == 0 ? nil : "query:\(query.id)"), reason: reason,
            payload: .object(payload.merging(["signal": .string(query.signal.kind)]) { a, _ in a }))
    }

    private func tell(
        _ code: String, _ values: [String: String], _ query: SignalQuery, to audience: Audience, at address: String
    ) async {
        let draft = MessageDraft(
            code, values, round: query.round, platform: query.signal.platform, address: address, to: [audience])
        _ = try? await services.people.workflow.messages?.tell(draft, at: services.clock.now())
    }
}
