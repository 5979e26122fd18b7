import Collect
import Foundation
import GRDB
import Trust
import Vocabulary

extension SQLiteRecordStore {
    public func receipt(
        _ round: RoundID, _ platform: PlatformID, idempotencyKey: String
    ) async throws -> (receipt: BatchReceipt, requestDigest: Digest)? {
        try await database.read { db in
            let row = try Row.fetchOne(
                db,
                sql: """
                    SELECT id, receipt, request_digest FROM port_batch
                    WHERE round = ? AND platform = ? AND idempotency_key = ?
                    """, arguments: [round.rawValue, platform.rawValue, idempotencyKey])
            guard let row else { return nil }
            guard let digest = Digest(row["request_digest"] as Data) else { throw Self.damaged(row) }
            return (try Self.receipt(row), digest)
        }
    }

    public func accept(_ batch: NewBatch, entry: AuditEntry) async throws -> BatchReceipt {
        try await open()
        return try await committer.commit(batch, entry: entry)
    }

    public func batch(_ id: String) async throws -> (summary: BatchSummary, receipt: BatchReceipt)? {
        try await database.read { db in
            try Row.fetchOne(db, sql: Self.batchSelect + " WHERE b.id = ?", arguments: [id]).map {
                (try Self.summary($0), try Self.receipt($0))
            }
        }
    }

    public func batches(
        _ round: RoundID, _ platform: PlatformID, before: String?, limit: Int
    ) async throws -> [BatchSummary] {
        try await database.read { db in
            let position = try before.map {
                try Int64.fetchOne(db, sql: "SELECT position FROM port_batch WHERE id = ?", arguments: [$0]) ?? 0
            }
            return try Row.fetchAll(
                db,
                sql: Self.batchSelect
                    + " WHERE b.round = ? AND b.platform = ? AND b.position < ? ORDER BY b.position DESC LIMIT ?",
                arguments: [round.rawValue, platform.rawValue, position ?? Int64.max, limit]
            ).map(Self.summary)
        }
    }

    public func rejects(batch: String, afterLine: Int, limit: Int) async throws -> [RowFault] {
        try await database.read { db in
            try Row.fetchAll(
                db,
                sql: """
                    SELECT r.line, r.code, r.fields FROM port_reject r JOIN port_batch b ON b.position = r.batch
                    WHERE b.id = ? AND r.line > ? ORDER BY r.line LIMIT ?
                    """, arguments: [batch, afterLine, limit]
            ).compactMap { row in
                guard let code = RowFaultCode(rawValue: row["code"]) else { return nil }
                let values = try JSONDecoder().decode([String: String].self, from: Data((row["fields"] as String).utf8))
                return RowFault(line: row["line"], code: code, values: values)
            }
        }
    }

    public func rejectCounts(_ round: RoundID, _ platform: PlatformID) async throws -> [RowFaultCode: Int] {
        try await database.read { db in
            let rows = try Row.fetchAll(
                db,
                sql: """
                    SELECT r.code, count(*) AS count FROM port_reject r JOIN port_batch b ON b.position = r.batch
                    WHERE b.round = ? AND b.platform = ? AND b.voided_at_ms IS NULL GROUP BY r.code
                    """, arguments: [round.rawValue, platform.rawValue])
            return rows.reduce(into: [:]) { counts, row in
                if let code = RowFaultCode(rawValue: row["code"]) { counts[code] = row["count"] }
            }
        }
    }

    public func void(batch: String, reason: String, at: Instant, entry: AuditEntry) async throws -> Int {
        try await database.write(entry) { db in
            let row = try Row.fetchOne(db, sql: "SELECT voided_at_ms FROM port_batch WHERE id = ?", arguments: [batch])
            guard let row else { throw Failure("collect.batch-unknown", ["batch": batch]) }
            guard (row["voided_at_ms"] as Int64?) == nil else {
                throw Failure("collect.batch-voided", ["batch": batch])
            }
            try db.execute(
                literal: """
                    UPDATE port_batch SET voided_at_ms = \(at.milliseconds), void_reason = \(reason) WHERE id = \(batch)
                    """)
            if let position = try Int64.fetchOne(
                db, sql: "SELECT position FROM port_batch WHERE id = ?", arguments: [batch])
            {
                try PortVersions.note(batch: position, db)
            }
            // The sets of its days hold its facts; they are made anew without them.
            try db.execute(
                literal: """
                    DELETE FROM port_set WHERE (round, platform, kind, day) IN
                        (SELECT r.round, r.platform, r.kind, r.day FROM port_run r JOIN port_batch b
                         ON b.position = r.batch WHERE b.id = \(batch) AND b.snapshot IS NULL)
                    """)
        }.logIndex
    }

    // MARK: rows

    private static let batchSelect = """
        SELECT b.*, s.kind AS snapshot_kind, s.date AS snapshot_date
        FROM port_batch b LEFT JOIN port_snapshot s ON s.id = b.snapshot
        """

    private static func damaged(_ row: Row) -> Failure {
        Failure("store.row_damaged", ["table": "port_batch", "row": row["id"]])
    }

    private static func receipt(_ row: Row) throws -> BatchReceipt {
        try JSONDecoder().decode(BatchReceipt.self, from: Data((row["receipt"] as String).utf8))
    }

    private static func summary(_ row: Row) throws -> BatchSummary {
        let kind = (row["snapshot_kind"] as UInt8?).flatMap(RecordKind.init(rawValue:))
        return BatchSummary(
            id: row["id"], round: RoundID(row["round"] as String), platform: PlatformID(row["platform"] as String),
            key: row["port_key"], accepted: row["accepted"], rejected: row["rejected"], kinds: try receipt(row).kinds,
            late: row["late"], lateReason: row["late_reason"],
            snapshot: kind.map { "\($0.name) \(row["snapshot_date"] as String)" }, logIndex: row["log_index"],
            receivedAt: Instant(milliseconds: row["received_at_ms"]),
            voidedAt: (row["voided_at_ms"] as Int64?).map { Instant(milliseconds: $0) },
            voidReason: row["void_reason"])
    }
}
