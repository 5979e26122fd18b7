import Vocabulary

/// A case that a panel marks: one platform under one indicator.
public struct ExpertCase: Sendable, Hashable {
    public let cell: CellAddress
    /// From 1.
    public let panel: Int
    /// Marked by every panel, to show whether they are equally severe.
    public let isAnchor: Bool
    /// Since when its experts see each other's first marks; nil while any is owed.
    public let revealedAt: Instant?

    public init(cell: CellAddress, panel: Int, isAnchor: Bool, revealedAt: Instant? = nil) {
        self.cell = cell
        self.panel = panel
        self.isAnchor = isAnchor
        self.revealedAt = revealedAt
    }
}

/// An expert's duty to mark one case.
public struct ExpertAssignment: Sendable, Hashable {
    public let cell: CellAddress
    public let panel: Int
    public let expert: AccountID
    public let at: Instant
    /// Why it ended: a conflict, a replacement; nil while it stands.
    public let ended: String?

    public init(cell: CellAddress, panel: Int, expert: AccountID, at: Instant, ended: String? = nil) {
        self.cell = cell
        self.panel = panel
        self.expert = expert
        self.at = at
        self.ended = ended
    }
}

/// A seat on the panel of an indicator.
public struct ExpertSeat: Sendable, Hashable {
    public let indicator: IndicatorID
    public let panel: Int
    public let expert: AccountID
    public let at: Instant
    /// Why it was given up; nil while it is held.
    public let left: String?
    /// Drawn for single cases in the place of somebody with a conflict; gets no further cases.
    public let isStandIn: Bool

    public init(
        indicator: IndicatorID, panel: Int, expert: AccountID, at: Instant, left: String? = nil, isStandIn: Bool = false
    ) {
        self.indicator = indicator
        self.panel = panel
        self.expert = expert
        self.at = at
        self.left = left
        self.isStandIn = isStandIn
    }
}

/// The signed confidentiality of an expert in a round.
public struct ExpertPledge: Sendable, Hashable {
    public let expert: AccountID
    /// Of the text, such as `1`.
    public let textVersion: String
    /// Over the text that was shown.
    public let digest: Digest
    public let at: Instant

    public init(expert: AccountID, textVersion: String, digest: Digest, at: Instant) {
        self.expert = expert
        self.textVersion = textVersion
        self.digest = digest
        self.at = at
    }
}

/// A conflict that an expert has declared; it holds for every indicator of the platform.
public struct ExpertConflict: Sendable, Hashable {
    public let expert: AccountID
    public let platform: PlatformID
    public let reason: String
    public let at: Instant

    public init(expert: AccountID, platform: PlatformID, reason: String, at: Instant) {
        self.expert = expert
        self.platform = platform
        self.reason = reason
        self.at = at
    }
}

/// A draw as it took place, with everything needed to repeat it.
public struct ExpertDrawRecord: Sendable, Hashable {
    public let indicator: IndicatorID
    public let request: ExpertDraw.Request
    public let outcome: ExpertDraw.Outcome
    /// Entries in the log at the checkpoint whose root is the seed.
    public let checkpointSize: Int
    public let by: AccountID
    public let at: Instant

    public init(
        indicator: IndicatorID, request: ExpertDraw.Request, outcome: ExpertDraw.Outcome, checkpointSize: Int,
        by: AccountID, at: Instant
    ) {
        self.indicator = indicator
        self.request = request
        self.outcome = outcome
        self.checkpointSize = checkpointSize
        self.by = by
        self.at = at
    }

    /// Whether drawing again gives the same people and reasons.
    public var repeats: Bool { (try? ExpertDraw.run(request)) == outcome }
}

/// Everything about the experts of a round, or of a part of it.
public struct ExpertBook: Sendable {
    public var draws: [ExpertDrawRecord] = []
    public var seats: [ExpertSeat] = []
    public var cases: [ExpertCase] = []
    public var assignments: [ExpertAssignment] = []
    /// Handed in, of all sittings, also of experts who left.
    public var sheets: [MarkSheet] = []
    public var pledges: [ExpertPledge] = []
    public var conflicts: [ExpertConflict] = []

    public init() {}

