import Vocabulary

/// Tells those concerned that a submission has moved.
public struct MoveMessages: ProposalFollower {
    private let desk: any MessageDesk
    private let store: any SubmissionStore
    private let periods: SubmissionPeriods

    public init(desk: any MessageDesk, store: any SubmissionStore, periods: SubmissionPeriods) {
        self.desk = desk
        self.store = store
        self.periods = periods
    }

    public func moved(_ request: SubmissionRequest, from before: Participation, to after: SubmissionCase) async throws {
        let (now, platform) = (after.participation, after.participation.platform)
        let event = try await store.events(now.round, platform).last
        let period = try await periods.period(of: after, since: event)
        var values = ["platform": now.name, "company": now.company.name]
        if let reason = request.reason { values["reason"] = reason }
        if let letter = request.details["letter"] { values["letter"] = letter }
        var isTimed = false
        if let period, period.days > 0 {
            values["last"] = period.last.description
            isTimed = true
        }
        let company = Audience.company(now.company.code)
        let region = now.company.region
        for told in MoveMessages.told(request.action, from: before.submission, to: now.submission, isTimed: isTimed) {
            let audiences = told.to.map { who -> Audience in
                switch who {
                case .company: company
                case .county: .county(region)
                case .city: .city(region)
                case .role(let id): .role(id)
                }
            }
            let isCompany = told.to == [.company]
            try await desk.tell(
                MessageDraft(
                    "message.\(told.code)", values, round: now.round, platform: platform,
                    address: isCompany
                        ? MoveMessages.companyPage(request.action, now)
                        : "/authority/rounds/\(now.round)/submissions/\(platform)",
                    to: audiences), at: after.now)
        }
    }

    public func proposed(_ proposal: SubmissionProposal, _ submission: SubmissionCase) async throws {
        let participation = submission.participation
        let row = SubmissionTransition.row(participation.submission, proposal.action)
        try await desk.tell(
            MessageDraft(
                "message.proposed", ["platform": participation.name, "company": participation.company.name],
                round: participation.round, platform: participation.platform,
                address: "/authority/rounds/\(participation.round)/submissions/\(participation.platform)",
                to: (row?.roles ?? []).map { .role($0) }), at: submission.now)
    }

    /// What was told and announced, objections included, stands on a page of its own, and so do corrections.
    private static func companyPage(_ action: SubmissionAction, _ now: Participation) -> String {
        if action == .correct || action == .revoke { return "/rounds/\(now.round)/corrections" }
        let isTold = [.settled, .inNotice, .objection].contains(now.submission)
        return "/company/rounds/\(now.round)" + (isTold ? "/telling" : "")
    }

    enum Who: Hashable {
        case company, county, city
        case role(String)
    }

    /// What is told to whom after a move, in the order of the procedure.
    private static func told(
        _ action: SubmissionAction, from: SubmissionState, to: SubmissionState, isTimed: Bool
    ) -> [(code: String, to: [Who])] {
        let operators: [Who] = [.role("operator")]
        let timed = isTimed ? "_until" : ""
        switch action {
        case .submit:
            return [("submitted", to == .countyReview ? [.county] : [.city]), ("submitted_company", [.company])]
        case .withdraw: return [("withdrawn", [.county, .city])]
        case .pass:
            return from == .countyReview
                ? [("county_passed", [.city]), ("county_passed_company", [.company])]
                : [("formally_accepted", [.company])]
        case .return: return [("returned" + timed, [.company])]
        case .recommend: return [("recommended", operators), ("recommended_company", [.company])]
        case .decline: return [("declined", [.company]), ("declined_office", [.county])]
        case .resubmit:
            return [("resubmitted", to == .countyReview ? [.county] : to == .cityReview ? [.city] : operators)]
        case .takeIn: return [("taken_in", [.company]), ("taken_in_office", [.city])]
        case .ask: return [("supplement_asked" + timed, [.company])]
        case .reject: return [("rejected", [.company]), ("rejected_office", [.city])]
        case .finish, .skipSite: return to == .siteCheck ? [("site_check", [.company])] : []
        case .settle: return to == .settled ? [("results_told" + timed, [.company])] : []
        case .disqualify: return [("disqualified", [.company]), ("disqualified_office", [.city])]
        // Told with its cells where they are taken in.
        case .recheck: return []
        case .lapse:
            switch from {
            case .returned: return [("return_lapsed", [.company]), ("return_lapsed_office", [.county, .city])]
            case .supplement: return [("supplement_lapsed", [.company]), ("supplement_lapsed_office", operators)]
            default: return [("in_notice", [.company])]
            }
        case .object: return [("objection_raised", operators + [.role("inspector")])]
        case .uphold: return [("objection_upheld", [.company])]
        case .dismiss: return [("objection_dismissed", [.company])]
        case .end: return [("published", [.company])]
        case .correct: return [("corrected", [.company])]
        case .revoke: return [("revoked", [.company]), ("revoked_office", [.city])]
        }
    }
}
