import Evaluate
import Vocabulary
import Wording

/// A computation as the API shows it.
struct ComputationResource: Encodable, Sendable {
    let id: String
    let round: RoundID
    let state: EvaluationRun.State
    let startedBy: AccountID
    let startedAt: Instant
    let finishedAt: Instant?
    let schemeDigest: Digest
    /// As text: 64 bits are more than a JSON number carries everywhere.
    let lotSeed: String
    let inputsDigest: Digest?
    let resultDigest: Digest?
    let isProvisional: Bool
    let waitingCount: Int
    let findings: [Problem.Item]
    let failure: String?
    let message: String?

    init(_ run: EvaluationRun, language: Language) {
        let catalogue = Catalogue.of(language)
        id = "\(run.number)"
        round = run.round
        state = run.state
        startedBy = run.startedBy
        startedAt = run.startedAt
        finishedAt = run.finishedAt
        schemeDigest = run.schemeDigest
        lotSeed = "\(run.lotSeed)"
        inputsDigest = run.inputsDigest
        resultDigest = run.resultDigest
        isProvisional = run.isProvisional
        waitingCount = run.waitingCount
        findings = run.findings.map { Problem.Item($0, language: language) }
        failure = run.failure
        message = run.failure.map { catalogue.text($0) }
    }
}
