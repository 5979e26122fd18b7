import Vocabulary

/// Holds a submission's moves against the stage of its round.
public struct StageGuard: TransitionGuard {
    public init() {}

    public func hindrances(to request: SubmissionRequest, of submission: SubmissionCase) async throws -> [Finding] {
        let round = submission.round
        let stages = StageGuard.stages(submission.participation.submission, request.action)
        guard let first = stages.first, !stages.contains(round.state) else { return [] }
        if round.state == .suspended || round.state == .cancelled {
            return [Finding(.error, "workflow.round_\(round.state.rawValue)")]
        }
        return [Finding(.error, "workflow.stage_\(first.rawValue)")]
    }

    /// The stages of a round in which the action may be taken from the state, in their order.
    public static func stages(_ state: SubmissionState, _ action: SubmissionAction) -> [RoundState] {
        switch state {
        case .draft: [.open]
        case .countyReview, .cityReview, .returned, .recommended, .formalCheck, .supplement: [.open, .reviewing]
        // A recheck comes back from the panel's stage.
        case .verification: [.reviewing, .evaluating, .panel]
        case .expertReview, .siteCheck: [.evaluating, .panel]
        case .panel: [.panel]
        case .settled: action == .recheck ? [.panel] : [.panel, .notice]
        case .inNotice, .objection: [.notice]
        case .published: [.notice, .published, .archived]
        default: []
        }
    }
}
