import Vocabulary

/// Merges what several people type into one form: different fields together, the same field never silently.
public struct FieldMerge: Sendable {
    /// What became of an edit.
    public enum Fate: String, Sendable, Hashable, Codable {
        /// It stands in the field now.
        case applied
        /// It was there already: sent twice, or two people typed the same.
        case repeated
        /// Somebody else has changed the field since the person saw it; nothing was changed.
        case conflict
    }

    /// An edit and what became of it.
    public struct Result: Sendable, Hashable {
        public let edit: FieldEdit
        public let fate: Fate
    }

    /// By value id, after the merge.
    public let fields: [String: DraftField]
    /// The fields that the merge wrote.
    public let changed: [DraftField]
    /// In the order of the edits.
    public let results: [Result]

    /// - Parameters:
    ///   - present: the fields as they stand, by value id.
    ///   - known: ids of edits that were applied earlier.
    public init(
        _ edits: [FieldEdit], into present: [String: DraftField], known: Set<String>, cell: CellAddress,
        by: AccountID, at: Instant
    ) {
        var fields = present
        var seen = known
        var results: [Result] = []
        var touched: [String] = []
        for edit in edits {
            let now = fields[edit.figure]
            let fate: Fate
            if seen.contains(edit.id) || now?.edit == edit.id {
                fate = .repeated
            } else if edit.base == (now?.version ?? 0) {
                let isNews = now?.text != edit.text || now?.isConfirmed == false
                fate = isNews ? .applied : .repeated
            } else {
                fate = now?.text == edit.text ? .repeated : .conflict
            }
            results.append(Result(edit: edit, fate: fate))
            guard fate == .applied else { continue }
            seen.insert(edit.id)
            // Who confirms what was copied or prefilled without changing it leaves its origin.
            let isKept = now?.text == edit.text && edit.origin == .typed
            fields[edit.figure] = DraftField(
                cell: cell, figure: edit.figure, text: edit.text, origin: isKept ? now?.origin ?? .typed : edit.origin,
                source: isKept ? now?.source ?? "" : edit.source,
                isConfirmed: edit.origin == .typed || edit.origin == .imported, by: by, at: at,
                version: (now?.version ?? 0) + 1, edit: edit.id)
            if !touched.contains(edit.figure) { touched.append(edit.figure) }
        }
        self.fields = fields
        self.results = results
        self.changed = touched.compactMap { fields[$0] }
    }
}
