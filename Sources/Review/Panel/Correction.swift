import Vocabulary

/// A numbered correction of a published result: proposed by one approver, decided by another.
public struct Correction: Sendable, Hashable, Codable {
    public enum Kind: String, Sendable, Hashable, Codable, CaseIterable {
        /// Another verified value in one cell.
        case cell
        /// The platform's result is taken back as a whole.
        case revocation
    }

    public enum State: String, Sendable, Hashable, Codable, CaseIterable { case proposed, decided, refused }

    public let round: RoundID
    /// 1, 2, 3 … within the round.
    public let number: Int
    public let kind: Kind
    public let platform: PlatformID
    /// Nil for a revocation.
    public let indicator: IndicatorID?
    public let before: [String: ExactDecimal]
    public let after: [String: ExactDecimal]
    public let reason: String
    /// The number of the document it rests on; may be empty.
    public let document: String
    public var state: State
    public let proposedBy: AccountID
    public let proposedAt: Instant
    public var decidedBy: AccountID?
    public var decidedAt: Instant?
    public var decisionReason: String?
    public let computationBefore: Int
    /// The computation that holds the corrected result.
    public var computationAfter: Int?
    public var logIndex: Int?

    public init(
        round: RoundID, number: Int, kind: Kind, platform: PlatformID, indicator: IndicatorID?,
        before: [String: ExactDecimal], after: [String: ExactDecimal], reason: String, document: String,
        state: State = .proposed, proposedBy: AccountID, proposedAt: Instant, computationBefore: Int,
        logIndex: Int? = nil
    ) {
        self.round = round
        self.number = number
        self.kind = kind
        self.platform = platform
        self.indicator = indicator
        self.before = before
        self.after = after
        self.reason = reason
        self.document = document
        self.state = state
        self.proposedBy = proposedBy
        self.proposedAt = proposedAt
        self.computationBefore = computationBefore
        self.logIndex = logIndex
    }
}
