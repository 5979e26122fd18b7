/// One change of one row, as a person's page sends it.
public enum RowEdit: Sendable, Hashable {
    /// A field by its id: what the person saw, and what shall stand there.
    public struct Change: Sendable, Hashable {
        public let field: String
        public let from: String
        public let to: String

        public init(field: String, from: String, to: String) {
            self.field = field
            self.from = from
            self.to = to
        }
    }

    case change(number: Int, [Change])
    /// `reference` names the new row for the page until it has a number; the same reference is never added twice.
    case add(reference: String, fields: [String: String])
    /// `since` is the version in which the person saw the row written.
    case remove(number: Int, since: Int)
    /// Brings a removed row back under its number, with the fields it had.
    case restore(number: Int, fields: [String: String])
}

/// A field that two people changed differently.
public struct RowConflict: Sendable, Hashable {
    public let number: Int
    /// Empty when the row as a whole is meant: it was removed, or changed before it was to be removed.
    public let field: String
    public let yours: String
    public let theirs: String

    public init(number: Int, field: String, yours: String, theirs: String) {
        self.number = number
        self.field = field
        self.yours = yours
        self.theirs = theirs
    }
}
