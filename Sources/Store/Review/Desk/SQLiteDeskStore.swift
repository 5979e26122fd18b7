import Foundation
import GRDB
import Review
import Trust
import Vocabulary

/// Decisions on items, assignments and clocks in SQLite. What makes a decision void stands in triggers, so that it holds
/// whoever writes.
public struct SQLiteDeskStore: DeskStore {
    let database: AuditedDatabase

    public init(_ database: AuditedDatabase) { self.database = database }

    public func decisions(_ round: RoundID) async throws -> [ItemDecision] {
        try await database.read { db in
            let sql =
                "SELECT * FROM item_decision WHERE voided IS NULL AND round = ? ORDER BY platform, indicator, level"
            return try Row.fetchAll(db, sql: sql, arguments: [round.rawValue]).map(Self.decision)
        }
    }

    public func decisions(_ round: RoundID, _ platform: PlatformID) async throws -> [ItemDecision] {
        try await database.read { db in
            let sql = """
                SELECT * FROM item_decision WHERE voided IS NULL AND round = ? AND platform = ?
                ORDER BY indicator, level
                """
            return try Row.fetchAll(db, sql: sql, arguments: [round.rawValue, platform.rawValue]).map(Self.decision)
        }
    }

    public func history(_ cell: CellAddress) async throws -> [ItemDecision] {
        try await database.read { db in
            let sql = """
                SELECT * FROM item_decision WHERE round = ? AND platform = ? AND indicator = ?
                ORDER BY id DESC LIMIT 100
                """
            return try Row.fetchAll(db, sql: sql, arguments: cell.arguments).map(Self.decision)
        }
    }

    public func assignments(_ round: RoundID) async throws -> [ItemAssignment] {
        try await database.read { db in
            let sql = "SELECT * FROM item_assignment WHERE is_void = 0 AND round = ? ORDER BY platform, indicator"
            return try Row.fetchAll(db, sql: sql, arguments: [round.rawValue]).compactMap { row in
                guard let level = ReviewLevel(rawValue: row["level"]) else { return nil }
                return ItemAssignment(
                    cell: CellAddress(row: row), level: level, account: AccountID(row["account"] as String),
                    note: row["note"], by: AccountID(row["assigner"] as String),
                    at: Instant(milliseconds: row["at_ms"]))
            }
        }
    }

    public func stages(_ round: RoundID) async throws -> [PlatformID: StageEntry] {
        try await database.read { db in
            try Row.fetchAll(db, sql: "SELECT * FROM desk_stage WHERE round = ?", arguments: [round.rawValue])
                .reduce(into: [:]) { all, row in
                    guard let state = SubmissionState(rawValue: row["submission"]) else { return }
                    all[PlatformID(row["platform"] as String)] = StageEntry(
                        state: state, since: Instant(milliseconds: row["since_ms"]))
                }
        }
    }

    public func noteStage(_ participation: Participation, at: Instant) async throws {
        try await database.housekeeping { db in
            try db.execute(
                literal: """
                    INSERT INTO desk_stage (round, platform, submission, since_ms)
                    VALUES (\(participation.round.rawValue), \(participation.platform.rawValue),
                            \(participation.submission.rawValue), \(at.milliseconds))
                    ON CONFLICT (round, platform) DO UPDATE SET submission = excluded.submission,
                        since_ms = excluded.since_ms
                    """)
        }
    }

    public func earlier(_ cell: CellAddress, version: Int) async throws -> EarlierDeclaration? {
        try await database.read { db in
            let sql = """
                SELECT figures, version, at_ms FROM declaration_past
                WHERE round = ? AND platform = ? AND indicator = ? AND version = ?
                """
            guard let row = try Row.fetchOne(db, sql: sql, arguments: cell.arguments + [version]) else { return nil }
            return EarlierDeclaration(
                values: try Figures.values(row["figures"], table: "declaration_past"), version: row["version"],
                at: Instant(milliseconds: row["at_ms"]))
        }
    }

    public func batch(_ id: String) async throws -> DeskBatch? {
        try await database.read { db in
            try Row.fetchOne(db, sql: "SELECT * FROM desk_batch WHERE id = ?", arguments: [id]).map { row in
                DeskBatch(
                    id: row["id"], round: RoundID(row["round"] as String), action: row["action"],
                    by: AccountID(row["account"] as String), at: Instant(milliseconds: row["at_ms"]),
                    itemCount: row["item_count"],
                    undoneAt: (row["undone_at_ms"] as Int64?).map { Instant(milliseconds: $0) })
            }
        }
    }

    static func decision(_ row: Row) throws -> ItemDecision {
        guard let level = ReviewLevel(rawValue: row["level"]),
            let verdict = ItemDecision.Verdict(rawValue: row["verdict"])
        else { throw Failure("store.row_damaged", ["table": "item_decision", "row": "\(row["id"] as Int64)"]) }
        return ItemDecision(
            id: row["id"], cell: CellAddress(row: row), level: level, verdict: verdict,
            reasonCode: (row["reason_code"] as String?).flatMap { CellReturn.ReasonCode(rawValue: $0) },
            reason: row["reason"], rows: RowNumbers.read(row["row_numbers"]),
            declaredVersion: row["declared_version"], by: AccountID(row["account"] as String),
            at: Instant(milliseconds: row["at_ms"]), batch: row["batch"],
            void: (row["voided"] as String?).flatMap { ItemDecision.Void(rawValue: $0) })
    }
}

/// Row numbers as they stand in a column: a JSON array.
enum RowNumbers {
    static func read(_ text: String) -> [Int] {
        (try? JSONDecoder().decode([Int].self, from: Data(text.utf8))) ?? []
    }

    static func text(_ rows: [Int]) -> String { "[" + rows.map { "\($0)" }.joined(separator: ",") + "]" }
}
