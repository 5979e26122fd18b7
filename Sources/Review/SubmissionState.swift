/// Where one platform's submission stands in a round.
public enum SubmissionState: String, Sendable, Hashable, Codable, CaseIterable {
    case draft
    case countyReview = "county-review"
    case cityReview = "city-review"
    case returned
    case recommended
    case formalCheck = "formal-check"
    case supplement
    case verification
    case expertReview = "expert-review"
    case siteCheck = "site-check"
    case panel
    case settled
    case inNotice = "in-notice"
    case objection
    case published
    case withdrawn
    case notRecommended = "not-recommended"
    case notAccepted = "not-accepted"
    case disqualified
    case revoked

    /// Nothing follows but, from `published`, a revocation.
    public var isEnd: Bool {
        switch self {
        case .withdrawn, .notRecommended, .notAccepted, .disqualified, .revoked, .published: true
        default: false
        }
    }

    /// The platform takes no part in the ranking any more.
    public var isOut: Bool { isEnd && self != .published }

    /// The company may edit its cells.
    public var isEditableByCompany: Bool { self == .draft || self == .returned || self == .supplement }
}

/// What may be done to a submission.
public enum SubmissionAction: String, Sendable, Hashable, Codable, CaseIterable {
    case submit, withdraw, pass, `return`, recommend, decline, resubmit
    case takeIn = "take-in"
    case ask, reject, finish, settle, disqualify, recheck, lapse, object, end, uphold, dismiss, correct, revoke
    /// Straight to the panel, where the scheme sends nobody on site.
    case skipSite = "skip-site"
}
