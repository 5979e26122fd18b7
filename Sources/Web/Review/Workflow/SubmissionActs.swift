import Access
import Logging
import Review
import Scheme
import Trust
import Vocabulary

/// Acts on submissions for a reader: permission first, then the desk. The API, the pages and the lists go through here.
struct SubmissionActs: Sendable {
    let services: Services

    /// - Parameter agreed: Who has agreed already, where an area keeps its own record of the two.
    /// - Throws: `review.submission_action_not_allowed`, `access.denied`, `workflow.details_invalid`,
    ///   `workflow.reason_too_long`, and what the desk throws.
    func act(
        _ request: SubmissionRequest, on participation: Participation, as principal: Principal,
        agreed: AccountID? = nil
    ) async throws -> SubmissionDesk.Outcome {
        try permit(request, on: participation, as: principal)
        let submission = try await submissionCase(participation)
        return try await services.submissionDesk.act(
            request, on: submission, roles: Set(principal.roles.map(\.rawValue)),
            quota: try await quota(request.action, submission), agreed: agreed)
    }

    /// Whether the reader may ask for it at all, and whether it is in order.
    func permit(_ request: SubmissionRequest, on participation: Participation, as principal: Principal) throws {
        guard let permissions = request.action.permissions(from: participation.submission) else {
            throw Failure(
                "review.submission_action_not_allowed",
                ["action": request.action.rawValue, "state": participation.submission.rawValue])
        }
        if !permissions.contains(where: { principal.may($0, on: participation.scope) }) {
            try principal.require(permissions.first ?? .decideRound, on: participation.scope)
            throw Failure("access.denied", ["permission": Permission.decideRound.rawValue])
        }
        if (request.reason ?? "").count > 2000 { throw Failure("workflow.reason_too_long") }
        let isLong = request.details.contains { $0.key.count > 40 || $0.value.count > 500 }
        if isLong || request.details.count > 20 { throw Failure("workflow.details_invalid") }
    }

    func submissionCase(_ participation: Participation) async throws -> SubmissionCase {
        guard let round = try await services.rounds.round(participation.round) else {
            throw Failure("review.round_unknown", ["round": participation.round.rawValue])
        }
        return SubmissionCase(
            participation, round: round, scheme: try await services.scheme(of: round), now: services.clock.now())
    }

    /// The city's quota where the action uses it up.
    private func quota(_ action: SubmissionAction, _ submission: SubmissionCase) async throws -> CityQuota? {
        guard action == .recommend, let store = services.people.workflow.submissions else { return nil }
        let city = submission.participation.company.region.city
        return try await store.windows(submission.round.id).first { $0.region == city }?.quota.map {
            CityQuota(city: city, most: $0)
        }
    }

    // MARK: What may be done

    /// One action with what stands against it now.
    struct Possibility: Sendable {
        let row: SubmissionTransition
        let hindrances: [Finding]
        /// Nothing hinders it, or the round does not enforce what does.
        let isAllowed: Bool
    }

    /// The actions that the reader's roles have here, in the table's order, each with what stands against it.
    func possibilities(_ submission: SubmissionCase, for principal: Principal) async throws -> [Possibility] {
        let desk = services.submissionDesk
        let isGuarded = desk.isGuarded(submission.round)
        let rows = submission.participation.allowedTransitions.filter {
            $0.action.isOpen(to: principal, on: submission.participation)
        }
        var possibilities: [Possibility] = []
        for row in rows {
            let found = try await desk.hindrances(
                to: SubmissionRequest(row.action, reason: "?", details: ["letter": "?"], by: principal.account),
                of: submission)
            possibilities.append(
                Possibility(
                    row: row, hindrances: found,
                    isAllowed: !isGuarded || !found.contains { $0.severity == .error }))
        }
        return possibilities
    }

    func resource(
        _ participation: Participation, for principal: Principal, _ language: Language
    ) async throws -> SubmissionResource {
        let submission = try await submissionCase(participation)
        let store = services.people.workflow.submissions
        let proposals =
            try await store?.proposals(
                participation.round, participation.platform, version: participation.version) ?? []
        return SubmissionResource(
            participation, principal, possibilities: try await possibilities(submission, for: principal),
            proposals: proposals, period: try await period(submission), submission: submission,
            calendar: services.people.workflow.calendar, language: language)
    }

    /// The period that runs now; nil where none runs.
    func period(_ submission: SubmissionCase) async throws -> WorkingPeriod? {
        let workflow = services.people.workflow
        guard let store = workflow.submissions, let periods = workflow.periods else { return nil }
        let events = try await store.events(submission.round.id, submission.participation.platform)
        let period = try await periods.period(of: submission, since: events.last)
        return period.flatMap { $0.days > 0 ? $0 : nil }
    }
}

extension SubmissionAction {
    /// Any of which lets somebody do this in that state; nil when the table has no such row, empty for the clock alone.
    func permissions(from state: SubmissionState) -> [Permission]? {
        guard SubmissionTransition.row(state, self) != nil else { return nil }
        switch (state, self) {
        case (.returned, .lapse), (.supplement, .lapse): return []
        case (_, .submit), (_, .withdraw), (_, .resubmit), (_, .recheck): return [.submitSubmission]
        case (.countyReview, _): return [.checkCounty]
        case (.cityReview, .recommend): return [.recommend]
        case (.cityReview, _): return [.checkCity, .recommend]
        // The operator proposes, the approver decides.
        case (.verification, _): return [.decideRound, .checkFormally]
        case (.panel, .disqualify), (_, .revoke), (_, .correct): return [.decideRound]
        case (.panel, .settle): return [.settle, .decideRound]
        case (.siteCheck, _): return [.checkSite]
        default: return [.checkFormally]
        }
    }

    func isOpen(to principal: Principal, on participation: Participation) -> Bool {
        permissions(from: participation.submission)?.contains { principal.may($0, on: participation.scope) } ?? false
    }
}

extension Services {
    /// The desk over all areas.
    var submissionDesk: SubmissionDesk {
        SubmissionDesk.joined(
            people: people, clock: clock, random: random, enforcesGuards: enforcesGuards)
    }
}

extension SubmissionDesk {
    /// The desk with the guards and followers of all areas; what a follower fails with goes into the server's log.
    public static func joined(
        people: PeopleSide, clock: any Clock, random: any RandomSource, enforcesGuards: Bool = true
    ) -> SubmissionDesk {
        SubmissionDesk(
            .init(
                store: people.workflow.submissions ?? NoSubmissions(), guards: people.guards,
                followers: people.followers, clock: clock, random: random, enforcesGuards: enforcesGuards,
                report: { error, request, after in
                    Logger(label: "heng.submissions").error(
                        "after a move: \(error)",
                        metadata: [
                            "round": "\(after.round)", "platform": "\(after.platform)",
                            "action": "\(request.action.rawValue)",
                        ])
                }))
    }
}
