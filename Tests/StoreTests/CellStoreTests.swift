import Foundation
import GRDB
import Review
import Store
import Submit
import Testing
import Trust
import Vocabulary

/// A database of its own with one round and two platforms.
final class CellBench: Sendable {
    let folder: URL
    let database: AuditedDatabase
    let declarations: SQLiteDeclarationStore
    let evidence: FileEvidenceStore
    let verifications: SQLiteVerificationStore
    let marks: SQLiteMarkStore
    let random = SystemRandomSource()

    init() async throws {
        folder = FileManager.default.temporaryDirectory.appendingPathComponent("heng-cells-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        database = try AuditedDatabase(path: folder.appendingPathComponent("heng.sqlite").path)
        declarations = SQLiteDeclarationStore(database, seal: nil)
        evidence = FileEvidenceStore(database, path: folder.appendingPathComponent("evidence").path)
        verifications = SQLiteVerificationStore(database)
        marks = SQLiteMarkStore(database)
        let rounds = SQLiteRoundStore(database)
        let digest = try #require(Digest(bytes: Array(repeating: 1, count: 32)))
        let day = try #require(CivilDay("2025-12-15"))
        try await rounds.create(
            Round(
                id: "r1", scheme: "s", schemeDigest: digest, title: LocalizedText(zh: "一", en: "One"),
                kind: .rehearsal, cutOff: day, createdAt: Instant(seconds: 0)), entry: entry("round.created"))
        for (platform, stem) in [("p1", "91320500MA1ABCDE"), ("p2", "91320500MA1ABCDF")] {
            let code = try #require(CompanyCode.completing(stem))
            try await rounds.register(
                Participation(
                    round: "r1", platform: PlatformID(platform), name: platform, type: "t",
                    company: PlatformOperator(code: code, name: platform, region: "320500")),
                entry: entry("platform.registered"))
        }
    }

    deinit { try? FileManager.default.removeItem(at: folder) }

    func entry(_ kind: AuditKind, at seconds: Int64 = 0) -> AuditEntry {
        AuditEntry(
            kind, actor: .account("zhang"), at: Instant(seconds: seconds), subject: AuditSubject(round: "r1"),
            salt: random.salt())
    }

    func entryCount() async throws -> Int {
        try await database.read { db in try Int.fetchOne(db, sql: "SELECT count(*) FROM audit_log") ?? 0 }
    }

    func cell(_ indicator: String, _ platform: String = "p1") -> CellAddress {
        CellAddress(round: "r1", platform: PlatformID(platform), indicator: IndicatorID(indicator))
    }

    func declared(_ indicator: String, _ value: String, version: Int, list: [ItemRow]? = nil, listVersion: Int = 1)
        -> DeclaredChange
    {
        let address = cell(indicator)
        let at = Instant(seconds: Int64(version))
        return DeclaredChange(
            declaration: Declaration(
                cell: address, values: [indicator: ExactDecimal(value) ?? .zero], by: "li", at: at, version: version),
            list: list.map { ItemList(cell: address, rows: $0, by: "li", at: at, version: listVersion) },
            entry: entry("cell.declared"))
    }
}

@Suite("Declarations and lists in the database")
struct DeclarationStoreTests {
    @Test("A declaration comes back as it went in, to the last place, with its entry in the log")
    func roundTrip() async throws {
        let bench = try await CellBench()
        let before = try await bench.entryCount()
        let change = bench.declared("platform-revenue", "1500.50", version: 1)
        let indices = try await bench.declarations.save([change])
        #expect(indices == [before])
        let found = try #require(try await bench.declarations.declaration(bench.cell("platform-revenue")))
        #expect(found == change.declaration)
        #expect(found.values["platform-revenue"]?.description == "1500.50")
    }

    @Test("Two people who saw the same version: the second is told, and nothing of theirs is kept")
    func stale() async throws {
        let bench = try await CellBench()
        try await bench.declarations.save([bench.declared("a", "1", version: 1)])
        try await bench.declarations.save([bench.declared("a", "2", version: 2)])
        let before = try await bench.entryCount()
        for version in [1, 2, 4] {
            let late = [bench.declared("b", "9", version: 1), bench.declared("a", "3", version: version)]
            let failure = await #expect(throws: Failure.self) { try await bench.declarations.save(late) }
            #expect(failure == Failure("submit.stale", ["indicator": "a"]))
        }
        #expect(try await bench.declarations.declaration(bench.cell("b")) == nil)
        #expect(try await bench.declarations.declaration(bench.cell("a"))?.version == 2)
        #expect(try await bench.entryCount() == before)
    }

    @Test("Earlier declarations are kept beside the present one")
    func past() async throws {
        let bench = try await CellBench()
        for version in 1...3 {
            try await bench.declarations.save([bench.declared("a", "\(version)", version: version)])
        }
        let kept = try await bench.database.read { db in
            try String.fetchAll(db, sql: "SELECT figures FROM declaration_past ORDER BY version")
        }
        #expect(kept == [#"{"a":"1"}"#, #"{"a":"2"}"#])
    }

