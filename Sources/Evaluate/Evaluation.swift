import Review
import Scheme
import Score
import Submit
import Trust
import Vocabulary

/// One computation from beginning to end: settle → freeze → score → check.
///
/// It reads verified values only. What settles them (port, lists, registry, marks) comes in as steps.
struct Evaluation: Sendable {
    let field: EvaluationField
    let steps: [any SettlingStep]
    let verifications: any VerificationStore
    let declarations: any DeclarationStore
    let entry: EntryMaker

    /// What came of it.
    struct Outcome: Sendable {
        let result: EvaluationResult
        let findings: [Finding]
    }

    /// - Parameter report: told of every step's progress; throws when the computation was stopped.
    /// - Throws: `evaluate.stopped`, `evaluate.no_platforms`, and what stores and steps throw.
    func run(
        lotSeed: UInt64, report: @escaping @Sendable (EvaluationStep, Int, Int) async throws -> Void
    ) async throws -> Outcome {
        guard !field.participations.isEmpty else {
            throw Failure("evaluate.no_platforms", ["round": field.round.id.rawValue])
        }
        var waiting: Set<CellAddress> = []
        var findings: [Finding] = []
        for step in steps {
            try await report(step.step, 0, 0)
            let outcome = try await step.settle(field, entry: entry) { done, total in
                try await report(step.step, done, total)
            }
            waiting.formUnion(outcome.waiting)
            findings += outcome.findings
        }
        try await report(.freeze, 0, 1)
        let verified = try await verifications.verifications(field.round.id)
        let declared = Set(try await declarations.declarations(field.round.id).map(\.cell))
        let inputs = FrozenInputs(
            field: field, verifications: verified, declared: declared, waiting: waiting, lotSeed: lotSeed)
        try await report(.score, 0, inputs.units.count)
        let result = EvaluationResult(scheme: field.scheme, inputs: inputs)
        try await report(.check, 0, 1)
        try result.check()
        return Outcome(result: result, findings: findings + result.field.findings)
    }
}
