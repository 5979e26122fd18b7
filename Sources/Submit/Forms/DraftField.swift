import Vocabulary

/// What stands in one field of a form, as it was typed, good or not, with who wrote it last and where it came from.
///
/// A text that is no good figure stays here and waits; the declaration keeps the last good one.
public struct DraftField: Sendable, Hashable, Codable {
    /// Longest text that a field keeps, in characters.
    public static let longestText = 200

    public let cell: CellAddress
    /// The value id.
    public let figure: String
    /// As typed, trimmed; empty when the field was emptied.
    public let text: String
    public let origin: FigureOrigin
    /// The round, list or file that it came from; empty when it was typed.
    public let source: String
    /// False while nobody of the company has looked at what was copied or prefilled.
    public let isConfirmed: Bool
    public let by: AccountID
    public let at: Instant
    /// 1 for the first text, one more with every change.
    public let version: Int
    /// The edit that wrote it, named by the one who sent it; empty for a change that was not sent field by field.
    public let edit: String

    public init(
        cell: CellAddress, figure: String, text: String, origin: FigureOrigin, source: String = "",
        isConfirmed: Bool, by: AccountID, at: Instant, version: Int, edit: String = ""
    ) {
        self.cell = cell
        self.figure = figure
        self.text = text
        self.origin = origin
        self.source = source
        self.isConfirmed = isConfirmed
        self.by = by
        self.at = at
        self.version = version
        self.edit = edit
    }
}

/// One change of one field, as a person's page sends it, perhaps more than once.
public struct FieldEdit: Sendable, Hashable {
    public let figure: String
    public let text: String
    /// The version of the field that the person saw; 0 when it was blank.
    public let base: Int
    /// Unique to this edit; the same edit sent again changes nothing.
    public let id: String
    public let origin: FigureOrigin
    public let source: String

    public init(
        figure: String, text: String, base: Int, id: String, origin: FigureOrigin = .typed, source: String = ""
    ) {
        self.figure = figure
        self.text = text
        self.base = base
        self.id = id
        self.origin = origin
        self.source = source
    }
}
