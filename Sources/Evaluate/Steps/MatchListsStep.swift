import Match
import Review
import Scheme
import Trust
import Vocabulary

/// The imported official lists, as a computation needs them.
public protocol ImportedLists: Sendable {
    /// Those that serve the indicator, in the order in which they were imported.
    func lists(_ round: RoundID, for indicator: IndicatorID) async throws -> [OfficialList]
}

/// Settles the cells of mode `list` from the imported official lists.
///
/// As long as no list was imported for an indicator, its cells wait. A list that the scheme names and nobody has
/// imported, and rows that a person has to look at, are findings.
public struct MatchListsStep: SettlingStep {
    public let step = EvaluationStep.matchLists
    private let lists: any ImportedLists
    private let verifications: any VerificationStore
    private let awards: any MatchedAwardsStore

    public init(lists: any ImportedLists, verifications: any VerificationStore, awards: any MatchedAwardsStore) {
        self.lists = lists
        self.verifications = verifications
        self.awards = awards
    }

    public func settle(
        _ field: EvaluationField, entry: EntryMaker, progress: @escaping StepProgress
    ) async throws -> StepOutcome {
        var outcome = StepOutcome()
        let present = try await SettledCells(verifications, field.round.id)
        let indicators = field.scheme.indicators.filter { $0.mode == .list }
        for (index, indicator) in indicators.enumerated() {
            try await progress(index, indicators.count)
            let imported = try await lists.lists(field.round.id, for: indicator.id)
            guard !imported.isEmpty else {
                outcome.waiting.formUnion(field.participations.map { field.cell($0, indicator.id) })
                continue
            }
            let matching = ListMatching(
                indicator: indicator, dictionaries: field.scheme.dictionaries, lists: imported.map { ListIndex($0) },
                cutOff: field.round.cutOff)
            var changes: [VerificationChange] = []
            var kept: [KeptAwards] = []
            for participation in field.participations {
                let awards = matching.settle(MatchSubject(participation))
                kept.append(KeptAwards(platform: participation.platform, awards: awards, asOf: nil, at: field.at))
                outcome.findings += awards.findings(participation, indicator)
                let verification = Verification(
                    cell: field.cell(participation, indicator.id), values: awards.values, basis: .matched,
                    reason: awards.notation, by: field.by, at: field.at)
                if let change = present.change(verification, entry: entry) { changes.append(change) }
            }
            outcome.findings += matching.missingLists.map {
                Finding(.warning, "evaluate.list_missing", at: indicator.id.rawValue, ["list": $0])
            }
            if !changes.isEmpty { try await verifications.record(changes, replacing: [:]) }
            try await awards.keep(kept, of: field.round.id)
            outcome.recorded += changes.map(\.verification.cell)
        }
        return outcome
    }
}

extension MatchSubject {
    /// The platform and its operator as lists may name them.
    public init(_ participation: Participation) {
        self.init(
            id: participation.platform.rawValue, code: participation.company.code, name: participation.company.name,
            platform: participation.name, platformAliases: participation.aliases)
    }
}

extension MatchedAwards {
    /// The rows that count, by list and row, in a form that needs no language; ∅ for none.
    var notation: String {
        let counting = awards.filter { $0.standing == .counts }.map { "\($0.listTitle) #\($0.match.row.number)" }
        return counting.isEmpty ? "\u{2205}" : counting.joined(separator: "; ")
    }

    /// Rows that a person has to look at before the value is final.
    func findings(_ participation: Participation, _ indicator: Indicator) -> [Finding] {
        guard !openCandidates.isEmpty else { return [] }
        return [
            Finding(
                .warning, "evaluate.open_candidates", at: "\(participation.platform) › \(indicator.id)",
                ["count": "\(openCandidates.count)"])
        ]
    }
}
