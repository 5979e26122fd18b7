import Review
import Scheme
import Vocabulary

/// What the pages and routes of this area work with: windows, quotas, guards, clocks and messages of submissions.
public struct WorkflowServices: Sendable {
    /// What stands against actions on submissions, as far as this area knows.
    public var guards: [any TransitionGuard] = []
    /// What happens here after a submission has moved.
    public var followers: [any TransitionFollower] = []
    /// What runs beside the server until it ends.
    public var background: [any BackgroundWork] = []
    /// Which days are worked.
    public var calendar = WorkingCalendar.china
    /// Tells people what concerns them; nil only where nothing is kept.
    public var messages: (any MessageDesk)?
    public var inbox: (any Inbox)?
    public var outbox: (any Outbox)?
    /// The periods of rounds.
    public var processes: (any ProcessStore)?
    /// Which period runs for a submission.
    public var periods: SubmissionPeriods?
    public var schemes: (any SchemeLibrary)?
    /// Moves, proposals and windows.
    public var submissions: (any SubmissionStore)?
    /// What ends by itself; one look is `tick`.
    public var clocks: SubmissionClocks?

    public init() {}

    /// The periods of the round's procedure: what was set for it, else what its scheme says.
    public func process(of round: Round) async throws -> ProcessSettings {
        if let set = try await processes?.settings(round.id) { return set }
        guard let scheme = try await schemes?.scheme(digest: round.schemeDigest) else { return ProcessSettings() }
        return ProcessSettings(scheme: scheme)
    }
}
