import Review
import Scheme
import Trust
import Vocabulary

/// Records a result that follows from an earlier one's frozen inputs with a decided correction in them. Nothing else is
/// counted, matched or asked again, so that nothing but the correction can move anybody.
public struct CorrectedRun: Sendable {
    private let store: any EvaluationStore
    private let entry: @Sendable (AuditKind, CanonicalJSON) -> AuditEntry

    /// - Parameter entry: makes the audit entry of a kind with its payload, by whoever decided.
    public init(
        store: any EvaluationStore, entry: @escaping @Sendable (AuditKind, CanonicalJSON) -> AuditEntry
    ) {
        self.store = store
        self.entry = entry
    }

    /// The corrected result as a finished computation; the latest one when it holds these very inputs already.
    /// - Throws: `evaluate.already_running`, and the faults of `EvaluationResult.check`.
    public func record(
        _ inputs: FrozenInputs, scheme: IndicatorScheme, by account: AccountID, at now: Instant
    ) async throws -> EvaluationRun {
        if let latest = try await store.latest(inputs.round), latest.inputsDigest == inputs.digest { return latest }
        let result = EvaluationResult(scheme: scheme, inputs: inputs)
        try result.check()
        let draft = EvaluationRun(
            round: inputs.round, number: 0, startedBy: account, startedAt: now, schemeDigest: scheme.digest,
            lotSeed: inputs.lotSeed)
        var run = try await store.begin(draft, entry: entry("computation.started", ["by": .string(account.rawValue)]))
        run.state = .finished
        run.finishedAt = now
        run.inputsDigest = inputs.digest
        run.resultDigest = result.digest
        run.waitingCount = inputs.waitingCount
        run.isProvisional = inputs.waitingCount > 0
        run.findings = Array(result.field.findings.prefix(1000))
        let payload: CanonicalJSON = [
            "number": .string("\(run.number)"), "inputs": .string(inputs.digest.hex),
            "result": .string(result.digest.hex), "scheme": .string(scheme.digest.hex),
        ]
        try await store.end(run, inputs: inputs, entry: entry("computation.finished", payload))
        return run
    }
}
