import Scheme
import Score
import Testing
import Vocabulary

@Suite struct RoundingTests {
    static func mark(_ points: String) -> Indicator { SchemeBuilder.indicator("x", points: points, rule: .mark) }

    @Test("A half on paper goes up although its double may lie a hair below")
    func exactHalves() {
        for hundredths in 0..<10_000 {
            // p = 5: 5 × m ÷ 100 is exactly a half of a hundredth for every mark with one odd tenth
            let mark = ExactDecimal(coefficient: Int64(hundredths), places: 2)
            let line = line(of: Self.mark("5"), ["x": mark.description])
            // in units of 1/100: 5 × hundredths ÷ 10000 × 100 = hundredths ÷ 20, half up
            let expected = (hundredths + 10) / 20
            #expect(line.points == ExactDecimal(coefficient: Int64(expected), places: 2), "mark \(mark)")
            #expect(line.notes.contains { $0.code == "score.on_boundary" } == (hundredths % 20 == 10))
        }
    }

    @Test(
        "A value that lies below a half by more than the error of a double goes down and is reported when it is near",
        arguments: [
            ("14.1", "0.71", true), ("14.0999999999", "0.70", true), ("14.099999", "0.70", false),
            ("14.1000000001", "0.71", true), ("14.11", "0.71", false),
        ])
    func nearHalves(mark: String, expected: String, isReported: Bool) {
        let line = line(of: Self.mark("5"), ["x": mark])
        #expect(line.points.description == expected)
        #expect(!line.notes.isEmpty == isReported)
    }

    @Test("What is near a boundary is told of the whole field, with its place")
    func fieldFinding() {
        let field = ScoreEngine(scheme: SchemeBuilder.single(Self.mark("5"))).score([
            SchemeBuilder.unit("A", ["x": "14.1"]), SchemeBuilder.unit("B", ["x": "14.2"]),
        ])
        #expect(field.findings.map(\.place) == ["A › x"])
        #expect(field.findings.map(\.code) == ["score.on_boundary"])
    }
}
