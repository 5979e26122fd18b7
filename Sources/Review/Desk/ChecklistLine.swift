import Trust
import Vocabulary

/// One line of the formal checklist: what a machine found, and what a person decided about it.
public struct ChecklistLine: Sendable, Hashable {
    /// The parts of the list, in its order.
    public enum Part: String, Sendable, Hashable, Codable, CaseIterable {
        case eligibility, declaration, evidence, consistency, review
    }

    public enum Result: String, Sendable, Hashable, Codable, CaseIterable {
        case pass, fail
        /// No machine can say; a person has to.
        case open
    }

    public enum Verdict: String, Sendable, Hashable, Codable, CaseIterable {
        case pass, fail
        case notApplicable = "not-applicable"
    }

    /// What a person decided, in force as long as the automatic result stays what it was.
    public struct Decision: Sendable, Hashable {
        public let line: String
        public let verdict: Verdict
        public let reason: String
        public let automatic: Result
        public let by: AccountID
        public let at: Instant

        public init(
            line: String, verdict: Verdict, reason: String, automatic: Result, by: AccountID, at: Instant
        ) {
            self.line = line
            self.verdict = verdict
            self.reason = reason
            self.automatic = automatic
            self.by = by
            self.at = at
        }
    }

    /// Unique in the submission: `declaration.platform-revenue`; small letters, digits, dots and hyphens.
    public let id: String
    public let part: Part
    public let indicator: IndicatorID?
    /// The key of what is asked, with its places.
    public let question: Finding
    public let result: Result
    /// Where the result comes from and what was seen.
    public let source: Finding
    public var decision: Decision?

    public init(
        id: String, part: Part, indicator: IndicatorID? = nil, question: Finding, result: Result, source: Finding,
        decision: Decision? = nil
    ) {
        self.id = id
        self.part = part
        self.indicator = indicator
        self.question = question
        self.result = result
        self.source = source
        self.decision = decision
    }

    /// What counts: the person's decision while it is in force, else the automatic result.
    public var outcome: Verdict? {
        if let decision, decision.automatic == result { return decision.verdict }
        switch result {
        case .pass: return .pass
        case .fail: return .fail
        case .open: return nil
        }
    }

    /// Nothing stands against the submission here.
    public var isSettled: Bool { outcome == .pass || outcome == .notApplicable }
}

/// An area that knows lines of the checklist says so; the review desk gathers from all that do.
public protocol ChecklistSource: Sendable {
    func lines(of submission: SubmissionCase) async throws -> [ChecklistLine]
}

/// Where decisions on lines of the checklist are kept.
public protocol ChecklistStore: Sendable {
    /// Those in force, by line.
    func decisions(_ round: RoundID, _ platform: PlatformID) async throws -> [ChecklistLine.Decision]
    func decide(
        _ decision: ChecklistLine.Decision, _ round: RoundID, _ platform: PlatformID, entry: AuditEntry) async throws
}
