import Scheme
import Trust
import Vocabulary

/// Acts on submissions: looks what stands against it, moves, leaves the entry, tells who is concerned.
///
/// Who may do it at all is asked before, by permission; the desk knows the table, the second person and the guards.
public struct SubmissionDesk: Sendable {
    /// What became of a request.
    public enum Outcome: Sendable {
        case moved(Participation)
        /// It waits for the second person.
        case proposed(SubmissionProposal)
    }

    public struct Parts: Sendable {
        public let store: any SubmissionStore
        public let guards: [any TransitionGuard]
        public let followers: [any TransitionFollower]
        public let clock: any Clock
        public let random: any RandomSource
        /// Takes what a follower failed with; the move stands.
        public let report: @Sendable (any Error, SubmissionRequest, Participation) -> Void
        /// False only in tests that are about something else.
        public let enforcesGuards: Bool

        public init(
            store: any SubmissionStore, guards: [any TransitionGuard], followers: [any TransitionFollower],
            clock: any Clock, random: any RandomSource, enforcesGuards: Bool = true,
            report: @escaping @Sendable (any Error, SubmissionRequest, Participation) -> Void
        ) {
            self.store = store
            self.guards = guards
            self.followers = followers
            self.clock = clock
            self.random = random
            self.enforcesGuards = enforcesGuards
            self.report = report
        }
    }

    private let parts: Parts

    public init(_ parts: Parts) { self.parts = parts }

    /// Whether guards hinder in the round; a demonstration is never hindered.
    public func isGuarded(_ round: Round) -> Bool { parts.enforcesGuards && round.kind != .demonstration }

    /// Everything that stands against the request now, errors first.
    public func hindrances(to request: SubmissionRequest, of submission: SubmissionCase) async throws -> [Finding] {
        var findings: [Finding] = []
        for one in parts.guards { findings += try await one.hindrances(to: request, of: submission) }
        return findings.filter { $0.severity == .error } + findings.filter { $0.severity != .error }
    }

    /// Acts, or leaves a proposal where the table asks for two.
    /// - Parameters:
    ///   - roles: The role ids of whoever asks; `system` for the clock.
    ///   - agreed: Who has agreed already, in a procedure that has its own record of the two.
    /// - Throws: `review.submission_action_not_allowed`, `review.reason_required`, `review.submission_hindered` with
    ///   everything that stands against it, `workflow.second_person`, `review.stale`, `workflow.quota_used`.
    public func act(
        _ request: SubmissionRequest, on submission: SubmissionCase, roles: Set<String>, quota: CityQuota? = nil,
        agreed: AccountID? = nil
    ) async throws -> Outcome {
        let before = submission.participation
        let next = try before.performing(
            request.action, reason: request.reason, stages: SubmissionStages(scheme: submission.scheme))
        try await requireUnhindered(request, submission)
        guard let row = SubmissionTransition.row(before.submission, request.action) else { return .moved(before) }
        let isAgreed = row.agreement == .two && agreed != nil && agreed != request.by
        if !isAgreed, try await needsAnother(row, request, submission, roles) {
            return try await propose(request, submission)
        }
        let event = SubmissionEvent(
            from: before.submission, to: next.submission, action: request.action, by: request.by, at: submission.now,
            reason: request.reason, details: request.details, version: next.version)
        let entry = AuditEntry(
            AuditKind("submission.\(request.action.rawValue)"), actor: actor(request), at: submission.now,
            subject: AuditSubject(round: before.round, platform: before.platform), reason: request.reason,
            payload: [
                "from": .string(before.submission.rawValue), "to": .string(next.submission.rawValue),
                "details": .object(request.details.mapValues { .string($0) }),
            ], salt: parts.random.salt())
        try await parts.store.move(
            next, replacing: before.version, event: event, quota: isGuarded(submission.round) ? quota : nil,
            entry: entry)
        let after = SubmissionCase(next, round: submission.round, scheme: submission.scheme, now: submission.now)
        for follower in parts.followers {
            // The move is on disk: what follows may fail without undoing it, but not unheard.
            do { try await follower.moved(request, from: before, to: after) } catch {
                parts.report(error, request, next)
            }
        }
        return .moved(next)
    }

    private func actor(_ request: SubmissionRequest) -> AuditActor {
        request.by.map(AuditActor.account) ?? .system("scheduler")
    }

    private func requireUnhindered(_ request: SubmissionRequest, _ submission: SubmissionCase) async throws {
        guard isGuarded(submission.round) else { return }
        for one in parts.guards { try await one.settle(for: request, of: submission) }
        let errors = try await hindrances(to: request, of: submission).filter { $0.severity == .error }
        if !errors.isEmpty {
            throw Failure(
                "review.submission_hindered", ["action": request.action.rawValue, "count": "\(errors.count)"],
                findings: errors)
        }
    }

    /// Whether the request only proposes.
    private func needsAnother(
        _ row: SubmissionTransition, _ request: SubmissionRequest, _ submission: SubmissionCase, _ roles: Set<String>
    ) async throws -> Bool {
        let participation = submission.participation
        switch row.agreement {
        case .one: return false
        case .proposal(let role):
            if roles.isDisjoint(with: row.roles) { return roles.contains(role) }
            guard isGuarded(submission.round) else { return false }
            let others = try await others(request, participation)
            if others.isEmpty { throw Failure("workflow.proposal_missing") }
            return false
        case .two:
            guard isGuarded(submission.round) else { return false }
            return try await others(request, participation).isEmpty
        }
    }

    /// Proposals of the same by somebody else.
    private func others(
        _ request: SubmissionRequest, _ participation: Participation
    ) async throws -> [SubmissionProposal] {
        try await parts.store.proposals(participation.round, participation.platform, version: participation.version)
            .filter { $0.action == request.action && $0.by != request.by }
    }

    private func propose(_ request: SubmissionRequest, _ submission: SubmissionCase) async throws -> Outcome {
        guard let by = request.by else { throw Failure("workflow.second_person") }
        let participation = submission.participation
        let proposal = SubmissionProposal(
            action: request.action, by: by, at: submission.now, reason: request.reason, details: request.details,
            version: participation.version)
        let entry = AuditEntry(
            "submission.proposed", actor: .account(by), at: submission.now,
            subject: AuditSubject(round: participation.round, platform: participation.platform),
            reason: request.reason, payload: ["action": .string(request.action.rawValue)], salt: parts.random.salt())
        try await parts.store.propose(proposal, participation.round, participation.platform, entry: entry)
        for case let follower as any ProposalFollower in parts.followers {
            do { try await follower.proposed(proposal, submission) } catch {
                parts.report(error, request, participation)
            }
        }
        return .proposed(proposal)
    }
}

/// What an area does once the first of two persons has proposed.
public protocol ProposalFollower: TransitionFollower {
    func proposed(_ proposal: SubmissionProposal, _ submission: SubmissionCase) async throws
}
