import Vocabulary

/// One computation of a round: what was frozen, how far it got, what came of it.
public struct EvaluationRun: Sendable, Hashable, Codable {
    public enum State: String, Sendable, Hashable, Codable, CaseIterable {
        case running, finished
        /// Somebody stopped it; nothing of it counts.
        case stopped
        /// It could not be done; `failure` says why.
        case failed
        /// The server ended while it ran; a new one may be started.
        case interrupted
    }

    public let round: RoundID
    /// 1, 2, 3 … within the round.
    public let number: Int
    public var state: State
    public let startedBy: AccountID
    public let startedAt: Instant
    public var finishedAt: Instant?
    /// The scheme by which it was computed.
    public let schemeDigest: Digest
    /// The seed of the lot among equals, fixed for the round (`EvaluationRun.lotSeed`).
    public let lotSeed: UInt64
    /// SHA-256 of the canonical JSON of the frozen inputs; nil until they are frozen.
    public var inputsDigest: Digest?
    /// SHA-256 of the result's JSON form; nil until it is there.
    public var resultDigest: Digest?
    /// True when a cell waits: for a registry, a list, a port, a mark or a person.
    public var isProvisional: Bool
    /// How many cells wait.
    public var waitingCount: Int
    /// What a person should look at: waiting cells, deviations, values near a rounding boundary.
    public var findings: [Finding]
    /// The code of what stopped a failed one.
    public var failure: String?

    public init(
        round: RoundID, number: Int, state: State = .running, startedBy: AccountID, startedAt: Instant,
        finishedAt: Instant? = nil, schemeDigest: Digest, lotSeed: UInt64, inputsDigest: Digest? = nil,
        resultDigest: Digest? = nil, isProvisional: Bool = false, waitingCount: Int = 0, findings: [Finding] = [],
        failure: String? = nil
    ) {
        self.round = round
        self.number = number
        self.state = state
        self.startedBy = startedBy
        self.startedAt = startedAt
        self.finishedAt = finishedAt
        self.schemeDigest = schemeDigest
        self.lotSeed = lotSeed
        self.inputsDigest = inputsDigest
        self.resultDigest = resultDigest
        self.isProvisional = isProvisional
        self.waitingCount = waitingCount
        self.findings = findings
        self.failure = failure
    }
}
