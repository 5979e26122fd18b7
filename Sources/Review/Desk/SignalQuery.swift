import Vocabulary

/// A question to the company that a signal called for, its answer, and the decision of two people.
public struct SignalQuery: Sendable, Hashable {
    /// What can be decided once the company has answered or its time has passed.
    public enum Verdict: String, Sendable, Hashable, Codable, CaseIterable {
        /// The value stands.
        case uphold
        /// The verified value is cut to the given figures.
        case reduce
        /// The verified value becomes 0.
        case zero
        /// The submission shall be disqualified; the panel's transition does it.
        case disqualify
    }

    public enum State: String, Sendable, Hashable, Codable, CaseIterable {
        /// The company has time to answer.
        case open
        case answered
        /// No answer in time; it may still come until somebody proposes a decision.
        case lapsed
        /// The operator has proposed, the approver has not decided.
        case proposed
        case decided
    }

    public struct Answer: Sendable, Hashable {
        public let text: String
        public let by: AccountID
        public let at: Instant

        public init(text: String, by: AccountID, at: Instant) {
            self.text = text
            self.by = by
            self.at = at
        }
    }

    public struct Decision: Sendable, Hashable {
        public let verdict: Verdict
        /// Value id → figure; only of `reduce` and `zero`.
        public let values: [String: ExactDecimal]
        public let reason: String
        public let proposedBy: AccountID
        public let proposedAt: Instant
        /// Nil until the approver has agreed.
        public var approvedBy: AccountID?
        public var approvedAt: Instant?

        public init(
            verdict: Verdict, values: [String: ExactDecimal], reason: String, proposedBy: AccountID,
            proposedAt: Instant, approvedBy: AccountID? = nil, approvedAt: Instant? = nil
        ) {
            self.verdict = verdict
            self.values = values
            self.reason = reason
            self.proposedBy = proposedBy
            self.proposedAt = proposedAt
            self.approvedBy = approvedBy
            self.approvedAt = approvedAt
        }
    }

    /// 0 before it is stored.
    public let id: Int
    public let round: RoundID
    public let signal: RaisedSignal
    /// What the company is asked, in words.
    public let question: String
    public let askedBy: AccountID
    public let askedAt: Instant
    /// The last day for the answer.
    public let due: CivilDay
    public var answer: Answer?
    public var decision: Decision?
    /// 1 when asked, one more with every change.
    public var version: Int

    public init(
        id: Int = 0, round: RoundID, signal: RaisedSignal, question: String, askedBy: AccountID, askedAt: Instant,
        due: CivilDay, answer: Answer? = nil, decision: Decision? = nil, version: Int = 1
    ) {
        self.id = id
        self.round = round
        self.signal = signal
        self.question = question
        self.askedBy = askedBy
        self.askedAt = askedAt
        self.due = due
        self.answer = answer
        self.decision = decision
        self.version = version
    }

    /// The longest question, answer or reason, in characters.
    public static let longestText = 2000

    /// - Parameter today: the day in the scheme's zone.
    public func state(today: CivilDay) -> State {
        if let decision { return decision.approvedBy == nil ? .proposed : .decided }
        if answer != nil { return .answered }
        return today > due ? .lapsed : .open
    }

    /// The query with the company's answer.
    /// - Throws: `desk.query_decided` once a decision is proposed; `desk.query_answered` when it has answered before;
    ///   `desk.query_text` for an answer that is empty or too long.
    public func answering(_ text: String, by: AccountID, at: Instant) throws(Failure) -> SignalQuery {
        guard decision == nil else { throw Failure("desk.query_decided") }
        guard answer == nil else { throw Failure("desk.query_answered") }
        try Self.check(text)
        var next = self
        next.answer = Answer(text: text, by: by, at: at)
        next.version += 1
        return next
    }

    /// The query with the operator's proposal; a proposal that nobody has approved is replaced.
    /// - Throws: `desk.query_waiting` while the company has time to answer; `desk.query_decided` after the approval;
    ///   `desk.query_text`; `desk.query_values` unless exactly a cut names figures.
    public func proposing(
        _ verdict: Verdict, values: [String: ExactDecimal], reason: String, by: AccountID, at: Instant, today: CivilDay
    ) throws(Failure) -> SignalQuery {
        switch state(today: today) {
        case .open: throw Failure("desk.query_waiting", ["day": due.description])
        case .decided: throw Failure("desk.query_decided")
        default: break
        }
        try Self.check(reason)
        guard (verdict == .reduce || verdict == .zero) == !values.isEmpty else { throw Failure("desk.query_values") }
        var next = self
        next.decision = Decision(verdict: verdict, values: values, reason: reason, proposedBy: by, proposedAt: at)
        next.version += 1
        return next
    }

    /// The query decided: the second person agrees.
    /// - Throws: `desk.query_nothing_proposed`; `desk.query_same_person` when it is the one who proposed.
    public func approving(by: AccountID, at: Instant) throws(Failure) -> SignalQuery {
        guard let proposal = decision, proposal.approvedBy == nil else { throw Failure("desk.query_nothing_proposed") }
        guard proposal.proposedBy != by else { throw Failure("desk.query_same_person") }
        var next = self
        next.decision?.approvedBy = by
        next.decision?.approvedAt = at
        next.version += 1
        return next
    }

    /// The query with the proposal refused: back to the operator.
    /// - Throws: `desk.query_nothing_proposed`.
    public func refusing() throws(Failure) -> SignalQuery {
        guard let proposal = decision, proposal.approvedBy == nil else { throw Failure("desk.query_nothing_proposed") }
        var next = self
        next.decision = nil
        next.version += 1
        return next
    }

    /// - Throws: `desk.query_text` for a text that is empty or too long.
    public static func check(_ text: String) throws(Failure) {
        if text.allSatisfy(\.isWhitespace) || text.count > longestText {
            throw Failure("desk.query_text", ["most": "\(longestText)"])
        }
    }
}
