import Scheme
import Vocabulary

/// One row of the submission's table: from a state, by an action, to the next, by whom.
public struct SubmissionTransition: Sendable, Hashable {
    /// How many people an action needs.
    public enum Agreement: Sendable, Hashable {
        case one
        /// Somebody of the role proposes, one of the row's roles decides.
        case proposal(by: String)
        /// Two different people of the row's roles.
        case two
    }

    public let from: SubmissionState
    public let action: SubmissionAction
    /// Nil: back to the level that returned it.
    public let to: SubmissionState?
    /// Role ids, any of which may do it; `system` is the clock.
    public let roles: [String]
    public let agreement: Agreement

    private init(
        _ from: SubmissionState, _ action: SubmissionAction, _ to: SubmissionState?, _ roles: String...,
        needs agreement: Agreement = .one
    ) {
        self.from = from
        self.action = action
        self.to = to
        self.roles = roles
        self.agreement = agreement
    }

    /// The whole table, in the order of the product's text; printed in `docs/submission-states.md`.
    public static let all: [SubmissionTransition] = [
        .init(.draft, .submit, .countyReview, "manager"),
        .init(.draft, .withdraw, .withdrawn, "manager"),
        .init(.countyReview, .pass, .cityReview, "county-clerk", "city-clerk"),
        .init(.countyReview, .return, .returned, "county-clerk", "city-clerk"),
        .init(.cityReview, .recommend, .recommended, "city-head"),
        .init(.cityReview, .decline, .notRecommended, "city-clerk", "city-head"),
        .init(.cityReview, .return, .returned, "city-clerk", "city-head"),
        .init(.returned, .resubmit, nil, "manager"),
        .init(.returned, .lapse, .notAccepted, "system"),
        .init(.recommended, .takeIn, .formalCheck, "operator"),
        .init(.formalCheck, .pass, .verification, "operator"),
        .init(.formalCheck, .ask, .supplement, "operator"),
        .init(.formalCheck, .reject, .notAccepted, "operator"),
        .init(.supplement, .resubmit, .formalCheck, "manager"),
        .init(.supplement, .lapse, .formalCheck, "system"),
        .init(.verification, .finish, .expertReview, "approver", needs: .proposal(by: "operator")),
        .init(.expertReview, .finish, .siteCheck, "operator"),
        .init(.expertReview, .skipSite, .panel, "operator"),
        .init(.siteCheck, .finish, .panel, "verifier", needs: .two),
        .init(.panel, .settle, .settled, "panel", "approver"),
        .init(.panel, .disqualify, .disqualified, "approver"),
        .init(.settled, .recheck, .verification, "manager"),
        .init(.settled, .lapse, .inNotice, "system", "operator"),
        .init(.inNotice, .object, .objection, "operator"),
        .init(.inNotice, .end, .published, "operator"),
        .init(.objection, .uphold, .panel, "operator"),
        .init(.objection, .dismiss, .inNotice, "operator"),
        .init(.published, .correct, .published, "approver", needs: .two),
        .init(.published, .revoke, .revoked, "approver", needs: .two),
    ]

    /// The row that leaves the state by the action.
    public static func row(_ from: SubmissionState, _ action: SubmissionAction) -> SubmissionTransition? {
        all.first { $0.from == from && $0.action == action }
    }
}

/// The stages that a scheme may switch off; one that it does not name is on.
public struct SubmissionStages: Sendable, Hashable {
    public var countyReview: Bool
    public var siteCheck: Bool
    public var settled: Bool

    public init(countyReview: Bool = true, siteCheck: Bool = true, settled: Bool = true) {
        self.countyReview = countyReview
        self.siteCheck = siteCheck
        self.settled = settled
    }

    /// The scheme's switches `county-review`, `site-check` and `settled`.
    public init(scheme: IndicatorScheme) {
        func isOn(_ id: String) -> Bool { scheme.switches.first { $0.id == id }?.value.value ?? true }
        self.init(countyReview: isOn("county-review"), siteCheck: isOn("site-check"), settled: isOn("settled"))
    }

    /// The state itself, or the one after it where the scheme leaves it out.
    public func entering(_ state: SubmissionState) -> SubmissionState {
        switch state {
        case .countyReview where !countyReview: .cityReview
        case .siteCheck where !siteCheck: .panel
        case .settled where !settled: .inNotice
        default: state
        }
    }
}

extension SubmissionAction {
    /// A return, refusal or end is explained to those concerned.
    public var needsReason: Bool {
        switch self {
        case .return, .decline, .ask, .reject, .disqualify, .recheck, .uphold, .dismiss, .correct, .revoke, .withdraw:
            true
        default: false
        }
    }
}

extension Participation {
    /// The submission after `action`, one version on.
    /// - Parameter stages: What the scheme leaves out.
    /// - Throws: `review.submission_action_not_allowed` when the table has no such row;
    ///   `review.reason_required` when a return, refusal or end is not explained.
    public func performing(
        _ action: SubmissionAction, reason: String?, stages: SubmissionStages = SubmissionStages()
    ) throws(Failure) -> Participation {
        guard let row = SubmissionTransition.row(submission, action) else {
            throw Failure(
                "review.submission_action_not_allowed", ["action": action.rawValue, "state": submission.rawValue])
        }
        if action.needsReason, (reason ?? "").allSatisfy(\.isWhitespace) {
            throw Failure("review.reason_required", ["action": action.rawValue])
        }
        var next = self
        next.submission = stages.entering(row.to ?? returnedFrom ?? .countyReview)
        next.returnedFrom = action == .return ? submission : nil
        next.version += 1
        return next
    }

    /// The rows that leave the present state.
    public var allowedTransitions: [SubmissionTransition] {
        SubmissionTransition.all.filter { $0.from == submission }
    }
}
