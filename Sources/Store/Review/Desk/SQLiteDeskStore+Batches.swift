import Foundation
import GRDB
import Review
import Trust
import Vocabulary

extension SQLiteDeskStore {
    public func carryOut(_ plan: DeskPlan, as batch: DeskBatch, entries: [AuditEntry]) async throws {
        guard !plan.items.isEmpty, entries.count == plan.items.count else { throw Failure("desk.nothing_to_do") }
        _ = try await database.write { db in
            try db.execute(
                literal: """
                    INSERT INTO desk_batch (id, round, action, account, at_ms, item_count)
                    VALUES (\(batch.id), \(batch.round.rawValue), \(batch.action), \(batch.by.rawValue),
                            \(batch.at.milliseconds), \(batch.itemCount))
                    """)
            for item in plan.items {
                guard let level = ReviewLevel(reviewing: item.submission) else { throw Self.stale(item.cell) }
                try Self.check(item, level, db)
                switch plan.action {
                case .accept(let note):
                    try Self.decide(item, level, .accept, nil, note, [], batch, db)
                case .return(let code, let reason, let rows):
                    try Self.decide(item, level, .return, code, reason, rows, batch, db)
                case .handOver(let colleague, let note):
                    try Self.assign(item, level, colleague, note, batch, db)
                }
            }
            return ((), entries)
        }
    }

    private static func stale(_ cell: CellAddress) -> Failure {
        Failure("desk.stale", ["platform": cell.platform.rawValue, "indicator": cell.indicator.rawValue])
    }

    /// Submission, declaration and decision are still those that the plan was made from.
    private static func check(_ item: DeskItem, _ level: ReviewLevel, _ db: GRDB.Database) throws {
        let cell = item.cell
        let submission = try String.fetchOne(
            db, sql: "SELECT submission FROM participation WHERE round = ? AND platform = ?",
            arguments: [cell.round.rawValue, cell.platform.rawValue])
        let declared =
            try Int.fetchOne(
                db, sql: "SELECT version FROM declaration WHERE round = ? AND platform = ? AND indicator = ?",
                arguments: cell.arguments) ?? 0
        let standing = try Int.fetchOne(
            db, sql: standing("item_decision", "voided IS NULL"), arguments: cell.arguments + [level.rawValue])
        guard submission == item.submission.rawValue, declared == item.declaredVersion, standing == item.decision?.id
        else { throw stale(cell) }
    }

    private static func standing(_ table: String, _ condition: String) -> String {
        "SELECT id FROM \(table) WHERE round = ? AND platform = ? AND indicator = ? AND level = ? AND \(condition)"
    }

    private static func decide(
        _ item: DeskItem, _ level: ReviewLevel, _ verdict: ItemDecision.Verdict, _ code: CellReturn.ReasonCode?,
        _ reason: String, _ rows: [Int], _ batch: DeskBatch, _ db: GRDB.Database
    ) throws {
        let cell = item.cell
        if let old = item.decision {
            try db.execute(sql: "UPDATE item_decision SET voided = 'replaced' WHERE id = ?", arguments: [old.id])
            try closeReturns(of: old.id, db)
        }
        var tookBack = false
        if verdict == .return {
            try db.execute(
                literal: """
                    UPDATE verification SET is_void = 1, version = version + 1
                    WHERE is_void = 0 AND round = \(cell.round.rawValue) AND platform = \(cell.platform.rawValue)
                      AND indicator = \(cell.indicator.rawValue)
                    """)
            tookBack = db.changesCount > 0
        }
        try db.execute(
            literal: """
                INSERT INTO item_decision (round, platform, indicator, level, verdict, reason_code, reason,
                                           row_numbers, declared_version, account, at_ms, batch, replaced, took_back)
                VALUES (\(cell.round.rawValue), \(cell.platform.rawValue), \(cell.indicator.rawValue),
                        \(level.rawValue), \(verdict.rawValue), \(code?.rawValue), \(reason),
                        \(RowNumbers.text(rows)), \(item.declaredVersion), \(batch.by.rawValue),
                        \(batch.at.milliseconds), \(batch.id), \(item.decision?.id), \(tookBack))
                """)
        guard let code else { return }
        let id = db.lastInsertedRowID
        try db.execute(
            literal: """
                INSERT INTO cell_return (round, platform, indicator, reason_code, reason, declared_version, account,
                                         at_ms, row_numbers, decision)
                VALUES (\(cell.round.rawValue), \(cell.platform.rawValue), \(cell.indicator.rawValue),
                        \(code.rawValue), \(reason), \(item.declaredVersion), \(batch.by.rawValue),
                        \(batch.at.milliseconds), \(RowNumbers.text(rows)), \(id))
                """)
    }

