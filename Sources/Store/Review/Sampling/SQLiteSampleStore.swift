import Foundation
import GRDB
import Review
import Trust
import Vocabulary

/// Verification by sample in SQLite.
public struct SQLiteSampleStore: SampleStore {
    let database: AuditedDatabase

    public init(_ database: AuditedDatabase) { self.database = database }

    // MARK: - Lists

    /// The newest frozen version of each list, with how far its rows are.
    private static let selection = """
        SELECT l.*,
               (SELECT count(*) FROM sample_row r WHERE r.list = l.id) AS drawn,
               (SELECT count(*) FROM sample_row r WHERE r.list = l.id AND r.verdict = 'good') AS good,
               (SELECT count(*) FROM sample_row r WHERE r.list = l.id AND r.verdict = 'bad') AS bad,
               (SELECT count(*) FROM sample_row r WHERE r.list = l.id AND EXISTS
                   (SELECT 1 FROM evidence e WHERE e.removed_at_ms IS NULL AND e.round = l.round
                    AND e.platform = l.platform AND e.indicator = l.indicator
                    AND e.requirement = 'sample/' || r.number)) AS proved,
               EXISTS (SELECT 1 FROM sample_decision d WHERE d.list = l.id AND d.state = 'proposed') AS is_proposed
        FROM sample_list l
        WHERE l.list_version = (SELECT max(o.list_version) FROM sample_list o
            WHERE o.round = l.round AND o.platform = l.platform AND o.indicator = l.indicator)
        """

    public func lists(_ round: RoundID) async throws -> [SampledList] {
        try await database.read { db in
            try Row.fetchAll(
                db, sql: Self.selection + " AND l.round = ? ORDER BY l.platform, l.indicator",
                arguments: [round.rawValue]
            ).map(Self.list)
        }
    }

    public func lists(_ round: RoundID, _ platform: PlatformID) async throws -> [SampledList] {
        try await database.read { db in
            try Row.fetchAll(
                db, sql: Self.selection + " AND l.round = ? AND l.platform = ? ORDER BY l.indicator",
                arguments: [round.rawValue, platform.rawValue]
            ).map(Self.list)
        }
    }

    public func list(_ cell: CellAddress) async throws -> SampledList? {
        try await database.read { db in try Self.list(cell, db) }
    }

    private static func list(_ cell: CellAddress, _ db: GRDB.Database) throws -> SampledList? {
        try Row.fetchOne(
            db, sql: selection + " AND l.round = ? AND l.platform = ? AND l.indicator = ?", arguments: cell.arguments
        ).map(list)
    }

    public func strata(_ list: Int64) async throws -> [SampleStratum] {
        try await database.read { db in
            try Row.fetchAll(db, sql: "SELECT * FROM sample_stratum WHERE list = ? ORDER BY name", arguments: [list])
                .map {
                    SampleStratum(
                        name: $0["name"], rows: $0["rows"], rowCount: $0["row_count"], drawnCount: $0["drawn_count"])
                }
        }
    }

    public func freeze(_ list: FrozenList, at: Instant, entry: AuditEntry) async throws -> SampledList {
        let figures = try Figures.json(list.figures)
        return try await database.write { db in
            let index = try Int.fetchOne(db, sql: "SELECT coalesce(max(position) + 1, 0) FROM audit_log") ?? 0
            try db.execute(
                literal: """
                    INSERT INTO sample_list (round, platform, indicator, list_version, digest, row_count, struck,
                                             struck_count, figures, frozen_at_ms, freeze_index)
                    VALUES (\(list.cell.round.rawValue), \(list.cell.platform.rawValue),
                            \(list.cell.indicator.rawValue), \(list.listVersion), \(list.digest.bytes.data),
                            \(list.rows.count), \(RowRanges.text(list.struck)), \(list.struck.count), \(figures),
                            \(at.milliseconds), \(index))
                    ON CONFLICT DO NOTHING
                    """)
            guard db.changesCount == 1 else {
                throw Failure("sampling.already_frozen", ["indicator": list.cell.indicator.rawValue])
            }
            let id = db.lastInsertedRowID
            for (name, rows) in [String: [FrozenList.Row]](grouping: list.rows, by: \.stratum) {
                try db.execute(
                    sql: "INSERT INTO sample_stratum (list, name, rows, row_count) VALUES (?, ?, ?, ?)",
                    arguments: [id, name, RowRanges.text(rows.map(\.number)), rows.count])
            }
            return (try Self.found(list.cell, db), [entry])
        }.value
    }

