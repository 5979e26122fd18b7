import Scheme
import Score
import Testing
import Vocabulary

@Suite struct FactorTests {
    static func score(
        _ evidenceClass: EvidenceClass, _ evidence: CellEvidence?, counts: Bool = true, mark: String = "100"
    ) -> IndicatorScore {
        let indicator = SchemeBuilder.indicator("x", points: "5", rule: .mark, evidenceClass: evidenceClass)
        var unit = SchemeBuilder.unit("U", ["x": mark])
        unit.evidence["x"] = evidence
        let options = ScoringOptions(evidenceCounts: counts)
        let field = ScoreEngine(scheme: SchemeBuilder.single(indicator), options: options).score([unit])
        return field.units[0].sheet.indicators[0]
    }

    @Test(
        "Each class of indicators has its own worth of evidence",
        arguments: [
            (EvidenceClass.stock, EvidenceLevel.declared, false, "3.00"), (.stock, .declared, true, "4.00"),
            (.stock, .inventory, false, "5.00"), (.stock, .confirmed, false, "5.00"),
            (.activity, .declared, false, "2.50"), (.activity, .declared, true, "4.00"),
            (.activity, .inventory, false, "4.00"), (.activity, .live, false, "5.00"),
            (.none, .declared, false, "5.00"),
        ])
    func evidence(evidenceClass: EvidenceClass, level: EvidenceLevel, isRaised: Bool, expected: String) {
        let evidence = CellEvidence(level: level, isRaised: isRaised)
        #expect(Self.score(evidenceClass, evidence).points.description == expected)
        #expect(Self.score(evidenceClass, evidence, counts: false).points.description == "5.00")
    }

    @Test(
        "Completeness shrinks the points in proportion below nine tenths, without a cliff",
        arguments: [(1.0, "5.00"), (0.9, "5.00"), (0.89, "4.94"), (0.45, "2.50"), (0.0, "0.00")])
    func completeness(share: Double, expected: String) {
        let line = Self.score(.stock, CellEvidence(level: .live, completeness: share))
        #expect(line.points.description == expected)
    }

    @Test("Both factors multiply before the points are rounded once")
    func together() {
        let line = Self.score(.activity, CellEvidence(level: .inventory, completeness: 0.45), mark: "33.3")
        // 5 × 0.333 × 0.8 × 0.5 = 0.666
        #expect(line.points.description == "0.67")
        #expect(line.factors.map(\.kind) == [.evidence, .completeness])
        #expect(line.formula == "5 × 33.3 ÷ 100 × 0.8 × 0.5 = 0.666")
    }

    @Test("Without evidence every factor is one")
    func absent() {
        #expect(Self.score(.activity, nil).factors.isEmpty)
        #expect(Self.score(.activity, nil).points.description == "5.00")
    }
}
