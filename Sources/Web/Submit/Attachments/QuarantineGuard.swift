import Review
import Scheme
import Submit
import Vocabulary

/// Nothing is handed in with a file that the virus scanner stopped: nobody after the company could open it.
public struct QuarantineGuard: TransitionGuard {
    private let evidence: any EvidenceStore
    private let readings: any ReadingStore

    public init(evidence: any EvidenceStore, readings: any ReadingStore) {
        self.evidence = evidence
        self.readings = readings
    }

    public func hindrances(
        to request: SubmissionRequest, of submission: SubmissionCase
    ) async throws -> [Finding] {
        guard request.action == .submit || request.action == .resubmit else { return [] }
        let files = try await evidence.files(submission.round.id, submission.participation.platform)
        let states = try await readings.states(Set(files.map(\.digest)))
        return files.compactMap { file in
            guard let state = states[file.digest], state.kind == .quarantined else { return nil }
            return Finding(
                .error, "attachments.guard.quarantined", at: file.cell.indicator.rawValue,
                [
                    "indicator": submission.scheme.indicator(file.cell.indicator)?.title.zh ?? "", "name": file.name,
                    "threat": state.note ?? "",
                ])
        }
    }
}
