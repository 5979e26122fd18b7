import Vocabulary

/// How the accepted rows of an item list become the indicator's value. Rows equal in all key fields count once.
public enum ItemCount: Sendable, Hashable {
    /// The number of distinct rows.
    case distinct
    /// The sum of what each row is worth by the code in a field, with caps for some codes together (13: copyrights).
    case weighted(field: String, worth: [ItemUnits], caps: [UnitCap])
    /// Each row counts for the part whose id is the code in the field (6, 14).
    case byPart(field: String)
    /// The greatest number in the field among the rows (7, 8: the level of a certificate).
    case highest(field: String)
}

/// Rows with this code are worth so many units.
public struct ItemUnits: Sendable, Hashable {
    public var code: String
    public var units: Sourced<Double>

    public init(code: String, units: Sourced<Double>) {
        self.code = code
        self.units = units
    }
}

/// Rows with these codes together are worth at most so many units.
public struct UnitCap: Sendable, Hashable {
    public var codes: [String]
    public var units: Sourced<Double>

    public init(codes: [String], units: Sourced<Double>) {
        self.codes = codes
        self.units = units
    }
}

/// The points are multiplied by `factor` while the condition, an auxiliary of the indicator, is verified as 0.
/// A value that is not there reduces nothing.
public struct Reduction: Sendable, Hashable {
    /// The id of the auxiliary figure within the indicator: `report` for the value id `mlps-level.report`.
    public var without: String
    /// 0…1.
    public var factor: Sourced<Double>

    public init(without: String, factor: Sourced<Double>) {
        self.without = without
        self.factor = factor
    }
}

/// An official list that is imported and matched, and the part of the indicator that a match counts for.
public struct OfficialListSource: Sendable, Hashable {
    public var id: String
    public var title: LocalizedText
    public var issuer: LocalizedText
    /// The part whose value a match raises; several matches in one list count once.
    public var part: String
    public var year: Int
    /// Awards or grades of the list that count; empty: every row.
    public var awards: [String]
    public var origin: Origin

    public init(
        id: String, title: LocalizedText, issuer: LocalizedText, part: String, year: Int, awards: [String],
        origin: Origin
    ) {
        self.id = id
        self.title = title
        self.issuer = issuer
        self.part = part
        self.year = year
        self.awards = awards
        self.origin = origin
    }
}
