import Vocabulary

/// What one accepted row of an item list adds to a value: the first weight whose conditions the row meets decides.
///
/// An indicator with items and without weights counts its distinct rows, one each.
public struct ItemWeight: Sendable, Hashable {
    /// The part that the row adds to; nil: the indicator's own value.
    public var part: String?
    /// Field id → the dictionary codes of which the row must carry one; empty: every row.
    public var when: [String: [String]]
    /// How many units the row adds; 0 shows the row and counts nothing (bought patents).
    public var each: Sourced<ExactDecimal>
    /// The rows of this weight together add at most so many units (copyrights ≤ 20).
    public var cap: Sourced<ExactDecimal>?

    public init(
        part: String? = nil, when: [String: [String]] = [:], each: Sourced<ExactDecimal>,
        cap: Sourced<ExactDecimal>? = nil
    ) {
        self.part = part
        self.when = when
        self.each = each
        self.cap = cap
    }
}
