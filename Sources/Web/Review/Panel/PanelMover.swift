import Access
import Review
import Scheme
import Trust
import Vocabulary

/// Moves submissions on behalf of this area's desks, exactly as the API's action does: guards, table, entry, followers.
struct PanelMover: Sendable {
    let work: PanelWork

    /// Everything that stands against it; errors only.
    func hindrances(_ request: SubmissionRequest, _ participation: Participation) async throws -> [Finding] {
        guard work.enforces else { return [] }
        let submission = SubmissionCase(participation, round: work.round, scheme: work.scheme, now: work.now)
        var findings: [Finding] = []
        for one in work.services.people.guards { findings += try await one.hindrances(to: request, of: submission) }
        return findings.filter { $0.severity == .error }
    }

    /// - Throws: `review.submission_hindered` with everything that stands against it, `review.stale`, what the
    ///   table says, and `access.denied`.
    @discardableResult
    func move(
        _ participation: Participation, _ action: SubmissionAction, reason: String?, details: [String: String] = [:]
    ) async throws -> Participation {
        let next = try participation.performing(action, reason: reason)
        try work.principal.require(PanelMover.permission(action), on: participation.scope)
        let request = SubmissionRequest(action, reason: reason, details: details, by: work.principal.account)
        let findings = try await hindrances(request, participation)
        if !findings.isEmpty {
            throw Failure(
                "review.submission_hindered", ["action": action.rawValue, "count": "\(findings.count)"],
                findings: findings)
        }
        let payload = CanonicalJSON.object([
            "from": .string(participation.submission.rawValue), "to": .string(next.submission.rawValue),
            "details": .object(details.mapValues { .string($0) }),
        ])
        let entry = work.entry(
            AuditKind("submission.\(action.rawValue)"), platform: participation.platform, reason: reason,
            payload: payload)
        try await work.services.rounds.change(next, replacing: participation.version, entry: entry)
        let after = SubmissionCase(next, round: work.round, scheme: work.scheme, now: work.now)
        for follower in work.services.people.followers {
            // The move is on disk: what follows may fail without undoing it.
            try? await follower.moved(request, from: participation, to: after)
        }
        return next
    }

    /// What must be permitted to take a step of this area.
    private static func permission(_ action: SubmissionAction) -> Permission {
        switch action {
        case .settle: .settle
        case .disqualify, .revoke: .decideRound
        case .recheck: .submitSubmission
        default: .checkFormally
        }
    }
}
