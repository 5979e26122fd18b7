import Scheme
import Vocabulary

/// What one expert hands in for one case: the marks of the rubric's criteria, their sum or an overall mark, the comment.
public struct MarkSheet: Sendable, Hashable, Codable {
    public let cell: CellAddress
    public let expert: AccountID
    /// 1, or 2 for the second mark after a discussion; both are kept.
    public let sitting: Int
    /// One mark for each line of the rubric, in its order; empty for an overall mark.
    public let criteria: [ExactDecimal]
    /// 0…100; the sum of the criteria where there are any.
    public let mark: ExactDecimal
    public let comment: String
    public let at: Instant
    /// 32 hex digits that keep the log's digest of the sheet from being guessed.
    public let nonce: String

    public init(
        cell: CellAddress, expert: AccountID, sitting: Int, criteria: [ExactDecimal], mark: ExactDecimal,
        comment: String, at: Instant, nonce: String = ""
    ) {
        self.nonce = nonce
        self.cell = cell
        self.expert = expert
        self.sitting = sitting
        self.criteria = criteria
        self.mark = mark
        self.comment = comment
        self.at = at
    }

    /// What the log says of the sheet while its mark is hidden: SHA-256 over nonce, criteria, mark and comment, a line each.
    public var digest: Digest {
        let lines = [nonce, criteria.map(\.description).joined(separator: " "), mark.description, comment]
        return Digest.sha256(of: Array(lines.joined(separator: "\n").utf8))
    }

    /// The mark as it counts.
    public func expertMark(version: Int) -> ExpertMark {
        ExpertMark(cell: cell, expert: expert, mark: mark, reason: comment, at: at, version: version)
    }

    /// What is wrong before it is handed in; empty when nothing is.
    ///
    /// Besides the faults of `ExpertMark`: `experts.criterion_range` and `experts.criterion_places` with the criterion's
    /// number, `experts.criteria_count`, `experts.criteria_sum`, `experts.comment_long`, and `experts.second_reason` for a
    /// second mark without a word.
    public func faults(under rules: ExpertMarking) -> [Finding] {
        var found: [Finding] = []
        if !criteria.isEmpty {
            if criteria.count != rules.rubric.count {
                found.append(
                    Finding(.error, "experts.criteria_count", at: "criteria", ["count": "\(rules.rubric.count)"]))
            }
            for (index, (mark, line)) in zip(criteria, rules.rubric).enumerated() {
                let values = ["number": "\(index + 1)", "most": "\(line.points.value)", "given": "\(mark)"]
                if mark < .zero || mark > line.points.value {
                    found.append(Finding(.error, "experts.criterion_range", at: "criteria[\(index)]", values))
                } else if mark.rounded(places: 1) != mark {
                    found.append(Finding(.error, "experts.criterion_places", at: "criteria[\(index)]", values))
                }
            }
            if found.isEmpty, criteria.reduce(.zero, +) != mark {
                found.append(Finding(.error, "experts.criteria_sum", at: "mark", ["given": "\(mark)"]))
            }
        }
        if comment.count > Self.commentLimit {
            found.append(Finding(.error, "experts.comment_long", at: "comment", ["limit": "\(Self.commentLimit)"]))
        }
        found += expertMark(version: 1).faults(under: rules)
        if sitting == 2, comment.allSatisfy(\.isWhitespace), !found.contains(where: { $0.code == "review.mark_reason" })
        {
            found.append(Finding(.error, "experts.second_reason", at: "comment"))
        }
        return found
    }

    /// Characters.
    public static let commentLimit = 1000
}

/// What an expert has typed and not yet handed in; it counts for nothing.
public struct MarkDraft: Sendable, Hashable, Codable {
    /// As typed, one for each criterion, empty where nothing was typed.
    public var criteria: [String]
    public var mark: String
    public var comment: String
    public var at: Instant
    /// Grows by one with every save; 0 before the first.
    public var version: Int

    public init(criteria: [String], mark: String, comment: String, at: Instant, version: Int) {
        self.criteria = criteria
        self.mark = mark
        self.comment = comment
        self.at = at
        self.version = version
    }
}
