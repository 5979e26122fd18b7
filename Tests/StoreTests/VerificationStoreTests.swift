import GRDB
import Review
import Scheme
import Store
import Testing
import Trust
import Vocabulary

@Suite("Verified values, returns and marks in the database")
struct VerificationStoreTests {
    private func verified(_ bench: CellBench, _ indicator: String, _ value: String, _ platform: String = "p1")
        -> VerificationChange
    {
        VerificationChange(
            Verification(
                cell: bench.cell(indicator, platform), values: [indicator: ExactDecimal(value) ?? .zero],
                evidenceLevel: .live, completeness: ExactDecimal("0.95"), basis: .counted, reason: "按行统计", by: "op",
                at: Instant(seconds: 9)), entry: bench.entry("cell.verified"))
    }

    @Test("A verified value comes back with the index of the very entry that it left")
    func roundTrip() async throws {
        let bench = try await CellBench()
        let changes = [verified(bench, "a", "12.50"), verified(bench, "b", "7"), verified(bench, "a", "3", "p2")]
        let indices = try await bench.verifications.record(changes, replacing: [:])
        let found = try await bench.verifications.verifications("r1")
        #expect(found.map(\.cell) == [bench.cell("a"), bench.cell("b"), bench.cell("a", "p2")])
        #expect(found.map(\.logIndex) == indices.map { $0 })
        #expect(found[0].values["a"]?.description == "12.50")
        #expect(found[0].evidenceLevel == .live && found[0].completeness == ExactDecimal("0.95"))
        #expect(found[0].version == 1 && found[0].basis == .counted && found[0].reason == "按行统计")
        for (verification, index) in zip(found, indices) {
            let commitment = try await bench.database.read { db in
                try String.fetchOne(db, sql: "SELECT kind FROM audit_log WHERE position = ?", arguments: [index])
            }
            #expect(commitment == "cell.verified" && verification.logIndex == index)
        }
    }

    @Test("Who saw an older version is told, and none of their changes is kept")
    func stale() async throws {
        let bench = try await CellBench()
        try await bench.verifications.record([verified(bench, "a", "1")], replacing: [bench.cell("a"): 0])
        let late = [verified(bench, "b", "2"), verified(bench, "a", "2")]
        let failure = await #expect(throws: Failure.self) {
            try await bench.verifications.record(late, replacing: [bench.cell("a"): 0])
        }
        #expect(failure?.code == "review.stale")
        #expect(try await bench.verifications.verification(bench.cell("b")) == nil)
        try await bench.verifications.record([verified(bench, "a", "2")], replacing: [bench.cell("a"): 1])
        #expect(try await bench.verifications.verifiedVersion(bench.cell("a")) == 2)
    }

    @Test("A return takes the verified value back and goes on counting versions")
    func returned() async throws {
        let bench = try await CellBench()
        try await bench.verifications.record([verified(bench, "a", "1")], replacing: [:])
        for version in [3, 4] {
            try await bench.verifications.return(
                CellReturn(
                    cell: bench.cell("a"), reasonCode: .evidenceMissing, reason: "缺盖章页", declaredVersion: version,
                    by: "clerk", at: Instant(seconds: 20)), entry: bench.entry("cell.returned"))
        }
        #expect(try await bench.verifications.verification(bench.cell("a")) == nil)
        #expect(try await bench.verifications.verifications("r1").isEmpty)
        #expect(try await bench.verifications.verifiedVersion(bench.cell("a")) == 2)
        #expect(try await bench.verifications.returns("r1", "p1").map(\.declaredVersion) == [4])
        #expect(try await bench.verifications.returns("r1").count == 1)
        try await bench.verifications.record([verified(bench, "a", "8")], replacing: [bench.cell("a"): 2])
        #expect(try await bench.verifications.verification(bench.cell("a"))?.version == 3)
    }

    private func mark(_ bench: CellBench, _ expert: String, _ mark: String, version: Int = 1, _ platform: String = "p1")
        -> ExpertMark
    {
        ExpertMark(
            cell: bench.cell("overseas", platform), expert: AccountID(expert), mark: ExactDecimal(mark) ?? .zero,
            reason: "", at: Instant(seconds: 1), version: version)
    }

    @Test("Every expert keeps a mark of their own, changes it by version, and not after the settlement")
    func marks() async throws {
        let bench = try await CellBench()
        try await bench.marks.give(mark(bench, "wang", "80.5"), entry: bench.entry("mark.given"))
        try await bench.marks.give(mark(bench, "li", "70"), entry: bench.entry("mark.given"))
        try await bench.marks.give(mark(bench, "wang", "81", version: 2), entry: bench.entry("mark.given"))
        let stale = await #expect(throws: Failure.self) {
            try await bench.marks.give(mark(bench, "wang", "82", version: 2), entry: bench.entry("mark.given"))
        }
        #expect(stale?.code == "review.stale")
        #expect(try await bench.marks.marks(bench.cell("overseas")).map(\.mark.description) == ["70", "81"])
        #expect(try await bench.marks.mark(bench.cell("overseas"), by: "wang")?.version == 2)
        let before = try await bench.entryCount()
        for _ in 0..<2 {
            try await bench.marks.settle(
                "r1", "overseas", at: Instant(seconds: 30), entry: bench.entry("marks.settled"))
        }
        #expect(try await bench.entryCount() == before + 1)
        #expect(try await bench.marks.settled("r1") == ["overseas"])
        let late = await #expect(throws: Failure.self) {
            try await bench.marks.give(mark(bench, "zhao", "99"), entry: bench.entry("mark.given"))
        }
        #expect(late?.code == "review.marks_settled")
        // Not even past the store.
        await #expect(throws: (any Error).self) {
            try await bench.database.housekeeping { db in
                try db.execute(sql: "UPDATE expert_mark SET mark = '100'")
            }
        }
    }
}
