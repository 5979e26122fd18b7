import Scheme
import Vocabulary

/// Every line behind one unit's total; indicators add up to groups, groups to sections, sections to the total.
public struct ScoreSheet: Sendable, Hashable {
    /// In the scheme's printed order.
    public let sections: [SectionScore]
    /// Nil when the scheme does not rate a unit with these values missing.
    public let total: ExactDecimal?
    /// The total without bonus sections, for the panel; nil with `total`.
    public let totalWithoutBonus: ExactDecimal?
    /// The total before it was rounded; nil with `total`.
    public let unroundedTotal: Double?

    public var groups: [GroupScore] { sections.flatMap(\.groups) }
    public var indicators: [IndicatorScore] { groups.flatMap(\.indicators) }
    public func indicator(_ id: IndicatorID) -> IndicatorScore? { indicators.first { $0.id == id } }
    public func section(_ id: String) -> SectionScore? { sections.first { $0.id == id } }
}

/// One section's line.
public struct SectionScore: Sendable, Hashable {
    public let id: String
    public let title: LocalizedText
    public let isBonus: Bool
    /// The most that can be had.
    public let full: ExactDecimal
    public let groups: [GroupScore]
    /// The sum of the groups, before the cap of the bonus.
    public let beforeCap: ExactDecimal
    /// What the cap takes away: `beforeCap − points`, zero or more.
    public var capped: ExactDecimal { beforeCap - points }
    public let points: ExactDecimal
}

/// One group's line.
public struct GroupScore: Sendable, Hashable {
    public let id: String
    public let title: LocalizedText
    public let full: ExactDecimal
    public let indicators: [IndicatorScore]
    public let points: ExactDecimal
}

/// One indicator's line: its figures, how they became points, and what is to be said about it.
public struct IndicatorScore: Sendable, Hashable {
    public enum State: String, Sendable, Hashable, Codable, CaseIterable {
        /// Points were computed from a value.
        case scored
        /// No value: what the scheme says of missing values was done.
        case missing
        /// The source has not answered; no points yet, never a zero that stays.
        case waiting
        /// Left out, the others carry its weight.
        case excluded
    }

    public let id: IndicatorID
    public let number: Int
    public let title: LocalizedText
    public let unit: LocalizedText
    public let state: State
    /// The figures that went in, in the scheme's order.
    public let values: [ValueLine]
    /// The formula with its figures in it, in plain symbols: `5 × (0.2 + 0.8 × ln(1158 ÷ 500) ÷ ln(300000 ÷ 500))`.
    public let formula: String
    /// How the points came about, in plain language.
    public let sentences: [Sentence]
    /// Floor, target and origin of each, for drawing the value between its limits; nil for rules without.
    public let limits: Limits?
    /// What the points were multiplied by, in order; empty: by nothing.
    public let factors: [Factor]
    /// The result of rule and factors before rounding.
    public let unrounded: Double
    public let points: ExactDecimal
    /// The indicator's full points.
    public let full: ExactDecimal
    public let origin: Origin
    /// Waiting, missing, capped, near a rounding boundary, scaled port.
    public let notes: [Finding]
}

/// One figure of an indicator.
public struct ValueLine: Sendable, Hashable {
    /// `scenarios.mark`.
    public let id: String
    /// The part's title; the indicator's own where there are no parts.
    public let title: LocalizedText
    public let unit: LocalizedText
    /// Nil: missing.
    public let value: ScoreValue?
}

/// Where a rule's points begin and end.
public struct Limits: Sendable, Hashable {
    public let floor: Sourced<Double>
    public let target: Sourced<Double>
    /// The straight foot's share of the points at the floor; nil where there is no foot.
    public let foot: Sourced<Double>?
}

/// Something that the points were multiplied by.
public struct Factor: Sendable, Hashable {
    public enum Kind: String, Sendable, Hashable, Codable, CaseIterable {
        case reduction, evidence, completeness, reweighting
    }
    public let kind: Kind
    public let value: Double
    /// Why it is this number.
    public let sentence: Sentence
}
