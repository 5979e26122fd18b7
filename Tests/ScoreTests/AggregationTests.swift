import Scheme
import Score
import Testing
import Vocabulary

@Suite struct AggregationTests {
    static func total(_ aggregation: Aggregation, _ values: [String], weights: [Double?] = []) -> String? {
        let indicators = values.indices.map { index in
            SchemeBuilder.indicator(
                "i\(index)", points: "100", rule: .identity, weight: index < weights.count ? weights[index] : nil)
        }
        let scheme = SchemeBuilder.scheme(
            [SchemeBuilder.section("s", [SchemeBuilder.group("g", by: aggregation, indicators)])],
            precision: Precision(level: .index, places: 4))
        let figures = Swift.Dictionary(uniqueKeysWithValues: values.enumerated().map { ("i\($0.offset)", $0.element) })
        return ScoreEngine(scheme: scheme).score([SchemeBuilder.unit("U", figures)]).units[0].total?.description
    }

    @Test(
        "Means and sums are those of the textbooks, weighted or not",
        arguments: [
            (Aggregation.sum, ["1", "2", "4"], [], "7.0000"), (.arithmeticMean, ["1", "2", "4"], [], "2.3333"),
            (.geometricMean, ["1", "2", "4"], [], "2.0000"), (.harmonicMean, ["1", "2", "4"], [], "1.7143"),
            (.arithmeticMean, ["1", "2", "4"], [1, 2, 5], "3.1250"),
            (.geometricMean, ["1", "2", "4"], [1, 2, 5], "2.8284"),
            (.harmonicMean, ["1", "2", "4"], [1, 2, 5], "2.4615"), (.geometricMean, ["0", "2", "4"], [], "0.0000"),
            (.harmonicMean, ["0", "2", "4"], [], "0.0000"),
        ] as [(Aggregation, [String], [Double?], String)])
    func aggregation(aggregation: Aggregation, values: [String], weights: [Double?], expected: String) {
        #expect(Self.total(aggregation, values, weights: weights) == expected)
    }

    @Test("Where only the index is rounded, its parts are computed on unrounded")
    func indexLevel() {
        // 0.0049 + 0.0049 = 0.0098 → 0.010, while each rounded alone would give 0.000
        let parts = ["a", "b"].map { id in
            SchemeBuilder.section(
                id, [SchemeBuilder.group(id, [SchemeBuilder.indicator(id, points: "1", rule: .identity)])])
        }
        let scheme = SchemeBuilder.scheme(parts, precision: Precision(level: .index, places: 2))
        let unit = ScoreEngine(scheme: scheme).score([SchemeBuilder.unit("U", ["a": "0.0049", "b": "0.0049"])]).units[0]
        #expect(unit.total?.description == "0.01")
        #expect(unit.sheet.sections.map(\.points.description) == ["0.00490", "0.00490"])
    }

    @Test("A unit that lacks a figure it cannot be rated without has neither total nor rank")
    func unrated() {
        let indicator = SchemeBuilder.indicator("x", points: "1", rule: .identity, missing: .unrated)
        let field = ScoreEngine(scheme: SchemeBuilder.single(indicator)).score([
            SchemeBuilder.unit("A", [:]), SchemeBuilder.unit("B", ["x": "0.5"]),
        ])
        #expect(field.units.map(\.rank) == [nil, 1])
        #expect(field.units.map { $0.total?.description } == [nil, "0.50"])
        #expect(field.byRank.map(\.unit) == ["B", "A"])
    }
}
