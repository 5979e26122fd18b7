import Vocabulary

/// One drawn row, and what was found of it.
public struct DrawnRow: Sendable, Hashable {
    public let list: Int64
    public let cell: CellAddress
    /// The list's version whose row it is.
    public let listVersion: Int
    public let number: Int
    public let stratum: String
    /// The city whose office judges it.
    public let office: RegionCode
    /// How many papers the company handed in for it.
    public let proofCount: Int
    /// Nil while nobody has judged it.
    public let judgement: SampleJudgement?

    public init(
        list: Int64, cell: CellAddress, listVersion: Int, number: Int, stratum: String, office: RegionCode,
        proofCount: Int, judgement: SampleJudgement?
    ) {
        self.list = list
        self.cell = cell
        self.listVersion = listVersion
        self.number = number
        self.stratum = stratum
        self.office = office
        self.proofCount = proofCount
        self.judgement = judgement
    }

    /// What the papers of the row are attached under.
    public var requirement: String { Self.requirement(number) }
    /// What the papers of a row are attached under: `sample/17`.
    public static func requirement(_ number: Int) -> String { "sample/\(number)" }
}

/// What somebody found of a drawn row.
public struct SampleJudgement: Sendable, Hashable, Codable {
    /// Whether the row is true and counts.
    public enum Verdict: String, Sendable, Hashable, Codable, CaseIterable { case good, bad }

    /// Why a row does not count, in one word of a fixed list.
    public enum ReasonCode: String, Sendable, Hashable, Codable, CaseIterable {
        case noProof = "no-proof"
        case mismatch
        case untrue
        case outOfWindow = "out-of-window"
        case outOfScope = "out-of-scope"
        case repeated
        case other
    }

    public let verdict: Verdict
    /// Bad rows only.
    public let reasonCode: ReasonCode?
    /// In words; required for `other`.
    public let note: String
    public let by: AccountID
    public let at: Instant
    /// 1 for the first judgement of the row, one more with every change.
    public let version: Int

    public init(
        verdict: Verdict, reasonCode: ReasonCode?, note: String, by: AccountID, at: Instant, version: Int = 1
    ) {
        self.verdict = verdict
        self.reasonCode = reasonCode
        self.note = note
        self.by = by
        self.at = at
        self.version = version
    }

    /// What is wrong with it before it is kept: a bad row needs a reason, `other` needs words, a good row none.
    public var faults: [Finding] {
        var found: [Finding] = []
        if verdict == .bad, reasonCode == nil {
            found.append(Finding(.error, "sampling.reason_missing", at: "reasonCode"))
        }
        if verdict == .good, reasonCode != nil {
            found.append(Finding(.error, "sampling.reason_needless", at: "reasonCode"))
        }
        if reasonCode == .other, note.trimmingWhitespace().isEmpty {
            found.append(Finding(.error, "sampling.note_missing", at: "note"))
        }
        if note.count > 500 { found.append(Finding(.error, "sampling.note_long", at: "note", ["limit": "500"])) }
        return found
    }
}

/// A cut or a return of a list below the limit, proposed by one and decided by another.
public struct SampleDecision: Sendable, Hashable {
    public enum State: String, Sendable, Hashable, Codable, CaseIterable { case proposed, approved, rejected }

    public let id: Int64
    public let list: Int64
    /// `cut` or `returned`.
    public let outcome: SampledList.Outcome
    /// The figures that count from then on; empty for a return.
    public let figures: [String: ExactDecimal]
    public let reason: String
    public let proposedBy: AccountID
    public let proposedAt: Instant
    public let state: State
    public let decidedBy: AccountID?
    public let decidedAt: Instant?
    public let decision: String

    public init(
        id: Int64 = 0, list: Int64, outcome: SampledList.Outcome, figures: [String: ExactDecimal], reason: String,
        proposedBy: AccountID, proposedAt: Instant, state: State = .proposed, decidedBy: AccountID? = nil,
        decidedAt: Instant? = nil, decision: String = ""
    ) {
        self.id = id
        self.list = list
        self.outcome = outcome
        self.figures = figures
        self.reason = reason
        self.proposedBy = proposedBy
        self.proposedAt = proposedAt
        self.state = state
        self.decidedBy = decidedBy
        self.decidedAt = decidedAt
        self.decision = decision
    }
}
