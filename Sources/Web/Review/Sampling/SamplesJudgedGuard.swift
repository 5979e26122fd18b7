import Review
import Scheme
import Submit
import Vocabulary

/// No verification ends before every list that is verified by sample is drawn, judged and settled.
public struct SamplesJudgedGuard: TransitionGuard {
    private let samples: any SampleStore
    private let lists: any DeclarationStore

    public init(samples: any SampleStore, lists: any DeclarationStore) {
        self.samples = samples
        self.lists = lists
    }

    public func hindrances(to request: SubmissionRequest, of submission: SubmissionCase) async throws -> [Finding] {
        let participation = submission.participation
        guard request.action == .finish, participation.submission == .verification, submission.scheme.sampling != nil
        else { return [] }
        let counts = try await lists.listCounts(participation.round, participation.platform)
        let known = try await samples.lists(participation.round, participation.platform)
            .reduce(into: [:]) { $0[$1.cell.indicator] = $1 }
        var findings: [Finding] = []
        for indicator in submission.scheme.indicators where indicator.isSampled {
            guard let rows = counts[indicator.id], rows > 0 else { continue }
            let place = indicator.id.rawValue
            var values = ["number": "\(indicator.number)", "rows": "\(rows)"]
            guard let list = known[indicator.id], list.drawing != nil else {
                findings.append(Finding(.error, "sampling.hindrance_not_drawn", at: place, values))
                continue
            }
            values["open"] = "\(list.tally.open)"
            values["drawn"] = "\(list.tally.drawn)"
            if list.outcome == .sampled || list.outcome == .cut { continue }
            if list.outcome == .returned {
                findings.append(Finding(.error, "sampling.hindrance_returned", at: place, values))
            } else if list.isProposed {
                findings.append(Finding(.error, "sampling.hindrance_undecided", at: place, values))
            } else if list.tally.open > 0 {
                findings.append(Finding(.error, "sampling.hindrance_open", at: place, values))
            } else {
                findings.append(Finding(.error, "sampling.hindrance_unsettled", at: place, values))
            }
        }
        return findings
    }
}
