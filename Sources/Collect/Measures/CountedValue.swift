import Scheme
import Vocabulary

/// What the system counted for one port indicator of one platform, with what it rests on.
public struct CountedValue: Sendable, Hashable, Codable {
    public var indicator: IndicatorID
    /// The scheme's measure, with its argument: `distinct-devices`, `leading-app-users:5`.
    public var measure: String
    /// In the indicator's unit, rounded half up to its `valuePlaces`; nil when the platform sent nothing that the
    /// measure or the monthly summary could speak of.
    public var value: ExactDecimal?
    /// One entry a port month for means (earliest first), one entry, the last port month, for `end`.
    public var perMonth: [MonthCount]
    /// Further figures beside the value, by the auxiliary ids of the scheme: `public`, `published`, `plain-sum`. Same
    /// unit as the value.
    public var splits: [String: ExactDecimal]
    /// The lowest level over the port months that have any data.
    public var evidenceLevel: EvidenceLevel
    /// Share of the expected days (live data) or months (lists) that were received, 0…1.
    public var completeness: Double
    /// Points that never changed in the month, mean of the months; signalled, not struck out. 0 for other measures.
    public var constantPoints: ExactDecimal
    /// The platform's own monthly summary over the same window; nil when it sent none.
    public var declared: ExactDecimal?

    /// `(declared − value) ÷ value`: 0.05 is five percent above the count. Nil without both, or with a count of 0.
    public var deviation: Double? {
        guard let declared, let value, value > .zero else { return nil }
        return (declared - value).doubleValue / value.doubleValue
    }

    public init(
        indicator: IndicatorID, measure: String, value: ExactDecimal?, perMonth: [MonthCount],
        splits: [String: ExactDecimal] = [:], evidenceLevel: EvidenceLevel, completeness: Double,
        constantPoints: ExactDecimal = .zero, declared: ExactDecimal? = nil
    ) {
        self.indicator = indicator
        self.measure = measure
        self.value = value
        self.perMonth = perMonth
        self.splits = splits
        self.evidenceLevel = evidenceLevel
        self.completeness = completeness
        self.constantPoints = constantPoints
        self.declared = declared
    }
}

/// One month's figure.
public struct MonthCount: Sendable, Hashable, Codable {
    /// `2025-11`.
    public var month: String
    public var value: ExactDecimal
    /// Days of the month with at least one record of the kind.
    public var daysReceived: Int
    public var evidenceLevel: EvidenceLevel

    public init(month: String, value: ExactDecimal, daysReceived: Int, evidenceLevel: EvidenceLevel) {
        self.month = month
        self.value = value
        self.daysReceived = daysReceived
        self.evidenceLevel = evidenceLevel
    }
}
