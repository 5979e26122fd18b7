import Review
import Scheme
import Vocabulary

/// Verification ends only when every cell that experts do not mark has a verified value.
public struct VerifiedGuard: TransitionGuard {
    private let verifications: any VerificationStore

    public init(verifications: any VerificationStore) { self.verifications = verifications }

    public func hindrances(to request: SubmissionRequest, of submission: SubmissionCase) async throws -> [Finding] {
        guard submission.participation.submission == .verification, request.action == .finish else { return [] }
        let present = Set(
            try await verifications.verifications(submission.round.id, submission.participation.platform)
                .map(\.cell.indicator))
        return submission.scheme.indicators.compactMap { indicator in
            if indicator.markValue != nil || present.contains(indicator.id) { return nil }
            return Finding(
                .error, "workflow.cell_unverified", at: indicator.id.rawValue, ["number": "\(indicator.number)"])
        }
    }
}
