import Vocabulary

/// Periods in working days, and what may be done only once.
public struct ClockGuard: TransitionGuard {
    private let clocks: SubmissionPeriods
    private let store: any SubmissionStore

    public init(clocks: SubmissionPeriods, store: any SubmissionStore) {
        self.clocks = clocks
        self.store = store
    }

    public func hindrances(to request: SubmissionRequest, of submission: SubmissionCase) async throws -> [Finding] {
        let participation = submission.participation
        let events = try await store.events(participation.round, participation.platform)
        guard let zone = DayCutter(zoneName: submission.scheme.zone) else { return [] }
        switch (participation.submission, request.action) {
        case (.formalCheck, .ask):
            let isUsed = events.contains { $0.action == .ask }
            return isUsed ? [Finding(.error, "workflow.supplement_used")] : []
        case (.settled, .recheck):
            var findings: [Finding] = []
            if events.contains(where: { $0.action == .recheck }) {
                findings.append(Finding(.error, "workflow.recheck_used"))
            }
            return findings + (try await missed("workflow.recheck_over", events, submission, zone))
        case (.returned, .resubmit), (.supplement, .resubmit):
            return try await missed("workflow.clock_run_out", events, submission, zone)
        case (.returned, .lapse), (.supplement, .lapse):
            guard let period = try await clocks.period(of: submission, since: events.last) else { return [] }
            if period.isMissed(submission.now, zone: zone) { return [] }
            return [Finding(.error, "workflow.clock_running", ["last": period.last.description])]
        case (.settled, .lapse), (.inNotice, .end):
            guard let period = try await clocks.period(of: submission, since: events.last) else { return [] }
            if period.isOver(submission.now, zone: zone) { return [] }
            let code = request.action == .end ? "workflow.notice_running" : "workflow.recheck_running"
            return [Finding(.error, code, ["last": period.last.description])]
        default: return []
        }
    }

    private func missed(
        _ code: String, _ events: [SubmissionEvent], _ submission: SubmissionCase, _ zone: DayCutter
    ) async throws -> [Finding] {
        guard let period = try await clocks.period(of: submission, since: events.last),
            period.isMissed(submission.now, zone: zone)
        else { return [] }
        return [Finding(.error, code, ["last": period.last.description])]
    }
}
