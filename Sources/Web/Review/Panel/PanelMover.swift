import Access
import Review
import Vocabulary

/// Moves submissions on behalf of this area's desks through the desk of all areas: permission, guards, table, event,
/// entry, followers.
struct PanelMover: Sendable {
    let work: PanelWork

    /// Everything that stands against it; errors only.
    func hindrances(_ request: SubmissionRequest, _ participation: Participation) async throws -> [Finding] {
        guard work.enforces else { return [] }
        let submission = SubmissionCase(participation, round: work.round, scheme: work.scheme, now: work.now)
        return try await work.services.submissionDesk.hindrances(to: request, of: submission)
            .filter { $0.severity == .error }
    }

    /// - Parameter agreed: Who proposed what is carried out here, where two must agree.
    /// - Throws: `review.submission_hindered` with everything that stands against it, `review.stale`, what the
    ///   table says, and `access.denied`.
    @discardableResult
    func move(
        _ participation: Participation, _ action: SubmissionAction, reason: String?, details: [String: String] = [:],
        agreed: AccountID? = nil
    ) async throws -> Participation {
        let request = SubmissionRequest(action, reason: reason, details: details, by: work.principal.account)
        let acts = SubmissionActs(services: work.services)
        switch try await acts.act(request, on: participation, as: work.principal, agreed: agreed) {
        case .moved(let next): return next
        case .proposed: return participation
        }
    }
}
