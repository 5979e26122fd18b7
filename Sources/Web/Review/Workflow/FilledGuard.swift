import Review
import Scheme
import Submit
import Vocabulary

/// Everything required is filled in before a submission leaves the company, and only what was returned has changed.
public struct FilledGuard: TransitionGuard {
    private let cells: CellStores
    private let submissions: any SubmissionStore

    public init(cells: CellStores, submissions: any SubmissionStore) {
        self.cells = cells
        self.submissions = submissions
    }

    public func hindrances(to request: SubmissionRequest, of submission: SubmissionCase) async throws -> [Finding] {
        guard request.action == .submit || request.action == .resubmit else { return [] }
        let changed = submission.participation.submission == .returned ? try await changed(submission) : []
        return try await missing(submission) + changed
    }

    private func missing(_ submission: SubmissionCase) async throws -> [Finding] {
        let (round, platform) = (submission.round.id, submission.participation.platform)
        let declared = try await cells.declarations.declarations(round, platform)
        let listed = try await cells.declarations.listCounts(round, platform)
        let files = try await cells.evidence.files(round, platform)
        let completeness = Completeness(
            scheme: submission.scheme,
            values: declared.reduce(into: [:]) { $0.merge($1.values) { _, new in new } },
            listed: Set(listed.filter { $0.value > 0 }.keys),
            emptied: Set(listed.filter { $0.value == 0 }.keys),
            evidence: Swift.Dictionary(grouping: files, by: \.cell.indicator).mapValues {
                Set($0.compactMap(\.requirement))
            })
        let counts = completeness.missing.reduce(into: [IndicatorID: Int]()) { $0[$1.indicator, default: 0] += 1 }
        return submission.scheme.indicators.compactMap { indicator in
            counts[indicator.id].map {
                Finding(
                    .error, "workflow.cells_missing", at: indicator.id.rawValue,
                    ["number": "\(indicator.number)", "count": "\($0)"])
            }
        }
    }

    /// Cells that changed after the return without having been returned.
    private func changed(_ submission: SubmissionCase) async throws -> [Finding] {
        let (round, platform) = (submission.round.id, submission.participation.platform)
        let returned = Set(try await cells.verifications.returns(round, platform).map(\.cell.indicator))
        guard !returned.isEmpty,
            let event = try await submissions.events(round, platform).last(where: { $0.to == .returned })
        else { return [] }
        return try await cells.declarations.declarations(round, platform).compactMap { declaration in
            guard declaration.at > event.at, !returned.contains(declaration.cell.indicator),
                let indicator = submission.scheme.indicator(declaration.cell.indicator)
            else { return nil }
            return Finding(
                .error, "workflow.cell_not_returned", at: indicator.id.rawValue, ["number": "\(indicator.number)"])
        }
    }
}
