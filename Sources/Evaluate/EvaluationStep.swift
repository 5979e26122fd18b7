import Review
import Scheme
import Trust
import Vocabulary

/// What a computation does, in this order.
public enum EvaluationStep: String, Sendable, Hashable, Codable, CaseIterable {
    case countPort = "count-port"
    case matchLists = "match-lists"
    case askRegistry = "ask-registry"
    case settleMarks = "settle-marks"
    case freeze
    case score
    case check
    case record
}

/// The field that a computation is about.
public struct EvaluationField: Sendable {
    public let round: Round
    public let scheme: IndicatorScheme
    /// The platforms that take part in the ranking, in the order of their ids.
    public let participations: [Participation]
    /// Who started the computation; named in what it settles.
    public let by: AccountID
    /// The moment of the computation, for all cells.
    public let at: Instant

    public init(
        round: Round, scheme: IndicatorScheme, participations: [Participation], by: AccountID, at: Instant
    ) {
        self.round = round
        self.scheme = scheme
        self.participations = participations
        self.by = by
        self.at = at
    }
}

/// What a settling step did.
public struct StepOutcome: Sendable, Hashable {
    /// Cells whose verified value was written; cells that had it already are not among them.
    public var recorded: [CellAddress]
    /// Cells whose source has not answered; they stay without a value.
    public var waiting: Set<CellAddress>
    /// Deviations and the like, each with the cell as its place.
    public var findings: [Finding]
    /// Cells for which an outside source gave a whole answer, changed or not.
    public var answered = 0

    public init(recorded: [CellAddress] = [], waiting: Set<CellAddress> = [], findings: [Finding] = []) {
        self.recorded = recorded
        self.waiting = waiting
        self.findings = findings
    }
}

/// One of the steps that turn what was collected into verified values, before anything is scored.
///
/// It writes its verified values itself, each with its audit entry, and only where they change: running it again
/// without news writes nothing. Values that a person decided are left as they are. An outside source that does not
/// answer leaves the cell without a value and among `waiting`; it is never zero.
public protocol SettlingStep: Sendable {
    var step: EvaluationStep { get }
    /// - Parameter progress: to be called now and then with how many of how many are done; throws when the
    ///   computation was stopped, and the step then ends with what it has written so far.
    func settle(
        _ field: EvaluationField, entry: EntryMaker, progress: @escaping StepProgress
    ) async throws -> StepOutcome
}

/// Makes the audit entry of a change: kind, subject, reason, payload.
public typealias EntryMaker = @Sendable (AuditKind, AuditSubject, String?, CanonicalJSON) -> AuditEntry
/// How many of how many are done. Throws: `evaluate.stopped`.
public typealias StepProgress = @Sendable (_ done: Int, _ total: Int) async throws -> Void
