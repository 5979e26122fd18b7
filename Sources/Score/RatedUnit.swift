import Scheme
import Vocabulary

/// What one platform, country or other unit brings to the computation.
public struct RatedUnit: Sendable, Hashable {
    /// The unit's id: `P001`, `CHE`.
    public var id: String
    /// The id or a title of one of the scheme's types; nil where units have none.
    public var type: String?
    /// By value id: `devices-connected`, `standards.national-led`. An absent id is a missing value.
    public var values: [String: ScoreValue]
    /// Level and completeness of port cells; an absent cell counts in full.
    public var evidence: [IndicatorID: CellEvidence]
    /// Cells whose source has not answered: no points yet, and the result is provisional.
    public var waiting: Set<IndicatorID>
    /// Cells whose verified value was counted on a scaled-down port, by the stated factor (demonstration rounds).
    public var portScales: [IndicatorID: ExactDecimal]

    public init(
        id: String, type: String?, values: [String: ScoreValue], evidence: [IndicatorID: CellEvidence] = [:],
        waiting: Set<IndicatorID> = [], portScales: [IndicatorID: ExactDecimal] = [:]
    ) {
        self.id = id
        self.type = type
        self.values = values
        self.evidence = evidence
        self.waiting = waiting
        self.portScales = portScales
    }
}

/// How well a port cell's value is proven.
public struct CellEvidence: Sendable, Hashable {
    public var level: EvidenceLevel
    /// a reviewer raised E0 on stamped statement, list and screenshots.
    public var isRaised: Bool
    /// Share of the expected data that was received, 0…1.
    public var completeness: Double

    public init(level: EvidenceLevel, isRaised: Bool = false, completeness: Double = 1) {
        self.level = level
        self.isRaised = isRaised
        self.completeness = completeness
    }
}

/// What a computation may be asked to do differently.
public struct ScoringOptions: Sendable, Hashable {
    /// False: every evidence level and completeness counts in full, to show what they change.
    public var evidenceCounts: Bool
    /// The seed of the drawn lot among equals at the edge of the limited list.
    public var lotSeed: UInt64

    public init(evidenceCounts: Bool = true, lotSeed: UInt64 = 0) {
        self.evidenceCounts = evidenceCounts
        self.lotSeed = lotSeed
    }
}
