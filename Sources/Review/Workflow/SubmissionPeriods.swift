import Vocabulary

/// Which period runs for a submission. Guards, clocks, lists and pages all ask here, so that they cannot disagree.
public struct SubmissionPeriods: Sendable {
    /// Where tellings, rechecks and notices keep the days that they were given.
    public typealias DatedSteps = PanelStore & NoticeStore

    private let processes: any ProcessStore
    private let steps: (any DatedSteps)?
    public let calendar: WorkingCalendar

    /// - Parameter steps: Nil where results are neither told nor announced: their periods then run from the move.
    public init(processes: any ProcessStore, calendar: WorkingCalendar, steps: (any DatedSteps)? = nil) {
        self.processes = processes
        self.calendar = calendar
        self.steps = steps
    }

    /// The periods of the round: what was set, else what its scheme says.
    public func settings(_ submission: SubmissionCase) async throws -> ProcessSettings {
        if let set = try await processes.settings(submission.round.id) { return set }
        return ProcessSettings(scheme: submission.scheme)
    }

    /// The period that the state runs in; nil where none runs.
    ///
    /// A told result has the days that its telling names, a result in the notice those of the round's last notice, from
    /// whatever move it stands there; everything else runs from the event that led to the state.
    public func period(of submission: SubmissionCase, since event: SubmissionEvent?) async throws -> WorkingPeriod? {
        let participation = submission.participation
        if let steps {
            switch participation.submission {
            case .settled:
                if let told = try await told(submission, since: event, steps) { return told }
            case .inNotice: return try await announced(submission, steps)
            default: break
            }
        }
        guard let event, event.to == participation.submission,
            let zone = DayCutter(zoneName: submission.scheme.zone)
        else { return nil }
        let settings = try await settings(submission)
        guard let days = SubmissionPeriods.days(participation.submission, settings) else { return nil }
        return WorkingPeriod(days, after: event.at, calendar: calendar, zone: zone)
    }

    /// The days of the telling. They need not run out once the company accepted, or had its one recheck.
    private func told(
        _ submission: SubmissionCase, since event: SubmissionEvent?, _ steps: any DatedSteps
    ) async throws -> WorkingPeriod? {
        let (round, platform) = (submission.round.id, submission.participation.platform)
        guard let telling = try await steps.telling(round, platform),
            telling.at >= event?.at ?? telling.at, let zone = DayCutter(zoneName: submission.scheme.zone)
        else { return nil }
        var isWaived = telling.acceptedAt != nil
        if !isWaived { isWaived = try await steps.recheck(round, platform) != nil }
        return WorkingPeriod(
            telling.days, from: zone.day(of: telling.at), through: telling.lastDay, isWaived: isWaived)
    }

    /// The days of the round's last notice, once the round stands in it; a dismissed objection does not begin them anew.
    private func announced(_ submission: SubmissionCase, _ steps: any DatedSteps) async throws -> WorkingPeriod? {
        guard submission.round.state == .notice, let notice = try await steps.notices(submission.round.id).last
        else { return nil }
        return WorkingPeriod(notice.days, from: notice.startsOn, through: notice.endsOn)
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
