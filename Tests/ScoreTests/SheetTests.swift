import Scheme
import Score
import Testing
import Vocabulary

@Suite struct SheetTests {
    @Test("The lines of every sheet add up to its groups, sections and total as printed", arguments: 0..<60)
    func addsUp(seed: Int) {
        var random = SeededGenerator(seed: UInt64(seed))
        let scheme = Self.randomScheme(&random)
        let units = (0..<20).map { Self.randomUnit("U\($0)", scheme, &random) }
        for unit in ScoreEngine(scheme: scheme).score(units).units {
            let sheet = unit.sheet
            for section in sheet.sections {
                for group in section.groups {
                    #expect(Self.hundredths(group.indicators.map(\.points)) == Self.hundredths([group.points]))
                }
                #expect(Self.hundredths(section.groups.map(\.points)) == Self.hundredths([section.beforeCap]))
                #expect(section.capped >= .zero)
                #expect(section.isBonus || section.capped == .zero)
            }
            #expect(Self.hundredths(sheet.sections.map(\.points)) == Self.hundredths([sheet.total ?? .zero]))
            let base = sheet.sections.filter { !$0.isBonus }.map(\.points)
            #expect(Self.hundredths(base) == Self.hundredths([sheet.totalWithoutBonus ?? .zero]))
            for line in sheet.indicators {
                #expect(line.points.places == 2)
                #expect(line.points >= .zero && line.points <= line.full)
            }
        }
    }

    /// The sum of the printed texts, as a person with paper would add them.
    static func hundredths(_ points: [ExactDecimal]) -> Int {
        points.reduce(0) { sum, value in
            let parts = value.description.split(separator: ".")
            #expect(parts.count == 2 && parts[1].count == 2)
            return sum + (Int(parts[0]) ?? 0) * 100 + (Int(parts[1]) ?? 0)
        }
    }

    static func randomScheme(_ random: inout SeededGenerator) -> IndicatorScheme {
        var serial = 0
        func indicator() -> Indicator {
            serial += 1
            let points = Int.random(in: 1...9, using: &random)
            let low = Double(Int.random(in: 1...500, using: &random))
            let rules: [Rule] = [
                .log(
                    floor: Sourced(low, .default), target: Sourced(low * 700, .default), foot: Sourced(0.2, .default)),
                .linear(floor: Sourced(0, .default), target: Sourced(low * 300, .default)), .mark,
                .efficacy(low: Sourced(low, .default), high: Sourced(low * 900, .default)),
                .tiers([Tier(at: Sourced(low, .default), points: Sourced(ExactDecimal(points), .default))]),
            ]
            return SchemeBuilder.indicator(
                "i\(serial)", points: "\(points)", rule: rules[Int.random(in: 0..<rules.count, using: &random)],
                evidenceClass: [.none, .stock, .activity][Int.random(in: 0...2, using: &random)])
        }
        func groups(_ name: String) -> [Group] {
            (0..<Int.random(in: 1...3, using: &random)).map { group in
                SchemeBuilder.group(
                    "\(name)\(group)", (0..<Int.random(in: 1...6, using: &random)).map { _ in indicator() })
            }
        }
        return SchemeBuilder.scheme(
            [
                SchemeBuilder.section("a", groups("a")), SchemeBuilder.section("b", groups("b")),
                SchemeBuilder.section("c", isBonus: true, groups("c")),
                SchemeBuilder.section("d", isBonus: true, groups("d")),
            ], bonusCap: "5")
    }

    static func randomUnit(
        _ id: String, _ scheme: IndicatorScheme, _ random: inout SeededGenerator
    ) -> RatedUnit {
        var unit = RatedUnit(id: id, type: nil, values: [:])
        for indicator in scheme.indicators where Int.random(in: 0...9, using: &random) > 0 {
            let digits = Int64.random(in: 0...Int64(30_000_000), using: &random)
            unit.values[indicator.id.rawValue] = ScoreValue(
                indicator.rule == .mark
                    ? ExactDecimal(coefficient: digits % 10_000, places: 2)
                    : ExactDecimal(coefficient: digits, places: 3))
            unit.evidence[indicator.id] = CellEvidence(
                level: EvidenceLevel(rawValue: Int.random(in: 0...4, using: &random)) ?? .declared,
                completeness: Double.random(in: 0.5...1, using: &random))
        }
        return unit
    }

