import Scheme
import Score
import Vocabulary

/// Small schemes for tests, stated in a line or two.
enum SchemeBuilder {
    static func text(_ id: String) -> LocalizedText { LocalizedText(zh: "“\(id)”", en: id) }
    static func decimal(_ text: String) -> ExactDecimal { ExactDecimal(text) ?? .zero }
    static func sourced(_ value: Double) -> Sourced<Double> { Sourced(value, .default) }

    static func indicator(
        _ id: String, points: String, rule: Rule, parts: [String] = [], missing: MissingPolicy = .zero,
        evidenceClass: EvidenceClass = .none, weight: Double? = nil, ratio: Ratio? = nil, valuePlaces: Int = 2,
        zeroWithout: String? = nil, reductions: [Reduction] = [], auxiliaries: [Part] = []
    ) -> Indicator {
        Indicator(
            number: 1, id: IndicatorID(id), title: text(id), definition: text(id), unit: text("unit"),
            mode: evidenceClass == .none ? .upload : .port, subject: .platform, window: Sourced(.dataYear, .default),
            points: Sourced(decimal(points), .default), weight: weight.map { sourced($0) }, rule: rule,
            valuePlaces: valuePlaces, missing: missing, parts: parts.map { part($0) }, evidenceClass: evidenceClass,
            ratio: ratio, auxiliaries: auxiliaries, reductions: reductions, zeroWithout: zeroWithout)
    }

    static func part(_ id: String, kind: Part.Kind = .number) -> Part {
        Part(id: id, title: text(id), unit: text("unit"), valuePlaces: 2, kind: kind)
    }

    static func group(_ id: String, by aggregation: Aggregation = .sum, _ indicators: [Indicator]) -> Group {
        Group(id: id, title: text(id), aggregation: aggregation, indicators: indicators)
    }

    static func section(
        _ id: String, isBonus: Bool = false, weight: Double? = nil, by aggregation: Aggregation = .sum,
        _ groups: [Group]
    ) -> Section {
        Section(
            id: id, title: text(id), isBonus: isBonus, weight: weight.map { sourced($0) }, aggregation: aggregation,
            groups: groups)
    }

    static func scheme(
        _ sections: [Section], aggregation: Aggregation = .sum,
        precision: Precision = Precision(level: .indicator, places: 2), bonusCap: String? = nil,
        limitedList: Int? = nil, order: [String] = [], withinType: Bool = true,
        grades: [(String, String)] = [], types: [PlatformType] = [], evidenceWorth: EvidenceWorth? = evidenceWorth,
        values: ValuesMapping = ValuesMapping()
    ) -> IndicatorScheme {
        IndicatorScheme(
            id: "test", title: text("test"), edition: "2025", zone: "Asia/Shanghai", calendar: nil, values: values,
            types: types, sections: sections, aggregation: aggregation, precision: precision,
            bonusCap: bonusCap.map { Sourced(decimal($0), .default) },
            ranking: Ranking(
                limitedListOrder: order.map { Sourced($0, .default) },
                limitedListCount: limitedList.map { Sourced($0, .default) }, withinType: withinType),
            grades: grades.map { Grade(id: $0, title: text($0), floor: Sourced(decimal($1), .default)) },
            evidenceWorth: evidenceWorth, sampling: nil, expertMarking: nil, visibility: [], dictionaries: [],
            digest: digest)
    }

    /// One indicator, alone in its group and section.
    static func single(_ indicator: Indicator, types: [PlatformType] = []) -> IndicatorScheme {
        scheme([section("only", [group("g", [indicator])])], types: types)
    }

    static let evidenceWorth = EvidenceWorth(
        factors: [
            .stock: [0.6, 1, 1, 1, 1].map { sourced($0) }, .activity: [0.5, 0.8, 1, 1, 1].map { sourced($0) },
        ],
        raisedDeclared: sourced(0.8), completenessThreshold: sourced(0.9), deviationTolerance: sourced(0.05))

    /// 32 bytes always make a digest.
    static let digest = Digest(bytes: [UInt8](repeating: 0, count: 32))!

    static func unit(_ id: String, type: String? = nil, _ values: [String: String]) -> RatedUnit {
        RatedUnit(id: id, type: type, values: values.compactMapValues { ScoreValue($0) })
    }

}

/// Points of one indicator alone, as printed.
func points(of indicator: Indicator, _ values: [String: String], type: PlatformType? = nil) -> String {
    line(of: indicator, values, type: type).points.description
}

/// The sheet's line of one indicator alone.
func line(of indicator: Indicator, _ values: [String: String], type: PlatformType? = nil) -> IndicatorScore {
    let scheme = SchemeBuilder.single(indicator, types: type.map { [$0] } ?? [])
    let field = ScoreEngine(scheme: scheme).score([SchemeBuilder.unit("U", type: type?.id, values)])
    return field.units[0].sheet.indicators[0]
}

/// A seeded generator for tests over many random fields (SplitMix64).
struct SeededGenerator: RandomNumberGenerator {
    var state: UInt64
    init(seed: UInt64) { self.state = seed }
    mutating func next() -> UInt64 {
        state &+= 0x9e37_79b9_7f4a_7c15
        var z = state
        z = (z ^ (z >> 30)) &* 0xbf58_476d_1ce4_e5b9
        z = (z ^ (z >> 27)) &* 0x94d0_49bb_1331_11eb
        return z ^ (z >> 31)
    }
}
