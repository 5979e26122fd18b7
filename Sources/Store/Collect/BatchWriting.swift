import Collect
import Foundation
import GRDB
import Vocabulary

/// Writes one batch inside its transaction; the audit entry follows in the same one.
struct BatchWriting {
    let database: GRDB.Database
    let batch: NewBatch
    let files: RunFiles

    func write(_ frame: SegmentFrame, at address: FrameAddress) throws -> BatchReceipt {
        let taken = try Row.fetchOne(
            database,
            sql: "SELECT 1 FROM port_batch WHERE round = ? AND platform = ? AND idempotency_key = ?",
            arguments: [batch.round.rawValue, batch.platform.rawValue, batch.idempotencyKey])
        if taken != nil { throw Failure("collect.idempotency-key-in-use", ["key": batch.idempotencyKey]) }
        let snapshot = try batch.snapshot.map { try openSnapshot($0) }
        let stated = try statedSet(snapshot)
        let logIndex = try Int.fetchOne(database, sql: "SELECT coalesce(max(position) + 1, 0) FROM audit_log") ?? 0
        let receipt = BatchReceipt(
            batch: batch.id, round: batch.round, platform: batch.platform, reading: batch.reading, snapshot: stated,
            digest: batch.contentDigest, logIndex: logIndex, signedBy: batch.signingKey, receivedAt: batch.receivedAt)
        let position = try insertBatch(receipt, snapshot, logIndex)
        try insertFrame(frame, address, position)
        try PortVersions.note(batch: position, database)
        try insertTexts(position)
        if let snapshot, batch.snapshot?.completes == true {
            try database.execute(
                literal: """
                    UPDATE port_snapshot SET completed_at_ms = \(batch.receivedAt.milliseconds) WHERE id = \(snapshot)
                    """)
        }
        return receipt
    }

    /// The open snapshot of the platform, kind and date; a new one when there is none.
    private func openSnapshot(_ part: NewBatch.SnapshotPart) throws -> Int64 {
        let open = try Int64.fetchOne(
            database,
            sql: """
                SELECT id FROM port_snapshot
                WHERE round = ? AND platform = ? AND kind = ? AND date = ? AND completed_at_ms IS NULL
                """,
            arguments: [batch.round.rawValue, batch.platform.rawValue, part.kind.rawValue, part.date.description])
        if let open { return open }
        try database.execute(
            literal: """
                INSERT INTO port_snapshot (round, platform, kind, date)
                VALUES (\(batch.round.rawValue), \(batch.platform.rawValue), \(part.kind.rawValue),
                        \(part.date.description))
                """)
        return database.lastInsertedRowID
    }

    /// What the snapshot states with this batch; on completion also its difference to the running set.
    private func statedSet(_ snapshot: Int64?) throws -> BatchReceipt.Snapshot? {
        guard let snapshot, let part = batch.snapshot else { return nil }
        let before = try files.runs(
            database, where: "b.snapshot = ? AND b.voided_at_ms IS NULL", [snapshot])
        let members = before.flatMap(\.entries) + batch.reading.runs.flatMap(\.entries)
        guard part.completes else {
            return BatchReceipt.Snapshot(
                kind: part.kind.name, date: part.date, isComplete: false,
                members: SnapshotDifference.members(members))
        }
        let source = SQLiteRunSource(
            database: database, files: files, round: batch.round, platform: batch.platform)
        let difference = try SnapshotDifference(
            members: members, kind: part.kind, date: part.date, source: source, cutter: batch.cutter)
        return BatchReceipt.Snapshot(
            kind: part.kind.name, date: part.date, isComplete: true, members: difference.members,
            added: difference.added, removed: difference.removed)
    }

    private func insertBatch(_ receipt: BatchReceipt, _ snapshot: Int64?, _ logIndex: Int) throws -> Int64 {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        let text = String(decoding: try encoder.encode(receipt), as: UTF8.self)
        try database.execute(
            literal: """
                INSERT INTO port_batch (id, round, platform, port_key, idempotency_key, request_digest, content_digest,
                                        snapshot, accepted, rejected, late, late_reason, received_at_ms, log_index,
                                        receipt, signing_key)
                VALUES (\(batch.id), \(batch.round.rawValue), \(batch.platform.rawValue), \(batch.key),
                        \(batch.idempotencyKey), \(batch.requestDigest.bytes.data), \(batch.contentDigest.bytes.data),
                        \(snapshot), \(receipt.accepted), \(receipt.rejected), \(receipt.late),
                        \(batch.lateReason), \(batch.receivedAt.milliseconds), \(logIndex), \(text), \(batch.signingKey))
                """)
        return database.lastInsertedRowID
    }

    private func insertFrame(_ frame: SegmentFrame, _ address: FrameAddress, _ position: Int64) throws {
        try database.cachedStatement(sql: "INSERT INTO port_frame (batch, segment, place, length) VALUES (?, ?, ?, ?)")
            .execute(arguments: [position, address.segment, address.place, address.length])
        let statement = try database.cachedStatement(
            sql: """
                INSERT INTO port_run (round, platform, kind, day, batch, rows, start, length)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?)
                """)
        for (run, block) in zip(batch.reading.runs, frame.blocks) {
            try statement.execute(arguments: [
                batch.round.rawValue, batch.platform.rawValue, run.kind.rawValue, run.day, position, run.rows,
                block.start, block.length,
            ])
        }
    }

    /// Rejects, summaries and names. Of several figures for one period in a batch the last one counts.
    private func insertTexts(_ position: Int64) throws {
        let encoder = JSONEncoder()
        encoder.outputFormatting = .sortedKeys
        let reject = try database.cachedStatement(
            sql: "INSERT INTO port_reject (batch, line, code, fields) VALUES (?, ?, ?, ?)")
        for fault in batch.reading.rejects {
            let fields = String(decoding: try encoder.encode(fault.values), as: UTF8.self)
            try reject.execute(arguments: [position, fault.line, fault.code.rawValue, fields])
        }
        let summary = try database.cachedStatement(
            sql: "INSERT OR REPLACE INTO port_summary (batch, period, indicator, value) VALUES (?, ?, ?, ?)")
        for figure in batch.reading.summaries {
            try summary.execute(arguments: [
                position, figure.period, figure.indicator.rawValue, figure.value.description,
            ])
        }
        let name = try database.cachedStatement(
            sql: "INSERT INTO port_name (batch, kind, key, id, title) VALUES (?, ?, ?, ?, ?)")
        for (kind, names) in batch.reading.names {
            for (key, value) in names {
                try name.execute(arguments: [position, kind.rawValue, key.bytes.data, value.id, value.title])
            }
        }
    }
}
