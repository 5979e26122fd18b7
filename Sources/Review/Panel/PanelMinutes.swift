import Vocabulary

/// A file that this area keeps: minutes, evidence of a recheck or of an objection.
public struct PanelFile: Sendable, Hashable, Codable {
    /// What it belongs to: `minutes:ID`, `recheck:ROUND/PLATFORM`, `objection:ID`.
    public let owner: String
    public let digest: Digest
    public let name: String
    /// `pdf`, `png` …, found by content.
    public let type: String
    public let size: Int
    /// Nil for an objector, who has no account.
    public let by: AccountID?
    public let at: Instant

    public init(
        owner: String, digest: Digest, name: String, type: String, size: Int, by: AccountID?, at: Instant
    ) {
        self.owner = owner
        self.digest = digest
        self.name = name
        self.type = type
        self.size = size
        self.by = by
        self.at = at
    }
}

/// The minutes of a meeting of the panel, on which platforms are settled.
public struct PanelMinutes: Sendable, Hashable, Codable {
    public let id: String
    public let round: RoundID
    /// The office's own number of the minutes; unique in the round.
    public let number: String
    public let heldOn: CivilDay
    /// Those present, as the minutes name them.
    public let present: String
    public let note: String
    public let by: AccountID
    public let at: Instant
    /// The entry of the log; nil before it is stored.
    public let logIndex: Int?

    public init(
        id: String, round: RoundID, number: String, heldOn: CivilDay, present: String, note: String, by: AccountID,
        at: Instant, logIndex: Int? = nil
    ) {
        self.id = id
        self.round = round
        self.number = number
        self.heldOn = heldOn
        self.present = present
        self.note = note
        self.by = by
        self.at = at
        self.logIndex = logIndex
    }

    /// What the minutes' file belongs to.
    public var owner: String { "minutes:\(id)" }
}

/// What the panel or an approver decided of one platform.
public struct PanelDecision: Sendable, Hashable, Codable {
    public enum Outcome: String, Sendable, Hashable, Codable, CaseIterable { case settled, disqualified }

    public let round: RoundID
    public let platform: PlatformID
    /// The submission's version after the decision.
    public let version: Int
    public let outcome: Outcome
    /// The minutes it rests on; nil for a disqualification, which an approver decides.
    public let minutes: String?
    /// The computation that lay before them.
    public let computation: Int?
    public let reason: String
    public let by: AccountID
    public let at: Instant
    public let logIndex: Int?

    public init(
        round: RoundID, platform: PlatformID, version: Int, outcome: Outcome, minutes: String?, computation: Int?,
        reason: String, by: AccountID, at: Instant, logIndex: Int? = nil
    ) {
        self.round = round
        self.platform = platform
        self.version = version
        self.outcome = outcome
        self.minutes = minutes
        self.computation = computation
        self.reason = reason
        self.by = by
        self.at = at
        self.logIndex = logIndex
    }
}
