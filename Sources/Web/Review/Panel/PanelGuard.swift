import Evaluate
import Review
import Scheme
import Vocabulary

/// What stands against settling, lapsing, objecting and ending, as far as panel, notice and objections know. Whether a
/// period has run is the clocks' to say.
public struct PanelGuard: TransitionGuard {
    private let stores: any PanelStores
    private let evaluations: any EvaluationStore
    private let verifications: any VerificationStore

    public init(
        stores: any PanelStores, evaluations: any EvaluationStore, verifications: any VerificationStore
    ) {
        self.stores = stores
        self.evaluations = evaluations
        self.verifications = verifications
    }

    public func hindrances(to request: SubmissionRequest, of submission: SubmissionCase) async throws -> [Finding] {
        let one = submission.participation
        switch (one.submission, request.action) {
        case (.panel, .settle): return try await settling(request, submission)
        case (.verification, .finish):
            let recheck = try await stores.recheck(one.round, one.platform)
            let owed = recheck?.cells.filter { $0.answer == nil }.count ?? 0
            return owed == 0 ? [] : [error("panel.recheck_unanswered", submission, ["count": "\(owed)"])]
        case (.settled, .recheck):
            return try await stores.recheck(one.round, one.platform) == nil
                ? [error("panel.recheck_not_asked", submission)] : []
        case (.settled, .lapse): return try await lapsing(submission)
        case (.inNotice, .object), (.objection, .uphold), (.objection, .dismiss):
            return try await objecting(request.action, submission)
        case (.inNotice, .end): return try await ending(submission)
        case (.published, .revoke):
            return try await decided(.revocation, request, one)
                ? [] : [error("panel.revocation_not_decided", submission)]
        case (.published, .correct):
            return try await decided(.cell, request, one)
                ? [] : [error("panel.correction_not_decided", submission)]
        default: return []
        }
    }

    /// Whether the request carries out a decided correction of the platform.
    private func decided(
        _ kind: Correction.Kind, _ request: SubmissionRequest, _ one: Participation
    ) async throws -> Bool {
        try await stores.corrections(one.round).contains {
            $0.kind == kind && $0.platform == one.platform && $0.state == .decided
                && (kind == .revocation || request.details["correction"] == "\($0.number)")
        }
    }

    private func settling(_ request: SubmissionRequest, _ submission: SubmissionCase) async throws -> [Finding] {
        let one = submission.participation
        var found: [Finding] = []
        let minutes = try await stores.minutes(one.round)
        if minutes.isEmpty {
            found.append(error("panel.no_minutes", submission))
        } else if let named = request.details["minutes"], !minutes.contains(where: { $0.id == named }) {
            found.append(error("panel.minutes_unknown", submission, ["minutes": named]))
        }
        guard let run = try await evaluations.latest(one.round) else {
            return found + [error("panel.not_computed", submission)]
        }
        let last = try await verifications.verifications(one.round, one.platform).map(\.at).max()
        if let last, run.startedAt < last {
            found.append(error("panel.computed_before_change", submission, ["number": "\(run.number)"]))
        } else if try await evaluations.inputs(one.round, run.number)?.units.contains(where: {
            $0.id == one.platform.rawValue
        }) != true {
            found.append(error("panel.not_in_computation", submission, ["number": "\(run.number)"]))
        }
        return found
    }

    private func lapsing(_ submission: SubmissionCase) async throws -> [Finding] {
        let one = submission.participation
        guard try await stores.telling(one.round, one.platform) != nil else {
            return [error("panel.not_told", submission)]
        }
        return []
    }

    private func objecting(_ action: SubmissionAction, _ submission: SubmissionCase) async throws -> [Finding] {
        let one = submission.participation
        let notice = try await stores.notices(one.round).last?.number
        let all = try await stores.objections(one.round, after: 0, limit: 10_000).filter {
            $0.platform == one.platform && $0.notice == notice
        }
        let accepted = all.filter { $0.state == .accepted }.count
        switch action {
        case .object: return accepted > 0 ? [] : [error("panel.no_accepted_objection", submission)]
        case .uphold where !all.contains { $0.state == .upheld }:
            return [error("panel.no_upheld_objection", submission)]
        case .dismiss where all.contains { $0.state == .upheld }:
            return [error("panel.objection_upheld", submission)]
        default:
            return accepted == 0 ? [] : [error("panel.objection_unanswered", submission, ["count": "\(accepted)"])]
        }
    }

    private func ending(_ submission: SubmissionCase) async throws -> [Finding] {
        let one = submission.participation
        if try await stores.notices(one.round).isEmpty { return [error("panel.no_notice", submission)] }
        let open = try await stores.openCount(one.round, one.platform)
        return open > 0 ? [error("panel.objections_open", submission, ["count": "\(open)"])] : []
    }

    private func error(
        _ code: String, _ submission: SubmissionCase, _ values: [String: String] = [:]
    ) -> Finding {
        Finding(
            .error, code, at: submission.participation.platform.rawValue,
            values.merging(["platform": submission.participation.name]) { given, _ in given })
    }
}
