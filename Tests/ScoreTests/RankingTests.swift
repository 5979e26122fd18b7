import Scheme
import Score
import Testing
import Vocabulary

@Suite struct RankingTests {
    @Test(
        "Ties share the smaller number, and the next rank is passed over",
        arguments: [
            (["9", "8", "8", "7"], [1, 2, 2, 4]), (["7", "9", "8", "9"], [4, 1, 3, 1]),
            (["5", "5.0", "5.00"], [1, 1, 1]),
            (["1", nil, "2"], [2, nil, 1]), ([], []),
        ] as [([String?], [Int?])])
    func competition(totals: [String?], expected: [Int?]) {
        #expect(Ranks.competition(totals.map { $0.map { SchemeBuilder.decimal($0) } }) == expected)
    }

    static func scheme(_ order: [String], count: Int) -> IndicatorScheme {
        func section(_ id: String) -> Section {
            SchemeBuilder.section(
                id, [SchemeBuilder.group("g-\(id)", [SchemeBuilder.indicator(id, points: "10", rule: .identity)])])
        }
        return SchemeBuilder.scheme(
            [section("basic"), section("service"), section("operation")], limitedList: count, order: order,
            grades: [("good", "20"), ("fair", "12")])
    }

    static func unit(_ id: String, _ basic: Int, _ service: Int, _ operation: Int, revenue: String = "") -> RatedUnit {
        SchemeBuilder.unit(
            id,
            type: id.hasPrefix("A") ? "a" : "b",
            ["basic": "\(basic)", "service": "\(service)", "operation": "\(operation)", "revenue": revenue])
    }

    static let order = ["service", "operation", "basic", "value:revenue", "lot"]

    @Test("The limited list breaks ties by sections in the scheme's order, then by the named value, then by lot")
    func limitedList() {
        let units = [
            Self.unit("A1", 4, 4, 4, revenue: "10.5"), Self.unit("B1", 4, 4, 4, revenue: "9"),
            Self.unit("A2", 3, 5, 4), Self.unit("B2", 3, 4, 5), Self.unit("A3", 9, 9, 9), Self.unit("B3", 4, 4, 4),
            Self.unit("B4", 1, 1, 1),
        ]
        let field = ScoreEngine(scheme: Self.scheme(Self.order, count: 6)).score(units)
        #expect(field.limitedList.map(\.unit) == ["A3", "A2", "B2", "A1", "B1", "B3"])
        #expect(
            field.limitedList.map(\.decidedBy) == [nil, "service", "operation", "value:revenue", "value:revenue", nil])
        #expect(field.units.map(\.rank) == [2, 2, 2, 2, 1, 2, 7])
        #expect(field.units.map(\.rankInType) == [2, 1, 2, 1, 1, 1, 4])
        #expect(field.units.map(\.grade) == ["fair", "fair", "fair", "fair", "good", "fair", nil])
    }

    @Test("The lot depends on the seed and the ids alone, and every seed draws every order")
    func lot() {
        let ids = ["x", "y", "z"]
        #expect(DrawnLot(seed: 7).numbers(ids) == DrawnLot(seed: 7).numbers(ids.reversed()))
        #expect(Set(DrawnLot(seed: 7).numbers(ids).values) == [1, 2, 3])
        let orders = Set(
            (0..<200).map { seed in
                let numbers = DrawnLot(seed: UInt64(seed)).numbers(ids)
                return ids.sorted { (numbers[$0] ?? 0) < (numbers[$1] ?? 0) }
            })
        #expect(orders.count == 6)
        let units = [Self.unit("A1", 1, 1, 1), Self.unit("A2", 1, 1, 1)]
        let first = (0..<20).map { seed in
            ScoreEngine(scheme: Self.scheme(Self.order, count: 1), options: ScoringOptions(lotSeed: seed)).score(units)
                .limitedList.first
        }
        #expect(Set(first.map { $0?.unit }) == ["A1", "A2"])
        #expect(first.allSatisfy { $0?.decidedBy == "lot" })
    }

    @Test("The ranking without bonus stands beside the ranking with it")
    func withoutBonus() {
        let scheme = SchemeBuilder.scheme(
            [
                SchemeBuilder.section(
                    "s", [SchemeBuilder.group("g", [SchemeBuilder.indicator("s", points: "10", rule: .mark)])]),
                SchemeBuilder.section(
                    "b", isBonus: true,
                    [SchemeBuilder.group("h", [SchemeBuilder.indicator("b", points: "5", rule: .mark)])]),
            ], bonusCap: "5")
        let field = ScoreEngine(scheme: scheme).score([
            SchemeBuilder.unit("A", ["s": "80"]), SchemeBuilder.unit("B", ["s": "50", "b": "100"]),
        ])
        #expect(field.units.map(\.rank) == [2, 1])
        #expect(field.units.map(\.rankWithoutBonus) == [1, 2])
        #expect(field.byRank.map(\.unit) == ["B", "A"])
    }
}
