import Review
import Scheme
import Submit
import Vocabulary
import Wording

/// What of the forms stands against handing in: entries that are wrong and therefore count nothing.
public struct FormsGuard: TransitionGuard {
    private let store: any DeclarationStore

    public init(store: any DeclarationStore) { self.store = store }

    public func hindrances(
        to request: SubmissionRequest, of submission: SubmissionCase
    ) async throws -> [Finding] {
        guard request.action == .submit || request.action == .resubmit else { return [] }
        let (round, platform) = (submission.round.id, submission.participation.platform)
        let drafts = Swift.Dictionary(grouping: try await store.drafts(round, platform), by: \.cell.indicator)
        let declarations = try await store.declarations(round, platform)
        let counts = try await store.listCounts(round, platform)
        let values = declarations.reduce(into: [String: ExactDecimal]()) { $0.merge($1.values) { _, new in new } }
        var found: [Finding] = []
        for indicator in submission.scheme.indicators {
            guard let fields = drafts[indicator.id],
                let reader = try? DeclarationReader(indicator: indicator, scheme: submission.scheme)
            else { continue }
            let reading = DraftReading(
                fields: Swift.Dictionary(uniqueKeysWithValues: fields.map { ($0.figure, $0) }),
                present: declarations.first { $0.cell.indicator == indicator.id }?.values ?? [:],
                figures: indicator.declaredFigures(in: submission.scheme),
                isListed: counts[indicator.id, default: 0] > 0, reader: reader, borrowed: values)
            let wrong = reading.findings.filter { $0.severity == .error }
            guard !wrong.isEmpty else { continue }
            found.append(
                Finding(
                    .error, "forms.drafts_wrong", at: indicator.id.rawValue,
                    ["indicator": indicator.title.zh, "count": "\(wrong.count)"]))
        }
        return found
    }
}