    private static func closeReturns(of decision: Int, _ db: GRDB.Database) throws {
        try db.execute(sql: "UPDATE cell_return SET is_closed = 1 WHERE decision = ?", arguments: [decision])
    }

    private static func assign(
        _ item: DeskItem, _ level: ReviewLevel, _ colleague: AccountID, _ note: String, _ batch: DeskBatch,
        _ db: GRDB.Database
    ) throws {
        let cell = item.cell
        let old = try Int.fetchOne(
            db, sql: standing("item_assignment", "is_void = 0"), arguments: cell.arguments + [level.rawValue])
        if let old {
            try db.execute(sql: "UPDATE item_assignment SET is_void = 1 WHERE id = ?", arguments: [old])
        }
        try db.execute(
            literal: """
                INSERT INTO item_assignment (round, platform, indicator, level, account, note, assigner, at_ms, batch,
                                             replaced)
                VALUES (\(cell.round.rawValue), \(cell.platform.rawValue), \(cell.indicator.rawValue),
                        \(level.rawValue), \(colleague.rawValue), \(note), \(batch.by.rawValue),
                        \(batch.at.milliseconds), \(batch.id), \(old))
                """)
    }

    // MARK: - Undo

    public func undo(_ batch: DeskBatch, at: Instant, entry: AuditEntry) async throws {
        try await database.write(entry) { db in
            try db.execute(
                literal: """
                    UPDATE desk_batch SET undone_at_ms = \(at.milliseconds)
                    WHERE id = \(batch.id) AND undone_at_ms IS NULL
                    """)
            guard db.changesCount == 1 else { throw Failure("desk.undone_already") }
            let decisions = "SELECT * FROM item_decision WHERE batch = ? ORDER BY id"
            for row in try Row.fetchAll(db, sql: decisions, arguments: [batch.id]) { try Self.undoDecision(row, db) }
            let assignments = "SELECT * FROM item_assignment WHERE batch = ? ORDER BY id"
            for row in try Row.fetchAll(db, sql: assignments, arguments: [batch.id]) {
                try Self.undoAssignment(row, db)
            }
        }
    }

    private static func tooLate(_ row: Row) -> Failure {
        let cell = CellAddress(row: row)
        return Failure(
            "desk.undo_too_late", ["platform": cell.platform.rawValue, "indicator": cell.indicator.rawValue])
    }

    private static func undoDecision(_ row: Row, _ db: GRDB.Database) throws {
        let cell = CellAddress(row: row)
        let submission = try String.fetchOne(
            db, sql: "SELECT submission FROM participation WHERE round = ? AND platform = ?",
            arguments: [cell.round.rawValue, cell.platform.rawValue])
        let level = submission.flatMap { SubmissionState(rawValue: $0) }.flatMap { ReviewLevel(reviewing: $0) }
        guard (row["voided"] as String?) == nil, level?.rawValue == (row["level"] as String) else {
            throw tooLate(row)
        }
        let id: Int = row["id"]
        try db.execute(sql: "UPDATE item_decision SET voided = 'undone' WHERE id = ?", arguments: [id])
        try closeReturns(of: id, db)
        if row["took_back"] as Bool {
            try db.execute(
                literal: """
                    UPDATE verification SET is_void = 0, version = version + 1
                    WHERE is_void = 1 AND round = \(cell.round.rawValue) AND platform = \(cell.platform.rawValue)
                      AND indicator = \(cell.indicator.rawValue)
                    """)
        }
        guard let replaced = row["replaced"] as Int? else { return }
        try db.execute(
            sql: "UPDATE item_decision SET voided = NULL WHERE id = ? AND voided = 'replaced'", arguments: [replaced])
        if db.changesCount == 1 {
            try db.execute(sql: "UPDATE cell_return SET is_closed = 0 WHERE decision = ?", arguments: [replaced])
        }
    }

    private static func undoAssignment(_ row: Row, _ db: GRDB.Database) throws {
        guard !(row["is_void"] as Bool) else { throw tooLate(row) }
        try db.execute(sql: "UPDATE item_assignment SET is_void = 1 WHERE id = ?", arguments: [row["id"] as Int])
        guard let replaced = row["replaced"] as Int? else { return }
        try db.execute(sql: "UPDATE item_assignment SET is_void = 0 WHERE id = ?", arguments: [replaced])
    }
}
