import Collect
import Review
import Scheme
import Testing
import Trust
import Vocabulary

/// What every record store must do; runs on each implementation.
struct RecordStoreContract {
    let store: any RecordStore
    static let round: RoundID = "r1"
    static let platform: PlatformID = "p1"

    static func entry(_ kind: AuditKind = "port.batch") -> AuditEntry {
        AuditEntry(
            kind, actor: .system("test"), at: Instant(seconds: 1_763_784_000),
            subject: AuditSubject(round: round, platform: platform), salt: SystemRandomSource().salt())
    }

    static func key(_ id: String = "k1") -> PortKey {
        PortKey(
            id: id, round: round, platform: platform, name: "n", isSandbox: false, digest: Digest.sha256(of: [1]),
            createdAt: Instant(seconds: 1), createdBy: "manager")
    }

    /// A batch of the lines, read under the store's own seed.
    func batch(
        _ id: String, _ lines: [String], snapshot: NewBatch.SnapshotPart? = nil, idempotency: String? = nil,
        at seconds: Int64 = 1_763_784_000
    ) async throws -> NewBatch {
        guard let cutter = DayCutter(zoneName: "Asia/Shanghai") else { throw Failure("test.setup") }
        let context = RecordContext(
            platform: Self.platform, seed: try await store.seed(), cutter: cutter, snapshotKind: snapshot?.kind)
        let body = Array(lines.joined(separator: "\n").utf8)
        return NewBatch(
            id: id, round: Self.round, platform: Self.platform, key: "k1", idempotencyKey: idempotency ?? id,
            requestDigest: Digest.sha256(of: body), contentDigest: Digest.sha256(of: body),
            reading: try BatchReader.read(body, context: context), lateReason: nil, snapshot: snapshot, cutter: cutter,
            receivedAt: Instant(seconds: seconds))
    }

    /// The seed is the same for ever.
    func seedStays() async throws {
        let first = try await store.seed()
        let second = try await store.seed()
        #expect(first == second)
    }

