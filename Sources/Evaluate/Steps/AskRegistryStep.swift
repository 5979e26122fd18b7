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

    /// So many platforms between two looks at whether the computation was stopped.
    private static let stride = 10

    public init(registry: (any Registry)?, verifications: any VerificationStore) {
        self.registry = registry
        self.verifications = verifications
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
            for start in Swift.stride(from: 0, to: asked.count, by: AskRegistryStep.stride) {
                try await progress(start, asked.count)
                let some = asked[start..<min(start + AskRegistryStep.stride, asked.count)]
                let answers = try await lookup.lookUp(some.map { MatchSubject($0) })
                var changes: [VerificationChange] = []
                for (participation, answer) in zip(some, answers) {
                    let cell = field.cell(participation, indicator.id)
                    switch answer.outcome {
                    case .waiting(let failure):
                        outcome.waiting.insert(cell)
                        outcome.findings.append(
                            Finding(
                                .warning, "evaluate.registry_waiting",
                                at: "\(participation.platform) › \(indicator.id)",
                                ["cause": failure.code]))
                    case .answered(let awards, let asOf):
                        let verification = Verification(
                            cell: cell, values: awards.values, basis: .registry,
                            reason: "\(asOf): \(awards.notation)", by: field.by, at: field.at)
                        outcome.findings += awards.findings(participation, indicator)
                        if let change = present.change(verification, entry: entry) { changes.append(change) }
                    }
                }
                if !changes.isEmpty { try await verifications.record(changes, replacing: [:]) }
                outcome.recorded += changes.map(\.verification.cell)
            }
        }
        return outcome
    }
}
