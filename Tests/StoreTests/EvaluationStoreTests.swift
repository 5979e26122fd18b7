import Evaluate
import Foundation
import Review
import Scheme
import Score
import Store
import Testing
import Trust
import Vocabulary

@Suite struct EvaluationStoreTests {
    static let digest = Digest.sha256(of: Array("scheme".utf8))

    /// A store with one round, on a database of its own.
    static func open() async throws -> (store: SQLiteEvaluationStore, path: String) {
        let path = FileManager.default.temporaryDirectory.appending(path: "heng-\(UUID().uuidString).sqlite").path
        let database = try AuditedDatabase(path: path)
        let round = Round(
            id: "r1", scheme: "s", schemeDigest: digest, title: LocalizedText(zh: "测试", en: "Test"),
            kind: .demonstration, cutOff: CivilDay(year: 2025, month: 12, day: 10)!, createdAt: Instant(seconds: 0))
        try await SQLiteRoundStore(database).create(round, entry: entry("round.created"))
        return (SQLiteEvaluationStore(database), path)
    }

    static func entry(_ kind: AuditKind) -> AuditEntry {
        AuditEntry(
            kind, actor: .system("computation"), at: Instant(seconds: 1), subject: AuditSubject(round: "r1"),
            salt: SystemRandomSource().salt())
    }

    static func draft() -> EvaluationRun {
        EvaluationRun(
            round: "r1", number: 0, startedBy: "operator", startedAt: Instant(seconds: 5), schemeDigest: digest,
            lotSeed: .max)
    }

    @Test("Computations are numbered within the round, and only one runs")
    func oneRuns() async throws {
        let (store, _) = try await Self.open()
        let first = try await store.begin(Self.draft(), entry: Self.entry("computation.started"))
        #expect(first.number == 1)
        #expect(first.lotSeed == .max)
        await #expect(throws: Failure("evaluate.already_running", ["round": "r1"])) {
            try await store.begin(Self.draft(), entry: Self.entry("computation.started"))
        }
        #expect(try await store.running().map(\.number) == [1])
        var stopped = first
        stopped.state = .stopped
        stopped.finishedAt = Instant(seconds: 6)
        try await store.end(stopped, inputs: nil, entry: Self.entry("computation.stopped"))
        #expect(try await store.begin(Self.draft(), entry: Self.entry("computation.started")).number == 2)
        #expect(try await store.latest("r1") == nil)
        #expect(try await store.runs("r1").map(\.state) == [.running, .stopped])
    }

    @Test("A finished computation keeps its inputs and never changes again")
    func finished() async throws {
        let (store, _) = try await Self.open()
        var run = try await store.begin(Self.draft(), entry: Self.entry("computation.started"))
        let unit = RatedUnit(
            id: "p1", type: "t", values: ["x": ScoreValue(ExactDecimal("1.50")!)],
            evidence: ["x": CellEvidence(level: .live, completeness: 0.5)], waiting: ["y"])
        let inputs = FrozenInputs(round: "r1", schemeDigest: Self.digest, lotSeed: .max, units: [unit])
        run.state = .finished
        run.finishedAt = Instant(seconds: 9)
        run.inputsDigest = inputs.digest
        run.resultDigest = Self.digest
        run.waitingCount = 1
        run.isProvisional = true
        run.findings = [Finding(.warning, "score.waiting_cell", at: "p1 › y")]
        try await store.end(run, inputs: inputs, entry: Self.entry("computation.finished"))
        #expect(try await store.run("r1", 1) == run)
        #expect(try await store.latest("r1") == run)
        #expect(try await store.inputs("r1", 1) == inputs)
        await #expect(throws: Failure("evaluate.not_running", ["number": "1"])) {
            try await store.end(run, inputs: inputs, entry: Self.entry("computation.finished"))
        }
    }
}
