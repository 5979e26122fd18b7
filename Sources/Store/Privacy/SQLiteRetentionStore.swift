import Foundation
import GRDB
import Submit
import Trust
import Vocabulary

/// What is held of rows, and its deletion, in SQLite.
public struct SQLiteRetentionStore: RetentionStore {
    private let database: AuditedDatabase

    public init(_ database: AuditedDatabase) { self.database = database }

    public func publishedRounds() async throws -> [(round: RoundID, at: Instant)] {
        try await database.read { db in
            try Row.fetchAll(
                db,
                sql: """
                    SELECT r.id, min(l.at_ms) AS published_at_ms FROM round r
                    JOIN audit_log l ON l.round = r.id AND l.kind = 'round.publish'
                    WHERE r.state IN ('published', 'archived') GROUP BY r.id ORDER BY r.id
                    """
            ).map { (RoundID($0["id"] as String), Instant(milliseconds: $0["published_at_ms"])) }
        }
    }

    public func holdings(_ round: RoundID) async throws -> [Holding] {
        try await database.read { db in
            let lists = try Row.fetchAll(
                db,
                sql: """
                    SELECT s.platform, s.indicator, count(*) AS rows FROM sheet s JOIN sheet_row r ON r.sheet = s.id
                    WHERE s.round = ? AND r.sealed IS NOT NULL GROUP BY s.platform, s.indicator
                    ORDER BY s.platform, s.indicator
                    """, arguments: [round.rawValue])
            let ports = try Row.fetchAll(
                db, sql: "SELECT platform, sum(rows) AS rows FROM port_run WHERE round = ? GROUP BY platform",
                arguments: [round.rawValue])
            return try Self.people(round, db)
                + lists.map {
                    Holding(
                        kind: .personalList, round: round, platform: PlatformID($0["platform"] as String),
                        indicator: IndicatorID($0["indicator"] as String), rowCount: $0["rows"])
                }
                + ports.map {
                    Holding(
                        kind: .portRows, round: round, platform: PlatformID($0["platform"] as String), indicator: nil,
                        rowCount: $0["rows"])
                }
        }
    }

    public func deletions(_ round: RoundID) async throws -> [Deletion] {
        try await database.read { db in
            try Row.fetchAll(
                db, sql: "SELECT * FROM deletion WHERE round = ? ORDER BY id DESC", arguments: [round.rawValue]
            ).map(Self.deletion)
        }
    }

    public func delete(
        _ holding: Holding, at now: Instant, entry: @Sendable @escaping (Digest) -> AuditEntry
    ) async throws -> Deletion? {
        let isThere = try await holdings(holding.round).contains {
            $0.kind == holding.kind && $0.platform == holding.platform && $0.indicator == holding.indicator
        }
        guard isThere else { return nil }
        return try await database.write { db in
            // Freed pages are overwritten with zeros, so that nothing is left in the file to be found.
            try db.execute(sql: "PRAGMA secure_delete = ON")
            let index = try Int.fetchOne(db, sql: "SELECT coalesce(max(position) + 1, 0) FROM audit_log") ?? 0
            let digest: Digest
            switch holding.kind {
            case .personalList: digest = try Self.deleteList(holding, db)
            case .portRows: digest = try Self.deletePortRows(holding, db)
            case .objectors: digest = try Self.deleteObjectors(holding, db)
            case .expertContacts: digest = try Self.deleteContacts(holding, db)
            }
            try db.execute(
                literal: """
                    INSERT INTO deletion (round, what, platform, indicator, row_count, digest, at_ms, log_index)
                    VALUES (\(holding.round.rawValue), \(holding.kind.rawValue), \(holding.platform.rawValue),
                            \(holding.indicator?.rawValue ?? ""), \(holding.rowCount), \(digest.bytes.data),
                            \(now.milliseconds), \(index))
                    ON CONFLICT DO UPDATE SET row_count = row_count + excluded.row_count, digest = excluded.digest,
                        at_ms = excluded.at_ms, log_index = excluded.log_index
                    """)
            let deletion = Deletion(holding: holding, digest: digest, at: now, logIndex: index)
            return (deletion, [entry(digest)])
        }.value
    }

    /// SHA-256 over the digests of all rows as they were kept, in the order of version and number.
    private static func deleteList(_ holding: Holding, _ db: GRDB.Database) throws -> Digest {
        let place: StatementArguments = [
            holding.round.rawValue, holding.platform.rawValue, holding.indicator?.rawValue ?? "",
        ]
        let lists = "(SELECT id FROM sheet WHERE round = ? AND platform = ? AND indicator = ?)"
        let rows = try Row.fetchCursor(
            db, sql: "SELECT fields, sealed FROM sheet_row WHERE sheet IN \(lists) ORDER BY since, number",
            arguments: place)
        var digests: [UInt8] = []
        while let row = try rows.next() {
            let sealed = (row["sealed"] as Data?).map { [UInt8]($0) } ?? []
            digests += Digest.sha256(of: Array((row["fields"] as String).utf8) + sealed).bytes
        }
        try db.execute(sql: "DELETE FROM sheet_row WHERE sheet IN \(lists)", arguments: place)
        return Digest.sha256(of: digests)
    }

    /// SHA-256 over the batches' content digests; each stands in its receipt, which stays.
    private static func deletePortRows(_ holding: Holding, _ db: GRDB.Database) throws -> Digest {
        let place: StatementArguments = [holding.round.rawValue, holding.platform.rawValue]
        let batches = try Data.fetchAll(
            db, sql: "SELECT content_digest FROM port_batch WHERE round = ? AND platform = ? ORDER BY position",
            arguments: place)
        try db.execute(
            sql: """
                DELETE FROM port_reject WHERE batch IN
                    (SELECT position FROM port_batch WHERE round = ? AND platform = ?)
                """, arguments: place)
        try db.execute(
            sql: """
                INSERT OR REPLACE INTO port_erasure (segment, place, length)
                SELECT f.segment, f.place, f.length FROM port_frame f JOIN port_batch b ON b.position = f.batch
                WHERE b.round = ? AND b.platform = ?
                """, arguments: place)
        try db.execute(
            sql: """
                DELETE FROM port_frame WHERE batch IN
                    (SELECT position FROM port_batch WHERE round = ? AND platform = ?)
                """, arguments: place)
        for table in ["port_set", "port_version", "port_run"] {
            try db.execute(sql: "DELETE FROM \(table) WHERE round = ? AND platform = ?", arguments: place)
        }
        return Digest.sha256(of: batches.flatMap { [UInt8]($0) })
    }

    private static func deletion(_ row: Row) throws -> Deletion {
        guard let kind = Holding.Kind(rawValue: row["what"]), let digest = Digest(row["digest"] as Data) else {
            throw Failure("store.row_damaged", ["table": "deletion", "row": "\(row["id"] as Int64)"])
        }
        let indicator: String = row["indicator"]
        let holding = Holding(
            kind: kind, round: RoundID(row["round"] as String), platform: PlatformID(row["platform"] as String),
            indicator: indicator.isEmpty ? nil : IndicatorID(indicator), rowCount: row["row_count"])
        return Deletion(
            holding: holding, digest: digest, at: Instant(milliseconds: row["at_ms"]), logIndex: row["log_index"])
    }
}