    public func draw(
        _ rows: [FrozenList.Row], of list: SampledList, checkpointSize: Int, seed: Digest, dueDay: CivilDay,
        at: Instant, entry: AuditEntry
    ) async throws -> SampledList {
        guard checkpointSize > list.freezeIndex else {
            throw Failure(
                "sampling.checkpoint_before_freeze",
                ["size": "\(checkpointSize)", "index": "\(list.freezeIndex)"])
        }
        return try await database.write { db in
            let index = try Int.fetchOne(db, sql: "SELECT coalesce(max(position) + 1, 0) FROM audit_log") ?? 0
            try db.execute(
                literal: """
                    UPDATE sample_list SET checkpoint_size = \(checkpointSize), seed = \(seed.bytes.data),
                        drawn_at_ms = \(at.milliseconds), draw_index = \(index), due_day = \(dueDay.description),
                        version = version + 1
                    WHERE id = \(list.id) AND seed IS NULL
                    """)
            guard db.changesCount == 1 else {
                throw Failure("sampling.already_drawn", ["indicator": list.cell.indicator.rawValue])
            }
            let insert = try db.cachedStatement(
                sql: "INSERT INTO sample_row (list, number, stratum, office) VALUES (?, ?, ?, ?)")
            for row in rows {
                try insert.execute(arguments: [list.id, row.number, row.stratum, row.office.rawValue])
            }
            try db.execute(
                literal: """
                    UPDATE sample_stratum SET drawn_count = (SELECT count(*) FROM sample_row r
                        WHERE r.list = sample_stratum.list AND r.stratum = sample_stratum.name)
                    WHERE list = \(list.id)
                    """)
            return (try Self.found(list.cell, db), [entry])
        }.value
    }

    public func extend(_ list: SampledList, to day: CivilDay, entry: AuditEntry) async throws {
        try await database.write(entry) { db in
            try db.execute(
                literal: """
                    UPDATE sample_list SET due_day = \(day.description), proved_at_ms = NULL, version = version + 1
                    WHERE id = \(list.id) AND version = \(list.version) AND outcome IS NULL AND seed IS NOT NULL
                    """)
            if db.changesCount != 1 { throw Self.stale(list) }
        }
    }

    public func completeProof(of lists: [SampledList], at: Instant, entry: AuditEntry) async throws {
        try await database.write(entry) { db in
            for list in lists {
                try db.execute(
                    literal: """
                        UPDATE sample_list SET proved_at_ms = \(at.milliseconds), version = version + 1
                        WHERE id = \(list.id) AND version = \(list.version) AND proved_at_ms IS NULL
                          AND outcome IS NULL
                        """)
                if db.changesCount != 1 { throw Self.stale(list) }
            }
        }
    }

    static func stale(_ list: SampledList) -> Failure {
        Failure("review.stale", ["what": list.cell.indicator.rawValue])
    }

    private static func found(_ cell: CellAddress, _ db: GRDB.Database) throws -> SampledList {
        guard let list = try list(cell, db) else {
            throw Failure("store.row_damaged", ["table": "sample_list", "row": cell.description])
        }
        return list
    }

    private static func list(_ row: Row) throws -> SampledList {
        guard let digest = Digest(row["digest"] as Data) else {
            throw Failure("store.row_damaged", ["table": "sample_list", "row": "\(row["id"] as Int64)"])
        }
        var drawing: SampledList.Drawing?
        if let seed = (row["seed"] as Data?).flatMap({ Digest($0) }), let day = CivilDay(row["due_day"] as String) {
            drawing = SampledList.Drawing(
                checkpointSize: row["checkpoint_size"], seed: seed, at: Instant(milliseconds: row["drawn_at_ms"]),
                logIndex: row["draw_index"], dueDay: day)
        }
        return SampledList(
            id: row["id"], cell: CellAddress(row: row), listVersion: row["list_version"], digest: digest,
            rowCount: row["row_count"], struckCount: row["struck_count"],
            figures: try Figures.values(row["figures"], table: "sample_list"),
            frozenAt: Instant(milliseconds: row["frozen_at_ms"]), freezeIndex: row["freeze_index"], drawing: drawing,
            provedAt: (row["proved_at_ms"] as Int64?).map { Instant(milliseconds: $0) },
            settledAt: (row["settled_at_ms"] as Int64?).map { Instant(milliseconds: $0) },
            outcome: (row["outcome"] as String?).flatMap(SampledList.Outcome.init(rawValue:)),
            isProposed: row["is_proposed"],
            tally: .init(drawn: row["drawn"], good: row["good"], bad: row["bad"], proved: row["proved"]),
            version: row["version"])
    }
}
