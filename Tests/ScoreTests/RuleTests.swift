import Scheme
import Score
import Testing
import Vocabulary

@Suite struct RuleTests {
    static func sourced(_ value: Double) -> Sourced<Double> { Sourced(value, .default) }
    static func decimal(_ text: String) -> Sourced<ExactDecimal> { Sourced(SchemeBuilder.decimal(text), .default) }
    static func tier(_ at: Double, _ points: String) -> Tier { Tier(at: sourced(at), points: decimal(points)) }

    // devices-connected: log 500 → 300 000, 5 points
    @Test(
        "The logarithm earns a fifth at the floor, all at the target, and falls straight to nothing below the floor",
        arguments: [
            ("0", "0.00"), ("-3", "0.00"), ("1", "0.00"), ("250", "0.50"), ("499", "1.00"), ("500", "1.00"),
            ("501", "1.00"), ("1158", "1.53"), ("300000", "5.00"), ("299999", "5.00"), ("4000000", "5.00"),
            ("12247.448713915891", "3.00"),
        ])
    func logarithm(value: String, expected: String) {
        let rule = Rule.log(
            floor: Self.sourced(500), target: Self.sourced(300_000), foot: Self.sourced(0.2))
        #expect(points(of: SchemeBuilder.indicator("x", points: "5", rule: rule), ["x": value]) == expected)
    }

    @Test(
        "A straight line earns nothing at the floor and all at the target, clamped outside",
        arguments: [
            ("0", "0.00"), ("-5", "0.00"), ("40", "2.00"), ("49.79", "2.00"), ("28.77", "1.44"), ("28.1", "1.41"),
            ("0.1", "0.01"), ("0.09", "0.00"),
        ])
    func linear(value: String, expected: String) {
        let rule = Rule.linear(floor: Self.sourced(0), target: Self.sourced(40))
        #expect(points(of: SchemeBuilder.indicator("x", points: "2", rule: rule), ["x": value]) == expected)
    }

    @Test(
        "Less is better when the floor lies above the target",
        arguments: [("100", "0.00"), ("0", "4.00"), ("25", "3.00")])
    func lessIsBetter(value: String, expected: String) {
        let rule = Rule.linear(floor: Self.sourced(100), target: Self.sourced(0))
        #expect(points(of: SchemeBuilder.indicator("x", points: "4", rule: rule), ["x": value]) == expected)
    }

    @Test(
        "The highest tier that is reached counts, and nothing below the lowest",
        arguments: [
            ("0", "0.00"), ("1", "0.00"), ("2", "1.00"), ("3", "1.50"), ("4", "1.80"), ("5", "2.00"), ("9", "2.00"),
        ])
    func tiers(value: String, expected: String) {
        let tiers = [Self.tier(2, "1"), Self.tier(3, "1.5"), Self.tier(4, "1.8"), Self.tier(5, "2")]
        let indicator = SchemeBuilder.indicator("x", points: "2", rule: .tiers(tiers))
        #expect(points(of: indicator, ["x": value]) == expected)
        let highest = SchemeBuilder.indicator("x", points: "2", rule: .highestOnly(tiers.reversed()))
        #expect(points(of: highest, ["x": value]) == expected)
    }

    @Test(
        "Items earn their points one by one, copyrights together at most one, all together at most three",
        arguments: [
            ("0", "0", "0.00"), ("1", "0", "2.00"), ("0", "1", "0.50"), ("0", "3", "1.00"), ("1", "2", "3.00"),
            ("1", "9", "3.00"), ("2", "0", "3.00"), ("1", "", "2.00"), ("", "", "0.00"),
        ])
    func items(filing: String, copyright: String, expected: String) {
        let rule = Rule.perItem(
            [
                ItemWorth(part: "filing", each: Self.decimal("2")),
                ItemWorth(part: "copyright", each: Self.decimal("0.5")),
            ],
            setCaps: [SetCap(parts: ["copyright"], cap: Self.decimal("1"))], cap: Self.decimal("3"))
        let indicator = SchemeBuilder.indicator("x", points: "3", rule: rule, parts: ["filing", "copyright"])
        #expect(points(of: indicator, ["x.filing": filing, "x.copyright": copyright]) == expected)
    }

    @Test(
        "A yes earns all and anything else nothing",
        arguments: [("1", "3.00"), ("0", "0.00"), ("0.5", "0.00"), ("", "0.00")])
    func yesNo(value: String, expected: String) {
        let indicator = SchemeBuilder.indicator("x", points: "3", rule: .allConditions)
        #expect(points(of: indicator, ["x": value]) == expected)
    }

    @Test(
        "All conditions must hold and be shown",
        arguments: [("1", "1", "3.00"), ("1", "0", "0.00"), ("1", "", "0.00"), ("", "", "0.00")])
    func conditions(a: String, b: String, expected: String) {
        let indicator = SchemeBuilder.indicator(
            "x", points: "3", rule: .allConditions,
            auxiliaries: [SchemeBuilder.part("a", kind: .condition), SchemeBuilder.part("b", kind: .condition)])
        #expect(points(of: indicator, ["x.a": a, "x.b": b]) == expected)
    }

