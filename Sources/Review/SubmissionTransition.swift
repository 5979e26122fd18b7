import Vocabulary

/// One row of the submission's table: from a state, by an action, to the next, by whom.
public struct SubmissionTransition: Sendable, Hashable {
    public let from: SubmissionState
    public let action: SubmissionAction
    /// Nil: back to the level that returned it.
    public let to: SubmissionState?
    /// Role ids, any of which may do it.
    public let roles: [String]

    private init(_ from: SubmissionState, _ action: SubmissionAction, _ to: SubmissionState?, _ roles: String...) {
        self.from = from
        self.action = action
        self.to = to
        self.roles = roles
    }

    /// The whole table, in the order of the product's text.
    public static let all: [SubmissionTransition] = [
        .init(.draft, .submit, .countyReview, "manager"),
        .init(.draft, .withdraw, .withdrawn, "manager"),
        .init(.countyReview, .pass, .cityReview, "county-clerk", "city-clerk"),
        .init(.countyReview, .return, .returned, "county-clerk", "city-clerk"),
        .init(.cityReview, .recommend, .recommended, "city-head"),
        .init(.cityReview, .decline, .notRecommended, "city-clerk", "city-head"),
        .init(.cityReview, .return, .returned, "city-clerk", "city-head"),
        .init(.returned, .resubmit, nil, "manager"),
        .init(.recommended, .takeIn, .formalCheck, "operator"),
        .init(.formalCheck, .pass, .verification, "operator"),
        .init(.formalCheck, .ask, .supplement, "operator"),
        .init(.formalCheck, .reject, .notAccepted, "operator"),
        .init(.supplement, .resubmit, .formalCheck, "manager"),
        .init(.verification, .finish, .expertReview, "approver"),
        .init(.expertReview, .finish, .siteCheck, "operator"),
        .init(.expertReview, .skipSite, .panel, "operator"),
        .init(.siteCheck, .finish, .panel, "verifier"),
        .init(.panel, .settle, .settled, "panel", "approver"),
        .init(.panel, .disqualify, .disqualified, "approver"),
        .init(.settled, .recheck, .verification, "manager"),
        .init(.settled, .lapse, .inNotice, "operator"),
        .init(.inNotice, .object, .objection, "operator"),
        .init(.inNotice, .end, .published, "operator"),
        .init(.objection, .uphold, .panel, "operator"),
        .init(.objection, .dismiss, .inNotice, "operator"),
        .init(.published, .revoke, .revoked, "approver"),
    ]
}

extension Participation {
    /// The submission after `action`, one version on.
    /// - Throws: `review.submission_action_not_allowed` when the table has no such row;
    ///   `review.reason_required` when a return, refusal or end is not explained.
    public func performing(_ action: SubmissionAction, reason: String?) throws(Failure) -> Participation {
        guard let row = SubmissionTransition.all.first(where: { $0.from == submission && $0.action == action }) else {
            throw Failure(
                "review.submission_action_not_allowed", ["action": action.rawValue, "state": submission.rawValue])
        }
        let explained = !(reason ?? "").allSatisfy(\.isWhitespace)
        switch action {
        case .return, .decline, .ask, .reject, .disqualify, .uphold, .dismiss, .revoke, .withdraw:
            if !explained { throw Failure("review.reason_required", ["action": action.rawValue]) }
        default: break
        }
        var next = self
        next.submission = row.to ?? returnedFrom ?? .countyReview
        next.returnedFrom = action == .return ? submission : nil
        next.version += 1
        return next
    }

    /// The rows that leave the present state.
    public var allowedTransitions: [SubmissionTransition] {
        SubmissionTransition.all.filter { $0.from == submission }
    }
}
