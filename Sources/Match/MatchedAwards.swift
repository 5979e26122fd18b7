import Vocabulary

/// Whether an accepted row earns something on the cut-off, and if not, why.
public enum Standing: String, Sendable, Hashable, Codable, CaseIterable {
    case counts
    /// Its validity ended before the cut-off.
    case expired
    /// Published, or valid, only after the cut-off.
    case notYetValid = "not-yet-valid"
    case revoked
    /// The scheme counts only other grades of this list.
    case gradeNotNamed = "grade-not-named"
    /// The scheme names other titles.
    case titleNotNamed = "title-not-named"
    /// The list speaks of another year than the scheme asks for.
    case otherYear = "other-year"
}

/// One accepted row and what it is worth.
public struct MatchedAward: Sendable, Hashable, Codable {
    public let list: ListID
    public let listTitle: String
    public let match: AcceptedRow
    public let standing: Standing
    /// The part, or the code of the tier, that it raises; nil when it raises none.
    public let earns: String?
    /// How the standing came about, in one sentence.
    public let explanation: Statement
}

/// What all lists of one indicator say of one subject, and the values that follow.
public struct MatchedAwards: Sendable, Hashable, Codable {
    /// The subject's id.
    public let subject: String
    public let indicator: IndicatorID
    /// By value id; 0 where nothing counts.
    public let values: [String: ExactDecimal]
    /// In the order of the lists, then of their rows.
    public let awards: [MatchedAward]
    /// One a list, in the order of the lists.
    public let decisions: [MatchDecision]
    /// Lists that the scheme names and nobody has imported yet, by their ids.
    public let missingLists: [String]

    public init(
        subject: String, indicator: IndicatorID, values: [String: ExactDecimal], awards: [MatchedAward],
        decisions: [MatchDecision], missingLists: [String]
    ) {
        self.subject = subject
        self.indicator = indicator
        self.values = values
        self.awards = awards
        self.decisions = decisions
        self.missingLists = missingLists
    }

    /// Rows that people have to look at before the value is final.
    public var openCandidates: [CandidateRow] { decisions.flatMap(\.candidates) }

    /// The sentences for the score sheet: what counts, what does not and why, where the subject was not found, and what
    /// people still have to look at.
    public var explanation: [Statement] {
        var out: [Statement] = []
        for award in awards { out += award.match.explanation + [award.explanation] }
        out += decisions.compactMap(\.proofStatement)
        if !openCandidates.isEmpty {
            out.append(Statement("match.open_candidates", ["count": "\(openCandidates.count)"]))
        }
        return out + missingLists.map { Statement("match.list_missing", ["list": $0]) }
    }
}
