import Foundation
import GRDB
import Review
import Trust
import Vocabulary

/// Experts' marks in SQLite; triggers hold them shut once an indicator is settled.
public struct SQLiteMarkStore: MarkStore {
    private let database: AuditedDatabase

    public init(_ database: AuditedDatabase) { self.database = database }

    public func mark(_ cell: CellAddress, by expert: AccountID) async throws -> ExpertMark? {
        try await database.read { db in
            let sql = "SELECT * FROM expert_mark WHERE round = ? AND platform = ? AND indicator = ? AND expert = ?"
            return try Row.fetchOne(db, sql: sql, arguments: cell.arguments + [expert.rawValue]).map(Self.mark)
        }
    }

    public func marks(_ cell: CellAddress) async throws -> [ExpertMark] {
        try await database.read { db in
            let sql = "SELECT * FROM expert_mark WHERE round = ? AND platform = ? AND indicator = ? ORDER BY expert"
            return try Row.fetchAll(db, sql: sql, arguments: cell.arguments).map(Self.mark)
        }
    }

    public func marks(_ round: RoundID, _ indicator: IndicatorID) async throws -> [ExpertMark] {
        try await database.read { db in
            let sql = "SELECT * FROM expert_mark WHERE round = ? AND indicator = ? ORDER BY platform, expert"
            return try Row.fetchAll(db, sql: sql, arguments: [round.rawValue, indicator.rawValue]).map(Self.mark)
        }
    }

    public func settled(_ round: RoundID) async throws -> Set<IndicatorID> {
        try await database.read { db in
            let ids = try String.fetchAll(
                db, sql: "SELECT indicator FROM mark_settlement WHERE round = ?", arguments: [round.rawValue])
            return Set(ids.map { IndicatorID($0) })
        }
    }

    public func give(_ mark: ExpertMark, entry: AuditEntry) async throws -> Int {
        try await database.write(entry) { db in try Self.give(mark, to: db) }.logIndex
    }

    /// Gives the mark within somebody else's transaction.
    /// - Throws: `review.marks_settled`, `review.stale`.
    static func give(_ mark: ExpertMark, to db: GRDB.Database) throws {
        if try isSettled(mark.cell.round, mark.cell.indicator, db) {
            throw Failure("review.marks_settled", ["indicator": mark.cell.indicator.rawValue])
        }
        if mark.version == 1 {
            try db.execute(
                literal: """
                    INSERT INTO expert_mark (round, platform, indicator, expert, mark, reason, at_ms, version)
                    VALUES (\(mark.cell.round.rawValue), \(mark.cell.platform.rawValue),
                            \(mark.cell.indicator.rawValue), \(mark.expert.rawValue), \(mark.mark.description),
                            \(mark.reason), \(mark.at.milliseconds), 1)
                    ON CONFLICT DO NOTHING
                    """)
        } else {
            try db.execute(
                literal: """
                    UPDATE expert_mark SET mark = \(mark.mark.description), reason = \(mark.reason),
                                           at_ms = \(mark.at.milliseconds), version = \(mark.version)
                    WHERE round = \(mark.cell.round.rawValue) AND platform = \(mark.cell.platform.rawValue)
                      AND indicator = \(mark.cell.indicator.rawValue) AND expert = \(mark.expert.rawValue)
                      AND version = \(mark.version - 1)
                    """)
        }
        if db.changesCount != 1 { throw Failure("review.stale", ["what": mark.cell.indicator.rawValue]) }
    }

    public func settle(_ round: RoundID, _ indicator: IndicatorID, at: Instant, entry: AuditEntry) async throws {
        guard try await !settled(round).contains(indicator) else { return }
        try await database.write(entry) { db in
            try db.execute(
                literal: """
                    INSERT INTO mark_settlement (round, indicator, at_ms)
                    VALUES (\(round.rawValue), \(indicator.rawValue), \(at.milliseconds)) ON CONFLICT DO NOTHING
                    """)
        }
    }

    private static func isSettled(_ round: RoundID, _ indicator: IndicatorID, _ db: GRDB.Database) throws -> Bool {
        try Bool.fetchOne(
            db, sql: "SELECT EXISTS (SELECT 1 FROM mark_settlement WHERE round = ? AND indicator = ?)",
            arguments: [round.rawValue, indicator.rawValue]) ?? false
    }

    private static func mark(_ row: Row) throws -> ExpertMark {
        guard let mark = ExactDecimal(row["mark"] as String) else {
            throw Failure("store.row_damaged", ["table": "expert_mark", "row": row["expert"]])
        }
        return ExpertMark(
            cell: CellAddress(row: row), expert: AccountID(row["expert"] as String), mark: mark, reason: row["reason"],
            at: Instant(milliseconds: row["at_ms"]), version: row["version"])
    }
}
