import Vocabulary

/// How a value becomes points. `p` are the indicator's full points; results are clamped to 0…p.
public indirect enum Rule: Sendable, Hashable {
    /// `p × (x − floor) ÷ (target − floor)`; the floor may lie above the target (less is better).
    case linear(floor: Sourced<Double>, target: Sourced<Double>)
    /// Between floor and target `p × (foot + (1 − foot) × ln(x ÷ floor) ÷ ln(target ÷ floor))`, below the floor the
    /// straight foot `p × foot × x ÷ floor`. A foot of 0 with `clampsBelow` is the plain goalpost logarithm (HDI).
    case log(floor: Sourced<Double>, target: Sourced<Double>, foot: Sourced<Double>)
    /// Tiers: the points of the highest tier that the value reaches.
    case tiers([Tier])
    /// Highest only: tiers over codes of titles held, no stacking.
    case highestOnly([Tier])
    /// Each accepted item of a part earns its points; caps per set of parts, and for all.
    case perItem([ItemWorth], setCaps: [SetCap], cap: Sourced<ExactDecimal>)
    /// All points when the value is 1 (yes), none otherwise; the parts are the conditions, all of which must hold.
    case allConditions
    /// An expert mark of 0…100 × p ÷ 100.
    case mark
    /// The sum of several rules over the indicator's parts, each with points of its own.
    case sumOfParts([PartRule])
    /// Efficacy coefficient: `p × (60 + 40 × (x − low) ÷ (high − low)) ÷ 100`, 0 below low.
    case efficacy(low: Sourced<Double>, high: Sourced<Double>)
    /// The value itself, already in points.
    case identity
}

/// From `at` on the value earns `points`.
public struct Tier: Sendable, Hashable {
    public var at: Sourced<Double>
    public var points: Sourced<ExactDecimal>
    /// What the tier is called.
    public var title: LocalizedText?
    /// The code of the title or award that reaches the tier, an entry of `highestOnly`'s dictionary; nil for numbers.
    public var code: String?

    public init(
        at: Sourced<Double>, points: Sourced<ExactDecimal>, title: LocalizedText? = nil, code: String? = nil
    ) {
        self.code = code
        self.at = at
        self.points = points
        self.title = title
    }
}

/// What one accepted item of a part is worth.
public struct ItemWorth: Sendable, Hashable {
    public var part: String
    public var each: Sourced<ExactDecimal>

    public init(part: String, each: Sourced<ExactDecimal>) {
        self.part = part
        self.each = each
    }
}

/// These parts together earn at most `cap`.
public struct SetCap: Sendable, Hashable {
    public var parts: [String]
    public var cap: Sourced<ExactDecimal>

    public init(parts: [String], cap: Sourced<ExactDecimal>) {
        self.parts = parts
        self.cap = cap
    }
}

/// One addend of `sumOfParts`.
public struct PartRule: Sendable, Hashable {
    public var part: String
    public var points: Sourced<ExactDecimal>
    public var rule: Rule
    /// The value is divided by this parameter of the unit's type first, and capped at 1 (coverage of scenarios).
    public var dividedByTypeParameter: String?

    public init(part: String, points: Sourced<ExactDecimal>, rule: Rule, dividedByTypeParameter: String? = nil) {
        self.part = part
        self.points = points
        self.rule = rule
        self.dividedByTypeParameter = dividedByTypeParameter
    }
}
