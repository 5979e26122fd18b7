import Trust
import Vocabulary

/// Where computations, their frozen inputs and their results are kept; nothing of a finished one ever changes.
public protocol EvaluationStore: Sendable {
    /// Newest first.
    func runs(_ round: RoundID) async throws -> [EvaluationRun]
    func run(_ round: RoundID, _ number: Int) async throws -> EvaluationRun?
    /// The newest finished one.
    func latest(_ round: RoundID) async throws -> EvaluationRun?
    /// Nil when the run froze none.
    func inputs(_ round: RoundID, _ number: Int) async throws -> FrozenInputs?

    /// Takes the next number of the round and records the run as running.
    /// - Parameter run: its number is not looked at.
    /// - Throws: `evaluate.already_running` while another computation of the round runs.
    func begin(_ run: EvaluationRun, entry: AuditEntry) async throws -> EvaluationRun
    /// Ends a running computation, with its inputs when it finished.
    /// - Throws: `evaluate.not_running`.
    func end(_ run: EvaluationRun, inputs: FrozenInputs?, entry: AuditEntry) async throws
    /// The computations of all rounds that stand as running: at start, those that a crash cut off.
    func running() async throws -> [EvaluationRun]
}