    @Test("A list of 8 000 rows replaces the one before, and both are counted by their last version")
    func lists() async throws {
        let bench = try await CellBench()
        let short = [ItemRow(number: 2, fields: ["name": "甲", "code": "1"])]
        let long = (2...8001).map { ItemRow(number: $0, fields: ["name": "企业\($0)", "code": "\($0)"]) }
        try await bench.declarations.save([bench.declared("companies-served", "1", version: 1, list: short)])
        try await bench.declarations.save([
            bench.declared("companies-served", "8000", version: 2, list: long, listVersion: 2)
        ])
        let list = try #require(try await bench.declarations.list(bench.cell("companies-served")))
        #expect(list.version == 2 && list.rows == long)
        #expect(try await bench.declarations.listCounts("r1", "p1") == ["companies-served": 8000])
        #expect(try await bench.declarations.listCounts("r1") == [bench.cell("companies-served"): 8000])
        let stale = bench.declared("companies-served", "1", version: 3, list: short, listVersion: 2)
        await #expect(throws: Failure.self) { try await bench.declarations.save([stale]) }
    }

    @Test("A platform that is not in the round has no cells")
    func foreign() async throws {
        let bench = try await CellBench()
        let stranger = Declaration(
            cell: bench.cell("a", "p9"), values: [:], by: "li", at: Instant(seconds: 0), version: 1)
        await #expect(throws: (any Error).self) {
            try await bench.declarations.save([DeclaredChange(declaration: stranger, entry: bench.entry("x"))])
        }
    }
}

@Suite("Evidence by digest")
struct EvidenceStoreTests {
    private func file(_ bench: CellBench, _ bytes: [UInt8], _ indicator: String, _ platform: String = "p1")
        -> EvidenceFile
    {
        EvidenceFile(
            cell: bench.cell(indicator, platform), digest: Digest.sha256(of: bytes), name: "审计报告.pdf", type: .pdf,
            size: bytes.count, requirement: "audit-report", by: "li", at: Instant(seconds: 5))
    }

    @Test("The bytes come back, are stored once, and every cell that rests on them is known")
    func roundTrip() async throws {
        let bench = try await CellBench()
        let bytes = Array("%PDF-1.7 …".utf8)
        let first = file(bench, bytes, "platform-revenue")
        let second = file(bench, bytes, "platform-revenue", "p2")
        try await bench.evidence.attach(first, bytes: bytes, entry: bench.entry("evidence.attached"))
        try await bench.evidence.attach(second, bytes: bytes, entry: bench.entry("evidence.attached"))
        try await bench.evidence.attach(first, bytes: bytes, entry: bench.entry("evidence.attached"))
        #expect(try await bench.evidence.bytes(first.digest) == bytes)
        #expect(try await bench.evidence.files(first.cell) == [first])
        #expect(try await bench.evidence.uses(of: first.digest) == [first, second])
        let stored = try FileManager.default.subpathsOfDirectory(atPath: bench.folder.path + "/evidence")
        #expect(stored.filter { $0.contains("/") }.count == 1)
        #expect(!stored.contains { $0.hasSuffix(".part") })
    }

    @Test("What was changed or lost on disk is never handed out as evidence")
    func damaged() async throws {
        let bench = try await CellBench()
        let bytes = Array("%PDF-1.7 …".utf8)
        let kept = file(bench, bytes, "platform-revenue")
        try await bench.evidence.attach(kept, bytes: bytes, entry: bench.entry("evidence.attached"))
        let hex = kept.digest.hex
        let path = bench.folder.path + "/evidence/\(hex.prefix(2))/\(hex.dropFirst(2))"
        try Data("other".utf8).write(to: URL(fileURLWithPath: path))
        for _ in 0..<2 {
            let failure = await #expect(throws: Failure.self) { try await bench.evidence.bytes(kept.digest) }
            #expect(failure?.code == "submit.evidence_lost")
            try? FileManager.default.removeItem(atPath: path)
        }
        #expect(try await bench.evidence.bytes(Digest.sha256(of: [1])) == nil)
        // Handing the same file in again mends it.
        try await bench.evidence.attach(kept, bytes: bytes, entry: bench.entry("evidence.attached"))
        #expect(try await bench.evidence.bytes(kept.digest) == bytes)
    }

    @Test("A file that is taken away is no longer the cell's; taking it away twice is told")
    func detach() async throws {
        let bench = try await CellBench()
        let kept = file(bench, [1, 2], "platform-revenue")
        try await bench.evidence.attach(kept, bytes: [1, 2], entry: bench.entry("evidence.attached"))
        try await bench.evidence.detach(kept.digest, from: kept.cell, entry: bench.entry("evidence.removed"))
        #expect(try await bench.evidence.files("r1", "p1").isEmpty)
        let failure = await #expect(throws: Failure.self) {
            try await bench.evidence.detach(kept.digest, from: kept.cell, entry: bench.entry("evidence.removed"))
        }
        #expect(failure?.code == "submit.evidence_unknown")
    }
}
