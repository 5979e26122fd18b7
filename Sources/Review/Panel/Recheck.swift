import Vocabulary

/// The company was told its result, and may ask for a recheck until the last day.
public struct Telling: Sendable, Hashable, Codable {
    public let round: RoundID
    public let platform: PlatformID
    /// The submission's version at which it was told.
    public let version: Int
    public let at: Instant
    /// Working days given; 0 in a rehearsal that is driven in one go.
    public let days: Int
    public let lastDay: CivilDay
    public let computation: Int?
    /// The company said that it has nothing against it.
    public let acceptedBy: AccountID?
    public let acceptedAt: Instant?

    public init(
        round: RoundID, platform: PlatformID, version: Int, at: Instant, days: Int, lastDay: CivilDay,
        computation: Int?, acceptedBy: AccountID? = nil, acceptedAt: Instant? = nil
    ) {
        self.round = round
        self.platform = platform
        self.version = version
        self.at = at
        self.days = days
        self.lastDay = lastDay
        self.computation = computation
        self.acceptedBy = acceptedBy
        self.acceptedAt = acceptedAt
    }

    /// The days are over, or the company does not want them.
    public func hasRun(on today: CivilDay) -> Bool { days == 0 || acceptedAt != nil || today > lastDay }
}

/// A company's request to look again at cells of its own; once in a round.
public struct Recheck: Sendable, Hashable, Codable {
    public let round: RoundID
    public let platform: PlatformID
    public let reason: String
    /// In the order of indicator ids.
    public let cells: [RecheckCell]
    public let by: AccountID
    public let at: Instant
    public let logIndex: Int?

    public init(
        round: RoundID, platform: PlatformID, reason: String, cells: [RecheckCell], by: AccountID, at: Instant,
        logIndex: Int? = nil
    ) {
        self.round = round
        self.platform = platform
        self.reason = reason
        self.cells = cells
        self.by = by
        self.at = at
        self.logIndex = logIndex
    }

    /// What the evidence handed in with it belongs to.
    public static func owner(_ round: RoundID, _ platform: PlatformID) -> String { "recheck:\(round)/\(platform)" }

    /// Every cell has its answer in writing.
    public var isAnswered: Bool { cells.allSatisfy { $0.answer != nil } }
}

/// One cell of a recheck: why the company doubts it, what stood there, what was answered.
public struct RecheckCell: Sendable, Hashable, Codable {
    public let indicator: IndicatorID
    public let reason: String
    /// The version of the verified side that the company doubts.
    public let beforeVersion: Int
    public let before: [String: ExactDecimal]
    /// The answer in writing; nil while it is owed.
    public let answer: String?
    public let after: [String: ExactDecimal]?
    public let answeredBy: AccountID?
    public let answeredAt: Instant?

    public init(
        indicator: IndicatorID, reason: String, beforeVersion: Int, before: [String: ExactDecimal],
        answer: String? = nil, after: [String: ExactDecimal]? = nil, answeredBy: AccountID? = nil,
        answeredAt: Instant? = nil
    ) {
        self.indicator = indicator
        self.reason = reason
        self.beforeVersion = beforeVersion
        self.before = before
        self.answer = answer
        self.after = after
        self.answeredBy = answeredBy
        self.answeredAt = answeredAt
    }

    /// The verified figures are others than before; nil while the answer is owed.
    public var isChanged: Bool? { after.map { $0 != before } }
}
