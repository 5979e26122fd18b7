import Scheme
import Vocabulary

/// What somebody asks of a submission, before it is known whether it may be.
public struct SubmissionRequest: Sendable, Hashable {
    public let action: SubmissionAction
    public let reason: String?
    /// What the action states besides its reason, such as the number of the letter of recommendation.
    public let details: [String: String]
    public let by: AccountID?

    public init(
        _ action: SubmissionAction, reason: String? = nil, details: [String: String] = [:], by: AccountID? = nil
    ) {
        self.action = action
        self.reason = reason
        self.details = details
        self.by = by
    }
}

/// The submission that an action is asked of, with the round that it stands in.
public struct SubmissionCase: Sendable {
    public let participation: Participation
    public let round: Round
    public let scheme: IndicatorScheme
    public let now: Instant

    public init(_ participation: Participation, round: Round, scheme: IndicatorScheme, now: Instant) {
        self.participation = participation
        self.round = round
        self.scheme = scheme
        self.now = now
    }
}

/// Knows what may stand against an action on a submission. Areas answer for what they know and stay silent otherwise.
public protocol TransitionGuard: Sendable {
    /// Everything that stands against it now, each in a sentence of the catalogue that says what is missing and where to
    /// get it; empty when nothing does. Called for every page that shows the action, so it must be quick.
    ///
    /// An error hinders in every round but a demonstration, a warning only informs.
    func hindrances(to request: SubmissionRequest, of submission: SubmissionCase) async throws -> [Finding]

    /// Lets work under way come to its end, for a bounded time, so that nobody is refused because we are slow. Called once
    /// when the action is asked for, before the hindrances, never for a page.
    func settle(for request: SubmissionRequest, of submission: SubmissionCase) async throws
}

extension TransitionGuard {
    public func settle(for request: SubmissionRequest, of submission: SubmissionCase) async throws {}
}

/// What an area does once a submission has moved and the move is on disk.
public protocol TransitionFollower: Sendable {
    /// Called once after the move; a failure is logged and undoes nothing, so it must be repeatable.
    func moved(_ request: SubmissionRequest, from before: Participation, to after: SubmissionCase) async throws
}
