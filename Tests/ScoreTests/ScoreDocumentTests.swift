import Foundation
import Scheme
import Score
import Testing
import Vocabulary

@Suite struct ScoreDocumentTests {
    static func document(_ units: [RatedUnit], missing: MissingPolicy = .zero) -> ScoreDocument {
        let base = SchemeBuilder.section(
            "base",
            [SchemeBuilder.group("g", [SchemeBuilder.indicator("x", points: "100", rule: .mark, missing: missing)])])
        let bonus = SchemeBuilder.section(
            "bonus", isBonus: true,
            [SchemeBuilder.group("h", [SchemeBuilder.indicator("y", points: "5", rule: .mark)])])
        let scheme = SchemeBuilder.scheme([base, bonus], bonusCap: "4", grades: [("good", "80")])
        return ScoreDocument(scheme: scheme, field: ScoreEngine(scheme: scheme).score(units))
    }

    @Test("The JSON form is the one of docs/cli.md, figures with the digits they are published with")
    func json() {
        var waiting = SchemeBuilder.unit("B", type: "t", ["x": "70.125"])
        waiting.waiting = ["y"]
        let text = Self.document([SchemeBuilder.unit("A\"", ["x": "90", "y": "100"]), waiting]).json()
        let first =
            #"{"unit": "A\"", "type": null, "total": 94.00, "rank": 1, "rankInType": null, "grade": "good", "#
            + #""sections": {"base": 90.00, "bonus": 4.00}, "points": {"x": 90.00, "y": 5.00}}"#
        let second =
            #"{"unit": "B", "type": "t", "total": 70.13, "rank": 2, "rankInType": 1, "grade": null, "#
            + #""sections": {"base": 70.13, "bonus": 0.00}, "points": {"x": 70.13, "y": 0.00}, "waiting": ["y"]}"#
        #expect(text == "{\n  \"scheme\": \"test\",\n  \"units\": [\n    \(first),\n    \(second)\n  ]\n}\n")
        #expect((try? JSONSerialization.jsonObject(with: Data(text.utf8))) != nil)
    }

    @Test("A unit that is not rated has null where a figure is missing")
    func unrated() {
        let text = Self.document([SchemeBuilder.unit("A", ["y": "100"])], missing: .unrated).json()
        #expect(text.contains(#""total": null, "rank": null"#))
        #expect(text.contains(#""sections": {"base": null, "bonus": 4.00}, "points": {"x": null, "y": 5.00}"#))
    }

    @Test("The table form holds the same figures")
    func csv() {
        let text = Self.document([SchemeBuilder.unit("A, B", type: "t", ["x": "90"])]).csv()
        #expect(
            text == "unit,type,total,rank,rankInType,grade,sections.base,sections.bonus,points.x,points.y\r\n"
                + "\"A, B\",t,90.00,1,1,good,90.00,0.00,90.00,0.00\r\n")
    }

    @Test("A thousand units come out in the order in which they came")
    func order() {
        var random = SeededGenerator(seed: 1)
        let units = (0..<1000).map { index in
            SchemeBuilder.unit("U\(index)", ["x": "\(Int.random(in: 0...100, using: &random))"])
        }
        let field = Self.document(units).field
        #expect(field.units.map(\.unit) == units.map(\.id))
        #expect(field.byRank.map { $0.rank ?? 0 } == field.units.compactMap(\.rank).sorted())
    }
}
