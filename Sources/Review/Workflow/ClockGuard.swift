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

/// Which period runs for a submission.
public struct SubmissionPeriods: Sendable {
    private let processes: any ProcessStore
    public let calendar: WorkingCalendar

    public init(processes: any ProcessStore, calendar: WorkingCalendar) {
        self.processes = processes
        self.calendar = calendar
    }

    /// The periods of the round: what was set, else what its scheme says.
    public func settings(_ submission: SubmissionCase) async throws -> ProcessSettings {
        if let set = try await processes.settings(submission.round.id) { return set }
        return ProcessSettings(scheme: submission.scheme)
    }

    /// The period that the state runs in, from the event that led to it; nil where none runs.
    public func period(of submission: SubmissionCase, since event: SubmissionEvent?) async throws -> WorkingPeriod? {
        guard let event, event.to == submission.participation.submission,
            let zone = DayCutter(zoneName: submission.scheme.zone)
        else { return nil }
        let settings = try await settings(submission)
        guard let days = SubmissionPeriods.days(submission.participation.submission, settings) else { return nil }
        return WorkingPeriod(days, after: event.at, calendar: calendar, zone: zone)
    }

    /// The working days of the state's period; nil for a state without one.
    public static func days(_ state: SubmissionState, _ settings: ProcessSettings) -> Int? {
        switch state {
        case .returned: settings.returned
        case .supplement: settings.supplement
        case .settled: settings.recheck
        case .inNotice: settings.notice
        default: nil
        }
    }
}