    public func draw(_ indicator: IndicatorID) -> ExpertDrawRecord? { draws.first { $0.indicator == indicator } }
    public func hasPledged(_ expert: AccountID) -> Bool { pledges.contains { $0.expert == expert } }

    /// Whether the expert may open the case: assigned, and confidentiality signed.
    public func mayOpen(_ cell: CellAddress, _ expert: AccountID) -> Bool {
        hasPledged(expert) && assignments.contains { $0.cell == cell && $0.expert == expert && $0.ended == nil }
    }

    /// Where every drawn case stands, by cell. One pass over the whole book.
    public func standings() -> [CellAddress: CaseStanding] {
        var standings: [CellAddress: CaseStanding] = [:]
        for one in cases {
            // An anchor case has a row for every panel; it is one case with the experts of all of them.
            if standings[one.cell] == nil {
                standings[one.cell] = CaseStanding(cell: one.cell, isAnchor: one.isAnchor, revealedAt: one.revealedAt)
            } else if let at = one.revealedAt {
                standings[one.cell]?.revealedAt = at
            }
        }
        for one in assignments where one.ended == nil { standings[one.cell]?.experts.append(one.expert) }
        for sheet in sheets where standings[sheet.cell]?.experts.contains(sheet.expert) == true {
            if sheet.sitting == 1 {
                standings[sheet.cell]?.first[sheet.expert] = sheet
            } else {
                standings[sheet.cell]?.second[sheet.expert] = sheet
            }
        }
        return standings
    }
}

/// Where the marking of one case stands.
public struct CaseStanding: Sendable, Hashable {
    public let cell: CellAddress
    public let isAnchor: Bool
    public var revealedAt: Instant?
    /// Who owes a mark, in the order of assignment.
    public var experts: [AccountID] = []
    public var first: [AccountID: MarkSheet] = [:]
    public var second: [AccountID: MarkSheet] = [:]

    public init(cell: CellAddress, isAnchor: Bool = false, revealedAt: Instant? = nil) {
        self.cell = cell
        self.isAnchor = isAnchor
        self.revealedAt = revealedAt
    }

    public enum Stage: String, Sendable, Hashable, Codable, CaseIterable {
        /// First marks are owed.
        case marking
        /// All in, still hidden because the panel owes marks of other cases.
        case complete
        /// Seen by its experts, too far apart; second marks are owed.
        case discussing
        /// Nothing is owed: it can be settled.
        case ready
    }

    public var isFirstComplete: Bool { !experts.isEmpty && first.count == experts.count }
    public var isSecondComplete: Bool { !experts.isEmpty && second.count == experts.count }
    public var divergence: MarkDivergence? { MarkDivergence(first.values.map(\.mark)) }

    public var stage: Stage {
        guard isFirstComplete else { return .marking }
        guard revealedAt != nil else { return .complete }
        return divergence?.isWide == true && !isSecondComplete ? .discussing : .ready
    }

    /// Who has not handed in what is asked now.
    public var owing: [AccountID] {
        switch stage {
        case .marking: experts.filter { first[$0] == nil }
        case .discussing: experts.filter { second[$0] == nil }
        case .complete, .ready: []
        }
    }

    /// The sheets that count: the second marks once all are in, else the first, in the order of the experts.
    public var counting: [MarkSheet] {
        let chosen = isSecondComplete ? second : first
        return experts.compactMap { chosen[$0] }
    }

    /// The sheets that the reader may see.
    ///
    /// First marks are seen by their own expert alone until all are in, then by the experts of the case and by those with
    /// leave; second marks likewise until all second marks are in.
    public func seen(by reader: AccountID, readsMarks: Bool) -> [MarkSheet] {
        let isOfCase = first[reader] != nil
        let seesOthers = readsMarks || isOfCase
        return experts.flatMap { expert -> [MarkSheet] in
            let mine = expert == reader
            let showsFirst = mine || seesOthers && revealedAt != nil
            let showsSecond = mine || seesOthers && revealedAt != nil && isSecondComplete
            return [showsFirst ? first[expert] : nil, showsSecond ? second[expert] : nil].compactMap { $0 }
        }
    }
}
