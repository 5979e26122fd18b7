import Vocabulary

/// What somebody wants to do with one item or with many.
public enum DeskAction: Sendable, Hashable {
    case accept(note: String)
    case `return`(CellReturn.ReasonCode, reason: String, rows: [Int])
    /// To a colleague of the same office, with a note.
    case handOver(to: AccountID, note: String)

    /// `accept`, `return`, `hand-over`.
    public var name: String {
        switch self {
        case .accept: "accept"
        case .return: "return"
        case .handOver: "hand-over"
        }
    }

    /// The longest reason or note, in characters.
    public static let longestText = 1000
    /// The most rows that one return names.
    public static let mostRows = 500

    /// What is wrong with the action whatever it is done to: reasons that are missing or too long, rows beyond the limit.
    public var findings: [Finding] {
        let (text, isRequired, rows): (String, Bool, [Int]) =
            switch self {
            case .accept(let note): (note, false, [])
            case .return(_, let reason, let rows): (reason, true, rows)
            case .handOver(_, let note): (note, false, [])
            }
        var found: [Finding] = []
        if isRequired, text.allSatisfy(\.isWhitespace) {
            found.append(Finding(.error, "review.reason_missing", at: "reason"))
        }
        if text.count > Self.longestText {
            found.append(Finding(.error, "review.reason_long", at: "reason", ["given": "\(Self.longestText)"]))
        }
        if rows.count > Self.mostRows || rows.contains(where: { $0 < 1 || $0 > 10_000_000 }) {
            found.append(Finding(.error, "desk.rows_invalid", at: "rows", ["most": "\(Self.mostRows)"]))
        }
        return found
    }
}

/// One item as it stands before somebody acts on it.
public struct DeskItem: Sendable, Hashable {
    public let cell: CellAddress
    public let submission: SubmissionState
    /// 0 when nothing is declared.
    public let declaredVersion: Int
    /// The decision that stands at the present level.
    public let decision: ItemDecision?
    public let assignee: AccountID?
    /// The company declares it in a form; counted, matched and registered items are settled elsewhere.
    public let isDeclaredInForm: Bool
    /// The actor may decide at the level that has the submission.
    public let isPermitted: Bool
    /// Rows of the item's list; nil where it has none.
    public let rowCount: Int?

    public init(
        cell: CellAddress, submission: SubmissionState, declaredVersion: Int, decision: ItemDecision?,
        assignee: AccountID?, isDeclaredInForm: Bool, isPermitted: Bool, rowCount: Int? = nil
    ) {
        self.cell = cell
        self.submission = submission
        self.declaredVersion = declaredVersion
        self.decision = decision
        self.assignee = assignee
        self.isDeclaredInForm = isDeclaredInForm
        self.isPermitted = isPermitted
        self.rowCount = rowCount
    }

    /// Why the action cannot be done to this item now; nil when it can.
    public func refusal(of action: DeskAction) -> Finding? {
        func refused(_ code: String, _ values: [String: String] = [:]) -> Finding {
            Finding(.error, "desk.refused.\(code)", at: "\(cell.platform)/\(cell.indicator)", values)
        }
        guard ReviewLevel(reviewing: submission) != nil else {
            return refused("not_in_review", ["state": submission.rawValue])
        }
        guard isPermitted else { return refused("not_permitted") }
        switch action {
        case .accept:
            guard isDeclaredInForm else { return refused("not_in_form") }
            if decision?.verdict == .accept { return refused("accepted_already") }
        case .return(let code, let reason, let rows):
            guard isDeclaredInForm else { return refused("not_in_form") }
            if let decision, decision.verdict == .return, decision.reasonCode == code, decision.reason == reason,
                decision.rows == rows
            {
                return refused("returned_already")
            }
            if !rows.isEmpty, (rowCount ?? 0) == 0 { return refused("no_rows") }
        case .handOver(let colleague, _):
            if assignee == colleague { return refused("assigned_already") }
        }
        return nil
    }
}

/// What an action will do, item by item, before it does it.
public struct DeskPlan: Sendable, Hashable {
    public let action: DeskAction
    /// In the order in which they were chosen, each once.
    public let items: [DeskItem]
    public let refused: [Finding]

    /// The most items that one action touches.
    public static let mostItems = 2000

    /// - Throws: `desk.too_many_items` beyond `mostItems`; `desk.action_refused` with the action's own findings.
    public init(_ action: DeskAction, on chosen: [DeskItem]) throws(Failure) {
        guard chosen.count <= Self.mostItems else {
            throw Failure("desk.too_many_items", ["count": "\(chosen.count)", "most": "\(Self.mostItems)"])
        }
        let faults = action.findings
        guard faults.isEmpty else { throw Failure("desk.action_refused", findings: faults) }
        var seen: Set<CellAddress> = []
        var items: [DeskItem] = []
        var refused: [Finding] = []
        for item in chosen where seen.insert(item.cell).inserted {
            if let refusal = item.refusal(of: action) { refused.append(refusal) } else { items.append(item) }
        }
        self.action = action
        self.items = items
        self.refused = refused
    }
}
