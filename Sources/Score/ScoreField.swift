import Scheme
import Vocabulary

/// The scored field: every unit with its sheet and ranks.
public struct ScoreField: Sendable, Hashable {
    public let scheme: SchemeID
    /// In the order in which the units came.
    public let units: [UnitScore]
    /// The ids of the limited list (the first ten), best first; empty when the scheme has none.
    public let limitedList: [LimitedListEntry]
    /// Values near a rounding boundary, missing ratios and the like; nothing in it stops the work.
    public let findings: [Finding]

    /// True as long as any cell waits for its source.
    public var isProvisional: Bool { units.contains { $0.isProvisional } }
    public func unit(_ id: String) -> UnitScore? { units.first { $0.unit == id } }
    /// Best first; equals in the order in which they came, unrated units last.
    public var byRank: [UnitScore] {
        units.enumerated().sorted {
            ($0.element.rank ?? Int.max, $0.offset) < ($1.element.rank ?? Int.max, $1.offset)
        }.map(\.element)
    }
}

/// One unit's result.
public struct UnitScore: Sendable, Hashable {
    public let unit: String
    /// The type's id or title as it came.
    public let type: String?
    public let sheet: ScoreSheet
    /// 1 is best; ties share the smaller number; nil for a unit that is not rated.
    public let rank: Int?
    /// Nil where the scheme does not rank within type, or the unit has none.
    public let rankInType: Int?
    /// The rank of the total without bonus.
    public let rankWithoutBonus: Int?
    /// The grade's id; nil below the lowest.
    public let grade: String?

    public var total: ExactDecimal? { sheet.total }
    public var totalWithoutBonus: ExactDecimal? { sheet.totalWithoutBonus }
    /// True as long as a cell of it waits for its source.
    public var isProvisional: Bool { sheet.indicators.contains { $0.state == .waiting } }
}

/// One place of the limited list.
public struct LimitedListEntry: Sendable, Hashable {
    /// 1, 2, 3 … without ties.
    public let place: Int
    public let unit: String
    /// The key that put it before the next of the same total: a section id, `value:INDICATOR`, `lot`; nil when the
    /// total alone did.
    public let decidedBy: String?
}
