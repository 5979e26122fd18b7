import Scheme
import Submit
import Testing
import Vocabulary

@Suite("Declarations")
struct DeclarationReaderTests {
    private func read(
        _ indicator: Indicator, _ typed: [String: String], rows: [ItemRow]? = nil, borrowed: [String: String] = [:]
    ) throws -> DeclarationReader.Reading {
        try DeclarationReader(indicator: indicator, scheme: SampleScheme.scheme)
            .read(typed.mapValues(decimal), rows: rows, borrowed: borrowed.mapValues(decimal))
    }

    @Test(
        "A share is the exact quotient of its sides, with the denominator raised to its least",
        arguments: [
            ("30", "100", "30.00", []), ("1", "3", nil, ["submit.figure.denominator_raised"]),
            ("10", "15", "50.00", ["submit.figure.denominator_raised"]), ("1", "30", "3.33", []),
            ("2", "30", "6.67", []), ("0", "50", "0.00", []),
            ("5", "0", nil, ["submit.figure.denominator_zero"]),
            ("30", "25", "120.00", ["submit.figure.part_above_whole"]),
        ] as [(String, String, String?, [String])])
    func shares(_ talent: String, employees: String, share: String?, codes: [String]) throws {
        let reading = try read(
            SampleScheme.share, ["core-talent-share.employees": employees], borrowed: ["core-talent": talent])
        let expected = (talent, employees) == ("1", "3") ? "5.00" : share
        #expect(reading.values["core-talent-share"]?.description == expected)
        #expect(reading.findings.map(\.code) == codes)
        #expect(reading.isAcceptable == !codes.contains("submit.figure.part_above_whole"))
    }

    @Test("A share waits for the indicator that supplies its numerator")
    func waitingShare() throws {
        let reading = try read(SampleScheme.share, ["core-talent-share.employees": "50"])
        #expect(reading.values == ["core-talent-share.employees": decimal("50")])
        #expect(reading.isAcceptable)
    }

    @Test("A computed figure that is given must agree with its parts")
    func givenShare() throws {
        let typed = ["core-talent-share.employees": "50", "core-talent-share": "20"]
        #expect(try read(SampleScheme.share, typed, borrowed: ["core-talent": "10"]).isAcceptable)
        let wrong = try read(SampleScheme.share, typed, borrowed: ["core-talent": "11"])
        #expect(wrong.findings.map(\.code) == ["submit.figure.differs_from_parts"])
        #expect(!wrong.isAcceptable)
    }

    private let rows = [
        ItemRow(number: 2, fields: ["kind": "invention", "number": "a"]),
        ItemRow(number: 3, fields: ["kind": "invention", "number": "b"]),
        ItemRow(number: 4, fields: ["kind": "utility-model", "number": "c"]),
        ItemRow(number: 5, fields: ["kind": "utility-model", "number": "d"]),
        ItemRow(number: 6, fields: ["kind": "design", "number": "e"]),
    ]

    @Test("A list gives the figure: weighted units with the cap of codes together")
    func weighted() throws {
        // 2 × 2 + min(0.8 × 2 + 0.3, 1)
        let reading = try read(SampleScheme.results, [:], rows: rows)
        #expect(reading.values == ["ip-results": decimal("5.0")])
        #expect(ItemTally.breakdown(rows, of: SampleScheme.results).map(\.rows) == [2, 2, 1])
    }

    @Test("A figure typed beside a list must agree with it")
    func typedBesideList() throws {
        let wrong = try read(SampleScheme.results, ["ip-results": "9"], rows: rows)
        #expect(
            wrong.findings == [
                Finding(
                    .error, "submit.figure.differs_from_list", at: "ip-results", ["given": "9", "expected": "5.0"])
            ])
        #expect(try read(SampleScheme.results, ["ip-results": "5"], rows: rows).isAcceptable)
        #expect(try read(SampleScheme.results, ["ip-results": "9"]).values == ["ip-results": decimal("9.0")])
    }

    @Test("Rows count for the part that their code names")
    func parts() throws {
        let rows = (2...4).map { ItemRow(number: $0, fields: ["role": $0 == 2 ? "national-led" : "national-part"]) }
        let reading = try read(SampleScheme.standards, [:], rows: rows)
        #expect(reading.values == ["standards.national-led": decimal("1"), "standards.national-part": decimal("2")])
    }

    @Test(
        "Yes needs every condition, no needs one",
        arguments: [("1", "1", "1"), ("1", "0", "0"), ("0", nil, "0"), ("1", nil, nil)] as [(String, String?, String?)])
    func conditions(_ first: String, second: String?, result: String?) throws {
        var typed = ["independent-operation.legal-person": first]
        typed["independent-operation.clean"] = second
        #expect(try read(SampleScheme.independent, typed).values["independent-operation"]?.description == result)
    }

    @Test(
        "A figure that cannot be is refused with what to do",
        arguments: [
            ("financing-round", "financing-round", "-1", "submit.figure.negative"),
            ("financing-round", "financing-round", "4", "submit.figure.no_step"),
            ("financing-round", "financing-round", "1.5", "submit.figure.places"),
            ("independent-operation", "independent-operation.clean", "2", "submit.figure.condition"),
            ("scenarios", "scenarios.mark", "80", "submit.figure.marked"),
            ("scenarios", "scenarios.cases", "8", "submit.figure.unknown"),
            ("core-talent-share", "core-talent", "8", "submit.figure.unknown"),
        ])
    func refusals(_ indicator: String, id: String, figure: String, code: String) throws {
        let indicator = try #require(SampleScheme.scheme.indicator(IndicatorID(indicator)))
        let reading = try read(indicator, [id: figure])
        #expect(reading.findings.contains { $0.code == code && $0.place == id && $0.severity == .error })
        #expect(!reading.isAcceptable)
    }

    @Test("A figure far above the target asks whether the unit is right and is kept")
    func unitHint() throws {
        let reading = try read(SampleScheme.talent, ["core-talent": "30000"])
        #expect(reading.findings.map(\.code) == ["submit.figure.check_unit"])
        #expect(reading.isAcceptable)
    }

    @Test("What comes from the port is not declared in a form")
    func port() {
        #expect(throws: Failure("submit.not_declared", ["indicator": "devices-connected"])) {
            try DeclarationReader(indicator: SampleScheme.devices, scheme: SampleScheme.scheme)
        }
    }
}
