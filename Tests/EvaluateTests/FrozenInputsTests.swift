import Evaluate
import Foundation
import Review
import Scheme
import Score
import Testing
import Vocabulary

/// The scheme of 2025 and a round on it.
enum Sample {
    static func scheme() throws -> IndicatorScheme {
        let file = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().appending(path: "Schemes/jiangsu-2025.yaml")
        let (scheme, findings) = SchemeReader.read(bytes: Array(try Data(contentsOf: file)))
        return try #require(scheme, "\(findings)")
    }

    static func round(
        _ scheme: IndicatorScheme, kind: Round.Kind = .demonstration, state: RoundState = .evaluating,
        portScale: [IndicatorID: Int] = [:]
    ) -> Round {
        Round(
            id: "r1", scheme: scheme.id, schemeDigest: scheme.digest, title: LocalizedText(zh: "测试", en: "Test"),
            kind: kind, state: state, cutOff: CivilDay(year: 2025, month: 12, day: 10)!, portScale: portScale,
            createdAt: Instant(seconds: 0))
    }

    static func participation(_ id: PlatformID, _ submission: SubmissionState = .panel) -> Participation {
        Participation(
            round: "r1", platform: id, name: "平台\(id)", type: "comprehensive",
            company: PlatformOperator(
                code: CompanyCode.completing("91320500MA1ABCDE")!, name: "苏州云枢科技有限公司", region: "320500"),
            submission: submission)
    }

    static func field(_ round: Round, _ scheme: IndicatorScheme, _ platforms: [PlatformID]) -> EvaluationField {
        EvaluationField(
            round: round, scheme: scheme, participations: platforms.map { participation($0) }, by: "operator",
            at: Instant(seconds: 1_763_784_000))
    }

    static func cell(_ platform: PlatformID, _ indicator: IndicatorID) -> CellAddress {
        CellAddress(round: "r1", platform: platform, indicator: indicator)
    }

    static func verification(
        _ platform: PlatformID, _ indicator: IndicatorID, _ values: [String: String],
        basis: Verification.Basis = .reviewed, level: EvidenceLevel? = nil, completeness: String? = nil
    ) -> Verification {
        Verification(
            cell: cell(platform, indicator), values: values.compactMapValues { ExactDecimal($0) }, evidenceLevel: level,
            completeness: completeness.flatMap { ExactDecimal($0) }, basis: basis, reason: "–", by: "operator",
            at: Instant(seconds: 1_763_784_000))
    }
}

@Suite struct FrozenInputsTests {
    static func inputs(_ verifications: [Verification]) throws -> FrozenInputs {
        let scheme = try Sample.scheme()
        let round = Sample.round(scheme, portScale: ["devices-connected": 100])
        return FrozenInputs(
            field: Sample.field(round, scheme, ["p2", "p1"]), verifications: verifications,
            declared: [Sample.cell("p1", "solutions")], waiting: [Sample.cell("p1", "dual-carbon")], lotSeed: 7)
    }

    @Test("What is frozen reads back as the same inputs with the same digest")
    func roundTrip() throws {
        let inputs = try Self.inputs([
            Sample.verification(
                "p1", "devices-connected", ["devices-connected": "115800"], basis: .counted, level: .inventory,
                completeness: "0.8333"),
            Sample.verification("p1", "industry-llm", ["industry-llm.filing": "1", "industry-llm.copyright": "0"]),
            Sample.verification("p2", "vcpu-cores", ["vcpu-cores": "17"], level: .declared),
        ])
        let again = try FrozenInputs(bytes: inputs.bytes)
        #expect(again == inputs)
        #expect(again.digest == inputs.digest)
        #expect(inputs.units.map(\.id) == ["p1", "p2"])
        #expect(inputs.units[0].evidence["devices-connected"] == CellEvidence(level: .inventory, completeness: 0.8333))
        #expect(inputs.units[0].portScales == ["devices-connected": ExactDecimal(100)])
        #expect(inputs.units[1].evidence["vcpu-cores"] == CellEvidence(level: .declared, isRaised: true))
    }

