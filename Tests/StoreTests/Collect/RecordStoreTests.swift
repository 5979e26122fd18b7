import Collect
import Foundation
import GRDB
import Review
import Scheme
import Store
import Testing
import Trust
import Vocabulary

@Suite("The record store in SQLite")
struct RecordStoreTests {
    static let scheme: IndicatorScheme? = {
        let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().deletingLastPathComponent()
        let file = root.appendingPathComponent("Schemes/jiangsu-2025.yaml")
        return FileManager.default.contents(atPath: file.path).flatMap { SchemeReader.read(bytes: [UInt8]($0)).scheme }
    }()

    /// A store on a database of its own with one round and one platform, and the file's path.
    static func open() async throws -> (contract: RecordStoreContract, path: String) {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("heng-records-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        let path = folder.appendingPathComponent("heng.sqlite").path
        let database = try AuditedDatabase(path: path)
        let rounds = SQLiteRoundStore(database)
        let scheme = try #require(Self.scheme)
        let day = try #require(CivilDay("2025-12-15"))
        let round = Round(
            id: RecordStoreContract.round, scheme: scheme.id, schemeDigest: scheme.digest,
            title: LocalizedText(zh: "试", en: "Trial"), kind: .rehearsal, cutOff: day, createdAt: Instant(seconds: 1))
        _ = try await rounds.create(round, entry: RecordStoreContract.entry("round.created"))
        let code = try #require(CompanyCode.completing("91320500MA1ABCDE"))
        let platform = Participation(
            round: round.id, platform: RecordStoreContract.platform, name: "n", aliases: [], type: "t",
            company: PlatformOperator(code: code, name: "n", region: "320500"))
        _ = try await rounds.register(platform, entry: RecordStoreContract.entry("platform.registered"))
        return (RecordStoreContract(store: SQLiteRecordStore(database)), path)
    }

    @Test("The seed is made once and stays")
    func seed() async throws { try await Self.open().contract.seedStays() }

    @Test("Keys are found by id, listed, and revoked once")
    func keys() async throws { try await Self.open().contract.keysLive() }

    @Test("A batch is kept whole, and a second one under its idempotency key changes nothing")
    func batches() async throws { try await Self.open().contract.batchesAreWhole() }

    @Test("What was voided counts no more, and a snapshot that lost a batch states nothing")
    func voiding() async throws { try await Self.open().contract.voidingTakesBack() }

    @Test("Lists go from the newest back, and coverage says days and kinds")
    func lists() async throws { try await Self.open().contract.listsAndCoverage() }

    @Test("The latest leave counts")
    func leaves() async throws { try await Self.open().contract.leaves() }

    @Test("Receipt, facts and log entry are on disk together: another process finds all of them")
    func durable() async throws {
        let (contract, path) = try await Self.open()
        _ = try await contract.store.create(
            RecordStoreContract.key(), entry: RecordStoreContract.entry("port-key.created"))
        let line = #"{"kind":"device","id":"d","ts":1762099200}"#
        let receipt = try await contract.store.accept(
            contract.batch("b1", [line]), entry: RecordStoreContract.entry())
        let other = try DatabaseQueue(path: path)
        try await other.read { db in
            let rows = try Row.fetchAll(
                db,
                sql: """
                    SELECT l.position, l.kind FROM port_batch b JOIN audit_log l ON l.position = b.log_index
                    JOIN port_run r ON r.batch = b.position WHERE b.id = 'b1'
                    """)
            #expect(rows.count == 1)
            #expect(rows.first?["position"] == receipt.logIndex)
            #expect(rows.first?["kind"] == "port.batch")
        }
    }

    @Test("Facts are found by index: platform, kind and days, never by a scan")
    func plan() async throws {
        let (_, path) = try await Self.open()
        let queue = try DatabaseQueue(path: path)
        let plans = try await queue.read { db in
            try Row.fetchAll(
                db,
                sql: """
                    EXPLAIN QUERY PLAN
                    SELECT f.place FROM port_run r JOIN port_batch b ON b.position = r.batch
                    LEFT JOIN port_frame f ON f.batch = r.batch
                    WHERE r.round = 'r' AND r.platform = 'p' AND r.kind = 1 AND r.day BETWEEN 1 AND 30
                      AND b.voided_at_ms IS NULL AND b.snapshot IS NULL
                    """
            ).map { $0["detail"] as String }
        }
        #expect(plans.contains { $0.contains("SEARCH r") && $0.contains("day>?") })
        #expect(!plans.contains { $0.hasPrefix("SCAN") })
    }
}
