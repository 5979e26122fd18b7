import Evaluate
import Review
import Scheme
import Trust
import Vocabulary

/// What follows the panel's decision: it is written down with its minutes and computation, and the result is told to
/// the company with the days it has; the move itself sends the message.
public struct PanelFollower: TransitionFollower {
    private let stores: any PanelStores
    private let evaluations: any EvaluationStore
    private let periods: @Sendable (Round) async throws -> PanelPeriods
    private let random: any RandomSource

    public init(
        stores: any PanelStores, evaluations: any EvaluationStore,
        periods: @Sendable @escaping (Round) async throws -> PanelPeriods, random: any RandomSource
    ) {
        self.stores = stores
        self.evaluations = evaluations
        self.periods = periods
        self.random = random
    }

    public func moved(
        _ request: SubmissionRequest, from before: Participation, to after: SubmissionCase
    ) async throws {
        switch request.action {
        case .settle: try await settled(request, after)
        case .disqualify: try await record(.disqualified, request, after, telling: nil)
        default: return
        }
    }

    private func settled(_ request: SubmissionRequest, _ after: SubmissionCase) async throws {
        let one = after.participation
        let periods = try await periods(after.round)
        let today = after.scheme.day(of: after.now)
        let telling = Telling(
            round: one.round, platform: one.platform, version: one.version, at: after.now, days: periods.recheckDays,
            lastDay: periods.calendar.day(periods.recheckDays, workdaysAfter: today),
            computation: try await evaluations.latest(one.round)?.number)
        try await record(.settled, request, after, telling: telling)
    }

    private func record(
        _ outcome: PanelDecision.Outcome, _ request: SubmissionRequest, _ after: SubmissionCase, telling: Telling?
    ) async throws {
        let one = after.participation
        var minutes = request.details["minutes"]
        if minutes == nil, outcome == .settled { minutes = try await stores.minutes(one.round).first?.id }
        let computation = try await evaluations.latest(one.round)?.number
        let decision = PanelDecision(
            round: one.round, platform: one.platform, version: one.version, outcome: outcome, minutes: minutes,
            computation: computation, reason: request.reason ?? "", by: request.by ?? AccountID("system"),
            at: after.now)
        let payload = CanonicalJSON.object([
            "minutes": minutes.map { .string($0) } ?? .null,
            "computation": computation.map { .string("\($0)") } ?? .null,
            "lastDay": telling.map { .string("\($0.lastDay)") } ?? .null,
        ])
        let entry = AuditEntry(
            AuditKind("panel.\(outcome.rawValue)"), actor: request.by.map(AuditActor.account) ?? .system("panel"),
            at: after.now, subject: AuditSubject(round: one.round, platform: one.platform), reason: request.reason,
            payload: payload, salt: random.salt())
        try await stores.record(decision, telling: telling, entry: entry)
    }
}