    @Test("A cell without a verified value waits when something is owed for it, and is missing otherwise")
    func waiting() throws {
        let unit = try Self.inputs([]).units[0]
        #expect(unit.waiting.contains("devices-connected"))
        #expect(unit.waiting.contains("honours"))
        #expect(unit.waiting.contains("specialised-new"))
        #expect(unit.waiting.contains("solutions"), "declared and not judged yet")
        #expect(unit.waiting.contains("dual-carbon"), "marks are owed")
        #expect(!unit.waiting.contains("core-talent"))
        #expect(unit.waiting.count == 15)
    }

    @Test("Bytes that are no frozen inputs are a failure, not a crash")
    func damaged() {
        #expect(throws: Failure.self) { try FrozenInputs(bytes: Array("{\"round\":1}".utf8)) }
        #expect(throws: Failure.self) { try FrozenInputs(bytes: []) }
    }

    @Test("A result repeats to the byte out of its frozen inputs and out of their VALUES file")
    func repeatable() throws {
        let scheme = try Sample.scheme()
        let inputs = try Self.inputs([
            Sample.verification(
                "p1", "devices-connected", ["devices-connected": "115800"], basis: .counted, level: .inventory,
                completeness: "0.8333"),
            Sample.verification("p2", "revenue-share", ["revenue-share": "70.13"]),
        ])
        let result = EvaluationResult(scheme: scheme, inputs: inputs)
        try result.check()
        #expect(EvaluationResult(scheme: scheme, inputs: try FrozenInputs(bytes: inputs.bytes)).json == result.json)
        let file = ValuesFile(reading: Array(result.values.utf8), scheme: scheme)
        let field = ScoreEngine(scheme: scheme, options: ScoringOptions(lotSeed: 7)).score(file.units)
        #expect(ScoreDocument(scheme: scheme, field: field).json() == result.json)
        let plain = EvaluationResult(scheme: scheme, inputs: inputs, evidenceCounts: false)
        #expect(plain.field.units[0].total! > result.field.units[0].total!)
    }

    @Test("The lot's seed follows from round and scheme alone")
    func lotSeed() throws {
        let digest = try Sample.scheme().digest
        let seed = EvaluationRun.lotSeed(round: "r1", schemeDigest: digest)
        #expect(seed == EvaluationRun.lotSeed(round: "r1", schemeDigest: digest))
        #expect(seed != EvaluationRun.lotSeed(round: "r2", schemeDigest: digest))
    }
}

@Suite struct VisibilityTests {
    @Test(
        "The public sees by the scheme's rules and the round's stage",
        arguments: [
            (Round.Kind.production, RoundState.evaluating, false, false, false),
            (.production, .notice, true, false, false), (.production, .published, true, true, false),
            (.rehearsal, .published, true, true, false), (.demonstration, .evaluating, true, true, true),
            (.production, .cancelled, false, false, false),
        ])
    func ofPublic(kind: Round.Kind, state: RoundState, names: Bool, ranks: Bool, totals: Bool) throws {
        let scheme = try Sample.scheme()
        let seen = ResultVisibility.ofPublic(Sample.round(scheme, kind: kind, state: state), scheme: scheme)
        #expect(seen.names == names)
        #expect(seen.ranks == ranks)
        #expect(seen.totals == totals)
        #expect(seen.points == totals)
    }

    @Test("A company sees its own sheet once its result was told to it")
    func company() throws {
        let scheme = try Sample.scheme()
        let round = Sample.round(scheme, kind: .production, state: .panel)
        #expect(!ResultVisibility.companySeesOwn(round, scheme: scheme, submission: .panel))
        #expect(ResultVisibility.companySeesOwn(round, scheme: scheme, submission: .settled))
    }

    @Test(
        "Results are made from review to panel, and in a production round not before",
        arguments: [
            (Round.Kind.production, RoundState.open, false), (.demonstration, .open, true),
            (.production, .reviewing, true),
            (.production, .panel, true), (.production, .notice, false), (.demonstration, .published, false),
            (.demonstration, .suspended, false),
        ])
    func mayBeComputed(kind: Round.Kind, state: RoundState, expected: Bool) throws {
        #expect(Sample.round(try Sample.scheme(), kind: kind, state: state).mayBeComputed == expected)
    }
}
