import Review
import Scheme
import Trust
import Vocabulary

/// Finds the result that a round stands on.
public struct ResultReader: Sendable {
    private let store: any EvaluationStore

    public init(store: any EvaluationStore) { self.store = store }

    /// The newest finished computation and its result, made anew from the frozen inputs; nil before the first.
    /// - Parameter scheme: the scheme by which the round is judged.
    /// - Throws: `evaluate.other_scheme` when the computation was made by another one; `evaluate.result_differs` when
    ///   the digits are not the recorded ones any more.
    public func latest(
        _ round: RoundID, scheme: IndicatorScheme
    ) async throws -> (run: EvaluationRun, result: EvaluationResult)? {
        guard let run = try await store.latest(round) else { return nil }
        return try await result(of: run, scheme: scheme).map { (run, $0) }
    }

    /// The result of a finished computation; nil for one that did not finish.
    public func result(of run: EvaluationRun, scheme: IndicatorScheme) async throws -> EvaluationResult? {
        guard let inputs = try await store.inputs(run.round, run.number) else { return nil }
        guard scheme.digest == run.schemeDigest else {
            throw Failure("evaluate.other_scheme", ["number": "\(run.number)"])
        }
        let result = EvaluationResult(scheme: scheme, inputs: inputs)
        guard result.digest == run.resultDigest else {
            throw Failure("evaluate.result_differs", ["number": "\(run.number)"])
        }
        return result
    }
}
