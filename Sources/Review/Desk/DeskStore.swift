import Trust
import Vocabulary

/// One thing that somebody did at the desk, undone as one.
public struct DeskBatch: Sendable, Hashable {
    /// 16 hexadecimal digits.
    public let id: String
    public let round: RoundID
    /// `accept`, `return`, `hand-over`.
    public let action: String
    public let by: AccountID
    public let at: Instant
    public let itemCount: Int
    public let undoneAt: Instant?

    public init(
        id: String, round: RoundID, action: String, by: AccountID, at: Instant, itemCount: Int,
        undoneAt: Instant? = nil
    ) {
        self.id = id
        self.round = round
        self.action = action
        self.by = by
        self.at = at
        self.itemCount = itemCount
        self.undoneAt = undoneAt
    }
}

/// What the company had declared when an item was sent back, to be laid beside what it declares now.
public struct EarlierDeclaration: Sendable, Hashable {
    public let values: [String: ExactDecimal]
    public let version: Int
    public let at: Instant

    public init(values: [String: ExactDecimal], version: Int, at: Instant) {
        self.values = values
        self.version = version
        self.at = at
    }
}

/// Since when a submission stands where it stands.
public struct StageEntry: Sendable, Hashable {
    public let state: SubmissionState
    public let since: Instant

    public init(state: SubmissionState, since: Instant) {
        self.state = state
        self.since = since
    }
}

/// Where decisions on items, assignments and clocks are kept.
public protocol DeskStore: Sendable {
    /// Decisions that stand, of all levels, by platform and indicator.
    func decisions(_ round: RoundID) async throws -> [ItemDecision]
    func decisions(_ round: RoundID, _ platform: PlatformID) async throws -> [ItemDecision]
    /// All decisions on one item, newest first, at most 100.
    func history(_ cell: CellAddress) async throws -> [ItemDecision]
    func assignments(_ round: RoundID) async throws -> [ItemAssignment]
    /// Since when each submission stands in the state given with it.
    func stages(_ round: RoundID) async throws -> [PlatformID: StageEntry]
    /// Remembers a move; the move itself is in the log.
    func noteStage(_ participation: Participation, at: Instant) async throws
    /// Nil for a version that was never declared.
    func earlier(_ cell: CellAddress, version: Int) async throws -> EarlierDeclaration?

    /// Carries the plan out in one transaction, or nothing of it. A decision that stood before is replaced; a return
    /// reopens the item for the company and takes its verified value back.
    /// - Parameter entries: one for each item of the plan, in its order.
    /// - Throws: `desk.stale` with the item when its declaration, its decision or its submission is no longer what the
    ///   plan was made from.
    func carryOut(_ plan: DeskPlan, as batch: DeskBatch, entries: [AuditEntry]) async throws

    func batch(_ id: String) async throws -> DeskBatch?
    /// Puts everything back as it was before the batch, in one transaction, or nothing.
    /// - Throws: `desk.undone_already`; `desk.undo_too_late` when something of it was decided anew, changed by the
    ///   company, or its submission has moved on.
    func undo(_ batch: DeskBatch, at: Instant, entry: AuditEntry) async throws
}