    /// Keys are found by id, listed, and revoked once.
    func keysLive() async throws {
        #expect(try await store.key("k1") == nil)
        _ = try await store.create(Self.key(), entry: Self.entry("port-key.created"))
        #expect(try await store.key("k1") == Self.key())
        _ = try await store.revokeKey("k1", at: Instant(seconds: 9), entry: Self.entry("port-key.revoked"))
        _ = try await store.revokeKey("k1", at: Instant(seconds: 10), entry: Self.entry("port-key.revoked"))
        #expect(try await store.keys(Self.round, Self.platform).map(\.revokedAt) == [Instant(seconds: 9)])
        await #expect(throws: Failure("collect.port-key-unknown", ["key": "none"])) {
            try await store.revokeKey("none", at: Instant(seconds: 9), entry: Self.entry("port-key.revoked"))
        }
    }

    /// A batch is kept whole: receipt, facts, rejects, idempotency; a second one under the key changes nothing.
    func batchesAreWhole() async throws {
        _ = try await store.create(Self.key(), entry: Self.entry("port-key.created"))
        let lines = [
            #"{"kind":"user","id":"u","ts":1735689600,"op":"add"}"#, "wrong",
            #"{"kind":"summary","period":"2025-11","values":{"registered-users":7}}"#,
        ]
        let receipt = try await store.accept(batch("b1", lines, idempotency: "same"), entry: Self.entry())
        #expect(receipt.accepted == 2 && receipt.rejected == 1)
        await #expect(throws: Failure("collect.idempotency-key-in-use", ["key": "same"])) {
            try await store.accept(batch("b2", lines, idempotency: "same"), entry: Self.entry())
        }
        #expect(try await store.batch("b2") == nil)
        let kept = try #require(try await store.receipt(Self.round, Self.platform, idempotencyKey: "same"))
        #expect(kept.receipt == receipt)
        #expect(try await store.rejects(batch: "b1", afterLine: 0, limit: 10).map(\.line) == [2])
        #expect(try await store.rejects(batch: "b1", afterLine: 2, limit: 10).isEmpty)
        #expect(try await store.rejectCounts(Self.round, Self.platform) == [.rowMalformed: 1])
        #expect(try await store.batches(Self.round, Self.platform, before: nil, limit: 9).map(\.id) == ["b1"])
        let value = try await count("registered-users")
        #expect(value.value == ExactDecimal(1))
        #expect(value.declared == ExactDecimal(7))
    }

    /// A voided batch counts no more, and a snapshot that lost a batch states nothing.
    func voidingTakesBack() async throws {
        _ = try await store.create(Self.key(), entry: Self.entry("port-key.created"))
        func user(_ id: String) -> String { #"{"kind":"user","id":"\#(id)","ts":1735689600,"op":"add"}"# }
        _ = try await store.accept(batch("b1", [user("a"), user("b")]), entry: Self.entry())
        let date = CivilDay(year: 2025, month: 10, day: 31) ?? CivilDay(daysSince1970: 0)
        let open = NewBatch.SnapshotPart(kind: .user, date: date, completes: false)
        let last = NewBatch.SnapshotPart(kind: .user, date: date, completes: true)
        let first = try await store.accept(batch("s1", [user("c")], snapshot: open), entry: Self.entry())
        #expect(first.snapshot?.isComplete == false)
        #expect(try await count("registered-users").value == ExactDecimal(2))
        let second = try await store.accept(
            batch("s2", [user("a"), user("d")], snapshot: last), entry: Self.entry())
        #expect(second.snapshot?.members == 3)
        #expect(second.snapshot?.added == 2)
        #expect(second.snapshot?.removed == 1)
        #expect(try await count("registered-users").value == ExactDecimal(3))
        let at = Instant(seconds: 1_763_784_001)
        _ = try await store.void(batch: "s2", reason: "x", at: at, entry: Self.entry("port.batch-voided"))
        #expect(try await count("registered-users").value == ExactDecimal(2))
        await #expect(throws: Failure("collect.batch-voided", ["batch": "s2"])) {
            try await store.void(batch: "s2", reason: "x", at: at, entry: Self.entry("port.batch-voided"))
        }
        _ = try await store.void(batch: "b1", reason: "x", at: at, entry: Self.entry("port.batch-voided"))
        #expect(try await count("registered-users").value == nil)
    }

    /// Lists go from the newest back, page by page; coverage says days and kinds.
    func listsAndCoverage() async throws {
        _ = try await store.create(Self.key(), entry: Self.entry("port-key.created"))
        for index in 1...5 {
            let line = #"{"kind":"device","id":"d\#(index)","ts":\#(1_762_099_200 + index * 86_400)}"#
            _ = try await store.accept(batch("b\(index)", [line, line], at: Int64(index)), entry: Self.entry())
        }
        let page = try await store.batches(Self.round, Self.platform, before: nil, limit: 2)
        #expect(page.map(\.id) == ["b5", "b4"])
        #expect(page.first?.kinds == ["device": 2])
        let next = try await store.batches(Self.round, Self.platform, before: "b4", limit: 9)
        #expect(next.map(\.id) == ["b3", "b2", "b1"])
        let coverage = try await store.coverage(Self.round, Self.platform)
        #expect(coverage.map(\.rows) == [2, 2, 2, 2, 2])
        #expect(coverage.first?.day?.description == "2025-11-04")
        #expect(try await store.keys(Self.round, Self.platform).first?.lastUsedAt == Instant(seconds: 5))
    }

    /// The latest leave counts.
    func leaves() async throws {
        #expect(try await store.leave(Self.round, Self.platform) == nil)
        for seconds in [10, 20] as [Int64] {
            let leave = PortLeave(
                round: Self.round, platform: Self.platform, until: Instant(seconds: seconds), reason: "r")
            _ = try await store.grant(leave, entry: Self.entry("port.leave-granted"))
        }
        #expect(try await store.leave(Self.round, Self.platform)?.until == Instant(seconds: 20))
    }

    /// Devices counted in a month of 2025; 0 when nothing is.
    func devices(month: Int) async throws -> Int {
        let value = try await count("devices-connected")
        let found = value.perMonth.first { $0.month == "2025-\(month)" }
        return Int(found?.value.doubleValue ?? 0)
    }

    /// Every port figure, as text that two stores can be compared by.
    func everything() async throws -> [String] {
        let scheme = try #require(RecordStoreTests.scheme)
        let cutOff = CivilDay(year: 2025, month: 12, day: 15) ?? CivilDay(daysSince1970: 0)
        return try await store.counts(of: Self.platform, in: Self.round, scheme: scheme, cutOff: cutOff).map {
            "\($0.indicator) \(String(describing: $0.value)) \($0.perMonth) \($0.splits.sorted { $0.key < $1.key }) \($0.completeness)"
        }
    }

    private func count(_ indicator: IndicatorID) async throws -> CountedValue {
        let scheme = try #require(RecordStoreTests.scheme)
        let cutOff = CivilDay(year: 2025, month: 12, day: 15) ?? CivilDay(daysSince1970: 0)
        let values = try await store.counts(of: Self.platform, in: Self.round, scheme: scheme, cutOff: cutOff)
        return try #require(values.first { $0.indicator == indicator })
    }
}
