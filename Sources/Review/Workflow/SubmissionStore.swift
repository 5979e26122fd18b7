import Trust
import Vocabulary

/// One move of a submission, kept readable for those concerned.
public struct SubmissionEvent: Sendable, Hashable, Codable {
    public let from: SubmissionState
    public let to: SubmissionState
    public let action: SubmissionAction
    /// Nil: the system's clock.
    public let by: AccountID?
    public let at: Instant
    public let reason: String?
    public let details: [String: String]
    /// The submission's version after the move.
    public let version: Int
    /// Its entry in the log; nil for a moment before it is written.
    public let logIndex: Int?

    public init(
        from: SubmissionState, to: SubmissionState, action: SubmissionAction, by: AccountID?, at: Instant,
        reason: String?, details: [String: String], version: Int, logIndex: Int? = nil
    ) {
        self.from = from
        self.to = to
        self.action = action
        self.by = by
        self.at = at
        self.reason = reason
        self.details = details
        self.version = version
        self.logIndex = logIndex
    }
}

/// What the first of two persons has asked for.
public struct SubmissionProposal: Sendable, Hashable, Codable {
    public let action: SubmissionAction
    public let by: AccountID
    public let at: Instant
    public let reason: String?
    public let details: [String: String]
    /// The version it speaks of; void once the submission is at another.
    public let version: Int

    public init(
        action: SubmissionAction, by: AccountID, at: Instant, reason: String?, details: [String: String], version: Int
    ) {
        self.action = action
        self.by = by
        self.at = at
        self.reason = reason
        self.details = details
        self.version = version
    }
}

/// When submissions of a region may be handed in, and how many a city may recommend.
public struct SubmissionWindow: Sendable, Hashable, Codable {
    /// Nil: the province.
    public let region: RegionCode?
    public let opens: Instant
    /// The first instant at which it is closed.
    public let closes: Instant
    /// Cities only; nil: as many as it likes.
    public let quota: Int?
    /// 0 for a window that nobody has set.
    public let version: Int

    public init(region: RegionCode?, opens: Instant, closes: Instant, quota: Int? = nil, version: Int = 0) {
        self.region = region
        self.opens = opens
        self.closes = closes
        self.quota = quota
        self.version = version
    }
}

/// How far a city is with its quota.
public struct CityQuota: Sendable, Hashable {
    public let city: RegionCode
    public let most: Int

    public init(city: RegionCode, most: Int) {
        self.city = city
        self.most = most
    }
}

/// Moves, proposals and windows of submissions.
///
/// A move, its event and its audit entry are one transaction. The quota is counted in that transaction, so that two
/// heads at the same moment cannot pass it together.
public protocol SubmissionStore: Sendable {
    /// - Throws: `review.stale` when the stored version is not `replacing`; `workflow.quota_used`.
    @discardableResult
    func move(
        _ next: Participation, replacing version: Int, event: SubmissionEvent, quota: CityQuota?, entry: AuditEntry
    ) async throws -> Int
    /// In the order in which they happened.
    func events(_ round: RoundID, _ platform: PlatformID) async throws -> [SubmissionEvent]
    /// The last event of each platform that has moved.
    func lastEvents(_ round: RoundID) async throws -> [PlatformID: SubmissionEvent]
    /// City → how many of its submissions have been recommended.
    func recommended(_ round: RoundID) async throws -> [RegionCode: Int]

    /// The same person proposing the same again replaces it.
    @discardableResult
    func propose(
        _ proposal: SubmissionProposal, _ round: RoundID, _ platform: PlatformID, entry: AuditEntry
    ) async throws -> Int
    /// Those that speak of the version.
    func proposals(_ round: RoundID, _ platform: PlatformID, version: Int) async throws -> [SubmissionProposal]

    /// Those that were set.
    func windows(_ round: RoundID) async throws -> [SubmissionWindow]
    /// - Throws: `review.stale` when the stored version is not the one before.
    @discardableResult
    func set(_ window: SubmissionWindow, of round: RoundID, entry: AuditEntry) async throws -> Int
}
