import Collect
import Foundation
import GRDB
import Scheme
import Trust
import Vocabulary

/// The port's batches, keys and receipts in SQLite.
public struct SQLiteRecordStore: RecordStore {
    let database: AuditedDatabase
    let segments: SegmentFolder
    let sets: SegmentFolder
    let notes = DamageNotes()
    let committer: BatchCommitter
    let opening: PortOpening
    private let cache = CountCache()
    private let partials = PartialCache()
    private let knownSeed = Knowledge<KeySeed>()

    /// The store of a database; its segment files lie in the folder `port` beside it.
    public init(_ database: AuditedDatabase) {
        self.database = database
        segments = SegmentFolder(database.folder + "/port", name: "batch")
        sets = SegmentFolder(database.folder + "/port", name: "set")
        let files = RunFiles(segments: segments, sets: sets, notes: notes)
        committer = BatchCommitter(database: database, files: files)
        opening = PortOpening(database: database, segments: segments, sets: sets)
    }

    public func seed() async throws -> KeySeed {
        if let known = knownSeed.value { return known }
        let seed = try await keptSeed()
        knownSeed.keep(seed)
        return seed
    }

    private func keptSeed() async throws -> KeySeed {
        if let known = try await readSeed() { return known }
        // A new seed is made by whoever comes first; it can change no score, because nothing was keyed before it.
        var generator = SystemRandomNumberGenerator()
        let fresh = KeySeed(from: &generator).bytes.data
        try await database.housekeeping { db in
            try db.execute(sql: "INSERT OR IGNORE INTO port_seed (id, seed) VALUES (1, ?)", arguments: [fresh])
        }
        guard let seed = try await readSeed() else {
            throw Failure("store.row_damaged", ["table": "port_seed", "row": "1"])
        }
        return seed
    }

    var files: RunFiles { RunFiles(segments: segments, sets: sets, notes: notes) }

    private func readSeed() async throws -> KeySeed? {
        try await database.read { db in
            try Data.fetchOne(db, sql: "SELECT seed FROM port_seed WHERE id = 1").flatMap {
                KeySeed(bytes: [UInt8]($0))
            }
        }
    }

    // MARK: keys

    public func create(_ key: PortKey, entry: AuditEntry) async throws -> Int {
        try await database.write(entry) { db in
            try db.execute(
                literal: """
                    INSERT INTO port_key (id, round, platform, name, is_sandbox, digest, created_at_ms, created_by)
                    VALUES (\(key.id), \(key.round.rawValue), \(key.platform.rawValue), \(key.name), \(key.isSandbox),
                            \(key.digest.bytes.data), \(key.createdAt.milliseconds), \(key.createdBy.rawValue))
                    """)
        }.logIndex
    }

    public func keys(_ round: RoundID, _ platform: PlatformID) async throws -> [PortKey] {
        try await database.read { db in
            try Row.fetchAll(
                db, sql: Self.keySelect + " WHERE k.round = ? AND k.platform = ? ORDER BY k.created_at_ms, k.id",
                arguments: [round.rawValue, platform.rawValue]
            ).map(Self.key)
        }
    }

    public func key(_ id: String) async throws -> PortKey? {
        try await database.read { db in
            try Row.fetchOne(db, sql: Self.keySelect + " WHERE k.id = ?", arguments: [id]).map(Self.key)
        }
    }

    public func revokeKey(_ id: String, at: Instant, entry: AuditEntry) async throws -> Int {
        try await database.write(entry) { db in
            try db.execute(
                literal: """
                    UPDATE port_key SET revoked_at_ms = coalesce(revoked_at_ms, \(at.milliseconds)) WHERE id = \(id)
                    """)
            if db.changesCount != 1 { throw Failure("collect.port-key-unknown", ["key": id]) }
        }.logIndex
    }

    private static let keySelect = """
        SELECT k.*, (SELECT max(b.received_at_ms) FROM port_batch b WHERE b.port_key = k.id) AS used_at_ms
        FROM port_key k
        """

    private static func key(_ row: Row) throws -> PortKey {
        guard let digest = Digest(row["digest"] as Data) else {
            throw Failure("store.row_damaged", ["table": "port_key", "row": row["id"]])
        }
        return PortKey(
            id: row["id"], round: RoundID(row["round"] as String), platform: PlatformID(row["platform"] as String),
            name: row["name"], isSandbox: row["is_sandbox"], digest: digest,
            createdAt: Instant(milliseconds: row["created_at_ms"]), createdBy: AccountID(row["created_by"] as String),
            revokedAt: (row["revoked_at_ms"] as Int64?).map { Instant(milliseconds: $0) },
            lastUsedAt: (row["used_at_ms"] as Int64?).map { Instant(milliseconds: $0) })
    }

