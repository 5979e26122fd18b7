import Vocabulary

/// An objection to an announced result, by real name.
public struct Objection: Sendable, Hashable, Codable {
    public enum State: String, Sendable, Hashable, Codable, CaseIterable {
        case received
        case notAccepted = "not-accepted"
        case accepted, upheld, dismissed

        /// Somebody still owes a decision.
        public var isOpen: Bool { self == .received || self == .accepted }
    }

    /// Why an objection is not looked into, in one word of a fixed list.
    public enum Refusal: String, Sendable, Hashable, Codable, CaseIterable {
        /// Name, identity or contact could not be verified.
        case anonymous
        /// After the last day of the notice.
        case late
        /// Only against the professional judgement of the experts, without a fault in facts or procedure.
        case expertJudgement = "expert-judgement"
        /// Not about the announced result.
        case notConcerned = "not-concerned"
        /// No facts that could be looked into.
        case noFacts = "no-facts"
        /// The same matter by the same person was answered already.
        case answered
    }

    /// How the contact was proven.
    public enum ContactProof: String, Sendable, Hashable, Codable, CaseIterable {
        /// The code that was sent to it came back.
        case code
        /// The operator called, and noted it.
        case call
    }

    /// 32 hexadecimal digits that only the objector and the authority know: the address of its page.
    public let id: String
    public let round: RoundID
    /// 1, 2, 3 … within the round.
    public let number: Int
    /// The notice it was raised against.
    public let notice: Int
    public let platform: PlatformID
    /// Nil: against the platform as a whole.
    public let indicator: IndicatorID?
    public let facts: String
    public var state: State
    public let at: Instant
    public var contactProof: ContactProof?
    public var contactNote: String
    public var refusal: Refusal?
    public var decisionReason: String?
    public var decidedBy: AccountID?
    public var decidedAt: Instant?
    /// What the company said to it.
    public var heard: String?
    public var heardAt: Instant?
    public var letterNumber: String?
    /// The answer in writing.
    public var letter: String?
    public var answeredBy: AccountID?
    public var answeredAt: Instant?
    /// The computation that was announced, for comparing with what comes after.
    public var computationBefore: Int?
    public var version: Int
    public var logIndex: Int?

    public init(
        id: String, round: RoundID, number: Int, notice: Int, platform: PlatformID, indicator: IndicatorID?,
        facts: String, state: State = .received, at: Instant, computationBefore: Int? = nil, version: Int = 1,
        logIndex: Int? = nil
    ) {
        self.id = id
        self.round = round
        self.number = number
        self.notice = notice
        self.platform = platform
        self.indicator = indicator
        self.facts = facts
        self.state = state
        self.at = at
        self.contactNote = ""
        self.computationBefore = computationBefore
        self.version = version
        self.logIndex = logIndex
    }

    /// What the evidence handed in with it belongs to.
    public static func owner(_ id: String) -> String { "objection:\(id)" }
    public var owner: String { Objection.owner(id) }
}