    @Test(
        "A mark is a share of the points",
        arguments: [("0", "0.00"), ("100", "3.00"), ("77.6", "2.33"), ("67.5", "2.03")])
    func mark(value: String, expected: String) {
        let indicator = SchemeBuilder.indicator("x", points: "3", rule: .mark)
        #expect(points(of: indicator, ["x": value]) == expected)
    }

    @Test(
        "Coverage asks of each type its own number and ends at one; without an accepted case nothing is earned",
        arguments: [
            ("9", "80", 9.0, "4.20"), ("5", "80", 9.0, "3.76"), ("7", "89.6", 5.0, "4.58"), ("2", "0", 2.0, "1.00"),
            ("1", "0", 2.0, "0.50"), ("0", "90", 2.0, "0.00"), ("", "90", 2.0, "0.00"), ("3", "", 9.0, "0.33"),
            ("", "", 9.0, "0.00"),
        ])
    func coverage(accepted: String, mark: String, asked: Double, expected: String) {
        let rule = Rule.sumOfParts([
            PartRule(
                part: "accepted", points: Self.decimal("1"),
                rule: .linear(floor: Self.sourced(0), target: Self.sourced(1)), dividedByTypeParameter: "asked"),
            PartRule(part: "mark", points: Self.decimal("4"), rule: .mark),
        ])
        let indicator = SchemeBuilder.indicator(
            "x", points: "5", rule: rule, parts: ["accepted", "mark"], zeroWithout: "x.accepted")
        let type = PlatformType(
            id: "t", title: SchemeBuilder.text("t"), parameters: ["asked": Self.sourced(asked)])
        #expect(points(of: indicator, ["x.accepted": accepted, "x.mark": mark], type: type) == expected)
    }

    @Test(
        "The efficacy coefficient gives sixty hundredths at the low value and nothing below it",
        arguments: [("9", "0.00"), ("10", "6.00"), ("15", "8.00"), ("20", "10.00"), ("30", "10.00")])
    func efficacy(value: String, expected: String) {
        let rule = Rule.efficacy(low: Self.sourced(10), high: Self.sourced(20))
        #expect(points(of: SchemeBuilder.indicator("x", points: "10", rule: rule), ["x": value]) == expected)
    }

    @Test(
        "A share is worked out from its parts, with the denominator raised to its least, and given shares stand",
        arguments: [
            ("8", "40", "", "20.00", "1.00"), ("5", "10", "", "25.00", "1.25"), ("5", "0", "", nil, "0.00"),
            ("5", "", "", nil, "0.00"), ("8", "40", "12.5", "12.5", "0.63"), ("1", "3000", "", "0.03", "0.00"),
        ] as [(String, String, String, String?, String)])
    func share(numerator: String, denominator: String, given: String, value: String?, expected: String) {
        let indicator = SchemeBuilder.indicator(
            "x", points: "2", rule: .linear(floor: Self.sourced(0), target: Self.sourced(40)),
            ratio: Ratio(numerator: "talent", denominator: "staff", denominatorAtLeast: Self.sourced(20)),
            auxiliaries: [SchemeBuilder.part("staff")])
        let line = line(of: indicator, ["talent": numerator, "x.staff": denominator, "x": given])
        #expect(line.points.description == expected)
        #expect(line.values.first?.value?.text == value)
        #expect(line.notes.contains { $0.code == "score.ratio_without_denominator" } == (denominator == "0"))
    }

    @Test(
        "A verified no shrinks the points by the stated factor",
        arguments: [("0", "1.00"), ("1", "2.00"), ("", "2.00")])
    func reduction(report: String, expected: String) {
        let indicator = SchemeBuilder.indicator(
            "x", points: "2", rule: .tiers([Self.tier(2, "1"), Self.tier(3, "2")]),
            reductions: [Reduction(without: "report", factor: Self.sourced(0.5))],
            auxiliaries: [SchemeBuilder.part("report", kind: .condition)])
        #expect(points(of: indicator, ["x": "3", "x.report": report]) == expected)
    }

    @Test("The formula stands with its figures in it")
    func formula() {
        let rule = Rule.log(floor: Self.sourced(500), target: Self.sourced(300_000), foot: Self.sourced(0.2))
        let line = line(of: SchemeBuilder.indicator("x", points: "5", rule: rule), ["x": "1158"])
        #expect(line.formula == "5 × (0.2 + 0.8 × ln(1158 ÷ 500) ÷ ln(300000 ÷ 500)) = 1.525153")
        #expect(line.limits?.target.value == 300_000)
        #expect(line.sentences.first?.code == "score.log_between")
    }
}
