import Access
import Collect
import Foundation
import Store
import Synchronization
import Testing
import Trust
import Vocabulary

/// A rehearsal round with one platform and its key, on a site of its own.
struct TestPort: Sendable {
    let site: TestSite
    /// A production key of platform `p1`.
    let key: String
    let base = "/api/v1/rounds/r1/platforms/p1"

    /// - Parameter policy: Whether one platform may send three batches only.
    init(clock: any Vocabulary.Clock = FixedClock(), opened: Bool = true, policy: Bool = false) async throws {
        site = try TestSite(
            clock: clock,
            adjust: { services in
                guard policy else { return }
                services.port = PortDesk(
                    store: services.records, clock: services.clock, random: services.random,
                    policy: PortPolicy(
                        limits: .standard, batchesPerSecond: 0.1, burst: 3, concurrent: 4, longestReason: 1000))
            })
        let round = """
            {"id":"r1","scheme":"jiangsu-2025","title":{"zh":"试","en":"Trial"},"kind":"rehearsal","cutOff":"2025-12-15"}
            """
        #expect(try await site.ask(.post, "/api/v1/rounds", as: "operator", body: round).status == 201)
        let platform = RoundRoutesTests.platform("p1")
        #expect(try await site.ask(.post, "/api/v1/rounds/r1/platforms", as: "operator", body: platform).status == 201)
        if opened {
            let opening = try await site.ask(
                .post, "/api/v1/rounds/r1/actions", as: "operator", body: #"{"action":"open","reason":"x"}"#)
            #expect(opening.status == 200)
        }
        let made = try await site.ask(.post, base + "/port-keys", as: "manager", body: #"{"name":"机房"}"#)
        key = try #require(made.json?["key"] as? String)
    }

    func push(
        _ body: String, idempotency: String, path: String = "/port/v1/batches", key: String? = nil
    ) async throws -> TestSite.Answer {
        try await site.ask(
            .post, path, as: key ?? self.key, headers: ["Idempotency-Key": idempotency], body: body)
    }

    func push(bytes: [UInt8], headers: [String: String]) async throws -> TestSite.Answer {
        try await site.ask(.post, "/port/v1/batches", as: key, headers: headers, bytes: bytes)
    }

    func overview() async throws -> [String: Any] {
        try #require(try await site.ask(.get, base + "/port", as: "manager").json)
    }

    /// What is counted for an indicator in the last month; nil when nothing is.
    func counted(_ indicator: String, month: Int) async throws -> Int? {
        let counts = try #require(try await overview()["counts"] as? [[String: Any]])
        let count = try #require(counts.first { $0["indicator"] as? String == indicator })
        guard count["counted"] != nil else { return nil }
        let months = try #require(count["perMonth"] as? [[String: Any]])
        return months.last?["value"] as? Int
    }

    func secondPlatformKey() async throws -> String {
        let code = try #require(CompanyCode.completing("91320500MA2BCDEF")?.description)
        let made = try await site.ask(
            .post, "/api/v1/rounds/r1/platforms", as: "operator", body: RoundRoutesTests.platform("p2", code: code))
        #expect(made.status == 201)
        let key = APIKey(.live, random: SystemRandomSource())
        let stored = PortKey(
            id: key.id, round: "r1", platform: "p2", name: "other", isSandbox: false, digest: key.digest,
            createdAt: site.services.clock.now(), createdBy: "manager")
        let entry = AuditEntry(
            "port-key.created", actor: .account("manager"), at: site.services.clock.now(),
            subject: AuditSubject(round: "r1", platform: "p2"), salt: SystemRandomSource().salt())
        _ = try await site.services.records.create(stored, entry: entry)
        return key.text
    }

    /// The record store on the same file, as a server finds it after it was killed.
    static func reopen(_ folder: URL) throws -> SQLiteRecordStore {
        SQLiteRecordStore(try AuditedDatabase(path: folder.appendingPathComponent("heng.sqlite").path))
    }
}

/// A clock that stands where it was put.
final class SettableClock: Vocabulary.Clock {
    private let instant = Mutex(FixedClock().instant)
    func now() -> Instant { instant.withLock { $0 } }
    func set(_ new: Instant) { instant.withLock { $0 = new } }
}

/// One wrong push and the problem it is answered with.
struct WrongPush: Sendable, CustomTestStringConvertible {
    var name: String
    var status: Int
    var code: String
    var path = "/port/v1/batches"
    var key: String?
    var headers: [String: String] = [:]
    var without: [String] = []
    var body = Array(PortRoutesTests.row.utf8)

    var testDescription: String { name }

    static let all: [WrongPush] = [
        WrongPush(
            name: "no idempotency key", status: 400, code: "collect.idempotency-key-missing",
            without: ["Idempotency-Key"]),
        WrongPush(
            name: "an idempotency key with a space", status: 400, code: "collect.idempotency-key-invalid",
            headers: ["Idempotency-Key": "a b"]),
        WrongPush(
            name: "a key that was never issued", status: 401, code: "collect.key-unknown", key: "hk_live_0123456789ab_x"
        ),
        WrongPush(name: "a session's token", status: 401, code: "collect.key-unknown", key: "manager"),
        WrongPush(
            name: "a digest of something else", status: 400, code: "collect.batch-digest-mismatch",
            headers: ["Content-Digest": "sha-256=:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=:"]),
        WrongPush(
            name: "a digest of another kind", status: 400, code: "collect.digest-unsupported",
            headers: ["Content-Digest": "md5=:AAAA:"]),
        WrongPush(
            name: "an unknown coding", status: 415, code: "collect.coding-unknown", headers: ["Content-Encoding": "br"]),
        WrongPush(
            name: "gzip that is none", status: 400, code: "collect.content_damaged",
            headers: ["Content-Encoding": "gzip"]),
        WrongPush(
            name: "too many rows", status: 413, code: "collect.batch_rows",
            body: Array(repeating: Array("{}\n".utf8), count: 50_001).flatMap { $0 }),
        WrongPush(
            name: "too many bytes", status: 413, code: "collect.batch_too_large",
            body: [UInt8](repeating: 0x20, count: 16 * 1_048_576 + 1)),
        WrongPush(
            name: "a snapshot of points", status: 422, code: "collect.snapshot-kind",
            path: "/port/v1/snapshots/point?date=2025-11-20"),
        WrongPush(
            name: "a snapshot without a date", status: 400, code: "collect.snapshot-date",
            path: "/port/v1/snapshots/app"),
        WrongPush(
            name: "a snapshot of tomorrow", status: 422, code: "collect.snapshot-future",
            path: "/port/v1/snapshots/app?date=2025-11-23"),
        WrongPush(
            name: "a snapshot of long ago", status: 422, code: "collect.snapshot-too-old",
            path: "/port/v1/snapshots/app?date=2023-11-23"),
        WrongPush(
            name: "a late snapshot without a reason", status: 422, code: "collect.late-reason-missing",
            path: "/port/v1/snapshots/app?date=2025-10-31"),
        WrongPush(
            name: "an empty reason", status: 422, code: "collect.late-reason-too-long",
            path: "/port/v1/batches?lateReason=%20"),
        WrongPush(
            name: "a completion that is neither yes nor no", status: 400, code: "web.parameter_invalid",
            path: "/port/v1/snapshots/app?date=2025-11-20&complete=perhaps"),
    ]
}
