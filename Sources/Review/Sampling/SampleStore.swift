import Trust
import Vocabulary

/// Which drawn rows are asked for.
public struct DrawnRowFilter: Sendable, Hashable {
    /// Rows of these offices or of these platforms; nil: all rows.
    public struct Reach: Sendable, Hashable {
        public var offices: Set<RegionCode>
        public var platforms: Set<PlatformID>

        public init(offices: Set<RegionCode> = [], platforms: Set<PlatformID> = []) {
            self.offices = offices
            self.platforms = platforms
        }
    }

    public enum Judged: String, Sendable, Hashable, CaseIterable { case all, open, good, bad }

    public var reach: Reach?
    public var platform: PlatformID?
    public var indicator: IndicatorID?
    public var office: RegionCode?
    public var judged: Judged

    public init(
        reach: Reach? = nil, platform: PlatformID? = nil, indicator: IndicatorID? = nil, office: RegionCode? = nil,
        judged: Judged = .all
    ) {
        self.reach = reach
        self.platform = platform
        self.indicator = indicator
        self.office = office
        self.judged = judged
    }
}

/// Where a row stands in the order of the queue: list, then row.
public struct DrawnRowCursor: Sendable, Hashable {
    public let list: Int64
    public let number: Int

    public init(list: Int64, number: Int) {
        self.list = list
        self.number = number
    }
}

/// One stratum of a frozen list.
public struct SampleStratum: Sendable, Hashable {
    public let name: String
    /// The numbers of its rows, as `RowRanges` writes them.
    public let rows: String
    public let rowCount: Int
    public let drawnCount: Int

    public init(name: String, rows: String, rowCount: Int, drawnCount: Int) {
        self.name = name
        self.rows = rows
        self.rowCount = rowCount
        self.drawnCount = drawnCount
    }
}

/// One judgement to be kept, with what its writer saw and the entry that it leaves.
public struct JudgementChange: Sendable {
    public let row: DrawnRow
    public let judgement: SampleJudgement
    /// The row's version that the writer saw; 0 for a row that nobody had judged.
    public let replacing: Int
    public let entry: AuditEntry

    public init(_ row: DrawnRow, _ judgement: SampleJudgement, replacing: Int, entry: AuditEntry) {
        self.row = row
        self.judgement = judgement
        self.replacing = replacing
        self.entry = entry
    }
}

/// Where verification by sample is kept. Every write commits its entry in the same transaction. A frozen list stands in
/// the place of an earlier version of the same list; both are kept.
public protocol SampleStore: Sendable {
    /// The newest frozen version of every list of the round, in the order of platform and indicator.
    func lists(_ round: RoundID) async throws -> [SampledList]
    func lists(_ round: RoundID, _ platform: PlatformID) async throws -> [SampledList]
    func list(_ cell: CellAddress) async throws -> SampledList?
    /// In the order of their names.
    func strata(_ list: Int64) async throws -> [SampleStratum]

    /// Freezes the list; its freeze stands in the log before the answer.
    /// - Throws: `sampling.already_frozen` for a version that is frozen.
    @discardableResult
    func freeze(_ list: FrozenList, at: Instant, entry: AuditEntry) async throws -> SampledList
    /// Keeps the drawn rows.
    /// - Throws: `sampling.already_drawn`; `sampling.checkpoint_before_freeze`.
    @discardableResult
    func draw(
        _ rows: [FrozenList.Row], of list: SampledList, checkpointSize: Int, seed: Digest, dueDay: CivilDay,
        at: Instant, entry: AuditEntry
    ) async throws -> SampledList
    /// Moves the due day. - Throws: `review.stale`.
    func extend(_ list: SampledList, to day: CivilDay, entry: AuditEntry) async throws
    /// The company's proof is complete. - Throws: `review.stale`.
    func completeProof(of lists: [SampledList], at: Instant, entry: AuditEntry) async throws

    /// Drawn rows in the order of list and number.
    func rows(
        _ round: RoundID, _ filter: DrawnRowFilter, after: DrawnRowCursor?, limit: Int
    ) async throws -> [DrawnRow]
    func row(_ cell: CellAddress, _ number: Int) async throws -> DrawnRow?
    /// How many rows of the filter there are, whatever `judged` says, and how many of them are judged.
    func counts(_ round: RoundID, _ filter: DrawnRowFilter) async throws -> (all: Int, judged: Int)
    /// Open and all rows by office, in the order of the offices.
    func offices(_ round: RoundID) async throws -> [(office: RegionCode, all: Int, judged: Int)]

    /// All judgements in one transaction, or none; earlier ones are kept.
    /// - Throws: `sampling.judged_meanwhile` with the row when a stored version is not the one that was seen;
    ///   `sampling.list_settled`.
    func judge(_ changes: [JudgementChange]) async throws
    /// Earlier and present judgements of a row, oldest first.
    func history(_ row: DrawnRow) async throws -> [SampleJudgement]

    /// All decisions about a list, newest first.
    func decisions(_ list: Int64) async throws -> [SampleDecision]
    /// - Throws: `sampling.already_proposed`; `sampling.list_settled`.
    func propose(_ decision: SampleDecision, entry: AuditEntry) async throws
    /// - Throws: `review.stale` when the proposal is decided already.
    func decide(
        _ decision: SampleDecision, approves: Bool, by: AccountID, at: Instant, words: String, entry: AuditEntry
    ) async throws
    /// Closes the list with its outcome. - Throws: `review.stale` when it is closed.
    func settle(_ list: SampledList, _ outcome: SampledList.Outcome, at: Instant, entry: AuditEntry) async throws
}