    @Test("A cell whose source has not answered waits: no points yet, and the result is provisional")
    func waiting() {
        let indicator = SchemeBuilder.indicator("x", points: "5", rule: .mark)
        var unit = SchemeBuilder.unit("U", ["x": "90"])
        unit.waiting = ["x"]
        let field = ScoreEngine(scheme: SchemeBuilder.single(indicator)).score([unit])
        #expect(field.isProvisional)
        #expect(field.units[0].sheet.indicators[0].state == .waiting)
        #expect(field.units[0].total?.description == "0.00")
        #expect(field.findings.map(\.code) == ["score.waiting_cell"])
        #expect(field.findings.map(\.severity) == [.warning])
    }

    @Test("A missing value earns nothing and says so, a missing part is noted")
    func missing() {
        let line = line(of: SchemeBuilder.indicator("x", points: "5", rule: .mark), [:])
        #expect(line.state == .missing)
        #expect(line.points.description == "0.00")
        #expect(line.notes.map(\.code) == ["score.missing_value"])
        #expect(line.sentences.map(\.code) == ["score.missing_zero"])
    }

    @Test("The bonus is capped over all its sections, and the sheet shows what the cap takes")
    func bonusCap() {
        func bonus(_ id: String, _ points: String) -> Section {
            SchemeBuilder.section(
                id, isBonus: true,
                [SchemeBuilder.group(id, [SchemeBuilder.indicator(id, points: points, rule: .mark)])])
        }
        let base = SchemeBuilder.section(
            "base", [SchemeBuilder.group("base", [SchemeBuilder.indicator("base", points: "100", rule: .mark)])])
        let scheme = SchemeBuilder.scheme([base, bonus("x", "4"), bonus("y", "2")], bonusCap: "5")
        let unit = SchemeBuilder.unit("U", ["base": "50", "x": "100", "y": "100"])
        let sheet = ScoreEngine(scheme: scheme).score([unit]).units[0].sheet
        #expect(sheet.total?.description == "55.00")
        #expect(sheet.totalWithoutBonus?.description == "50.00")
        #expect(sheet.sections.map(\.points.description) == ["50.00", "4.00", "1.00"])
        #expect(sheet.sections.map(\.capped.description) == ["0.00", "0.00", "1.00"])
    }

    @Test("What is left out is carried by the rest of its group, else of its section, else of the other sections")
    func excluded() {
        func indicator(_ id: String, _ points: String) -> Indicator {
            SchemeBuilder.indicator(id, points: points, rule: .mark, missing: .excluded)
        }
        let scheme = SchemeBuilder.scheme([
            SchemeBuilder.section(
                "s",
                [
                    SchemeBuilder.group("g", [indicator("a", "2"), indicator("b", "3")]),
                    SchemeBuilder.group("h", [indicator("c", "5")]),
                ]),
            SchemeBuilder.section("t", [SchemeBuilder.group("i", [indicator("d", "10")])]),
        ])
        func total(_ values: [String: String]) -> String? {
            ScoreEngine(scheme: scheme).score([SchemeBuilder.unit("U", values)]).units[0].total?.description
        }
        #expect(total(["a": "50", "b": "100", "c": "100", "d": "100"]) == "19.00")
        #expect(total(["a": "50", "c": "100", "d": "100"]) == "17.50")
        #expect(total(["a": "50", "b": "100", "d": "100"]) == "18.00")
        #expect(total(["d": "50"]) == "10.00")
        #expect(total([:]) == nil)
    }
}
