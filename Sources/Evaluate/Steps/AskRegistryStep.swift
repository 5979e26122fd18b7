import Match
import Review
import Scheme
import Trust
import Vocabulary

/// Settles the cells of mode `registry` by asking the outside registry. What it does not answer waits.
public struct AskRegistryStep: SettlingStep {
    public let step = EvaluationStep.askRegistry
    /// Nil where the installation knows no registry: every cell waits.
    private let registry: (any Registry)?
    private let verifications: any VerificationStore
    private let awards: any MatchedAwardsStore

    public init(
        registry: (any Registry)?, verifications: any VerificationStore, awards: any MatchedAwardsStore
    ) {
        self.registry = registry
        self.verifications = verifications
        self.awards = awards
    }

    public func settle(
        _ field: EvaluationField, entry: EntryMaker, progress: @escaping StepProgress
    ) async throws -> StepOutcome {
        var outcome = StepOutcome()
        let present = try await SettledCells(verifications, field.round.id)
        for indicator in field.scheme.indicators where indicator.mode == .registry {
            let asked = field.participations.filter { !present.isDecided(field.cell($0, indicator.id)) }
            guard let registry else {
                outcome.waiting.formUnion(asked.map { field.cell($0, indicator.id) })
                continue
            }
            let lookup = RegistryLookup(
                registry: registry, indicator: indicator, dictionaries: field.scheme.dictionaries,
                cutOff: field.round.cutOff)
            let answers = try await lookup.lookUp(asked.map { MatchSubject($0) }) { done in
                try await progress(done, asked.count)
            }
            var changes: [VerificationChange] = []
            var kept: [KeptAwards] = []
            for (participation, answer) in zip(asked, answers) {
                let cell = field.cell(participation, indicator.id)
                switch answer.outcome {
                case .waiting(let failure):
                    outcome.waiting.insert(cell)
                    outcome.findings.append(
                        Finding(
                            .warning, "evaluate.registry_waiting", at: "\(participation.platform) › \(indicator.id)",
                            ["cause": failure.code]))
                case .answered(let awards, let asOf):
                    outcome.answered += 1
                    let verification = Verification(
                        cell: cell, values: awards.values, basis: .registry, reason: "\(asOf): \(awards.notation)",
                        by: field.by, at: field.at)
                    outcome.findings += awards.findings(participation, indicator)
                    kept.append(
                        KeptAwards(platform: participation.platform, awards: awards, asOf: asOf, at: field.at))
                    if let change = present.change(verification, entry: entry) { changes.append(change) }
                }
            }
            if !changes.isEmpty { try await verifications.record(changes, replacing: [:]) }
            try await awards.keep(kept, of: field.round.id)
            outcome.recorded += changes.map(\.verification.cell)
        }
        return outcome
    }
}