    // MARK: leave

    public func grant(_ leave: PortLeave, entry: AuditEntry) async throws -> Int {
        try await database.write(entry) { db in
            try db.execute(
                literal: """
                    INSERT INTO port_leave (round, platform, until_ms, reason)
                    VALUES (\(leave.round.rawValue), \(leave.platform.rawValue), \(leave.until.milliseconds),
                            \(leave.reason))
                    """)
        }.logIndex
    }

    public func leave(_ round: RoundID, _ platform: PlatformID) async throws -> PortLeave? {
        try await database.read { db in
            try Row.fetchOne(
                db, sql: "SELECT * FROM port_leave WHERE round = ? AND platform = ? ORDER BY position DESC LIMIT 1",
                arguments: [round.rawValue, platform.rawValue]
            ).map {
                PortLeave(
                    round: round, platform: platform, until: Instant(milliseconds: $0["until_ms"]),
                    reason: $0["reason"])
            }
        }
    }

    // MARK: counting

    public func counts(
        of platform: PlatformID, in round: RoundID, scheme: IndicatorScheme, cutOff: CivilDay
    ) async throws -> [CountedValue] {
        do {
            return try await counted(platform, round, scheme, cutOff)
        } catch let failure as Failure where failure.code == "collect.segment_damaged" {
            // A set may have moved while it was read; what is damaged is damaged the second time too.
            do { return try await counted(platform, round, scheme, cutOff) } catch {
                try await notes.settle(in: database, at: SystemClock().now())
                throw error
            }
        }
    }

    private func counted(
        _ platform: PlatformID, _ round: RoundID, _ scheme: IndicatorScheme, _ cutOff: CivilDay
    ) async throws -> [CountedValue] {
        try await database.read { [cache, files, partials] db in
            let key = try CountCache.Key(
                db, round: round, platform: platform, scheme: scheme.digest, cutOff: cutOff)
            if let known = cache.value(key) { return known }
            let source = SQLiteRunSource(
                database: db, files: files, round: round, platform: platform,
                partials: (partials, try PortVersions(db, round: round, platform: platform)))
            let values = try PortMeasures.count(scheme: scheme, cutOff: cutOff, source: source)
            cache.keep(values, for: key)
            return values
        }
    }

    public func summaries(
        _ round: RoundID, _ platform: PlatformID?
    ) async throws -> [PlatformID: [SummaryFigure]] {
        try await database.read { db in
            let rows = try Row.fetchAll(
                db,
                sql: """
                    SELECT b.platform, f.period, f.indicator, f.value
                    FROM port_summary f JOIN port_batch b ON b.position = f.batch
                    WHERE b.round = ? AND (? IS NULL OR b.platform = ?) AND b.voided_at_ms IS NULL ORDER BY b.position
                    """, arguments: [round.rawValue, platform?.rawValue, platform?.rawValue])
            var found: [PlatformID: [SummaryFigure]] = [:]
            for row in rows {
                guard let value = ExactDecimal(row["value"] as String) else { continue }
                let figure = SummaryFigure(
                    period: row["period"], indicator: IndicatorID(row["indicator"] as String), value: value)
                let platform = PlatformID(row["platform"] as String)
                found[platform, default: []].removeAll {
                    $0.period == figure.period && $0.indicator == figure.indicator
                }
                found[platform, default: []].append(figure)
            }
            return found
        }
    }

    public func coverage(_ round: RoundID, _ platform: PlatformID) async throws -> [DayCoverage] {
        try await database.read { db in
            let rows = try Row.fetchAll(
                db,
                sql: """
                    SELECT r.day, r.kind, sum(r.rows) AS rows FROM port_run r JOIN port_batch b ON b.position = r.batch
                    WHERE r.round = ? AND r.platform = ? AND b.voided_at_ms IS NULL
                    GROUP BY r.day, r.kind ORDER BY r.day, r.kind
                    """, arguments: [round.rawValue, platform.rawValue])
            return rows.compactMap { row in
                guard let kind = RecordKind(rawValue: row["kind"]) else { return nil }
                let day: Int = row["day"]
                return DayCoverage(
                    day: day == Run.allDays ? nil : CivilDay(daysSince1970: day), kind: kind, rows: row["rows"])
            }
        }
    }
}
