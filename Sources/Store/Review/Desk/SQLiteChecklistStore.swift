import Foundation
import GRDB
import Review
import Trust
import Vocabulary

/// Decisions on lines of the formal checklist in SQLite.
public struct SQLiteChecklistStore: ChecklistStore {
    private let database: AuditedDatabase

    public init(_ database: AuditedDatabase) { self.database = database }

    public func decisions(_ round: RoundID, _ platform: PlatformID) async throws -> [ChecklistLine.Decision] {
        try await database.read { db in
            let sql = "SELECT * FROM checklist_decision WHERE is_void = 0 AND round = ? AND platform = ? ORDER BY line"
            return try Row.fetchAll(db, sql: sql, arguments: [round.rawValue, platform.rawValue]).compactMap { row in
                guard let verdict = ChecklistLine.Verdict(rawValue: row["verdict"]),
                    let automatic = ChecklistLine.Result(rawValue: row["automatic"])
                else { return nil }
                return ChecklistLine.Decision(
                    line: row["line"], verdict: verdict, reason: row["reason"], automatic: automatic,
                    by: AccountID(row["account"] as String), at: Instant(milliseconds: row["at_ms"]))
            }
        }
    }

    public func decide(
        _ new: ChecklistLine.Decision, _ round: RoundID, _ platform: PlatformID, entry: AuditEntry
    ) async throws {
        try await database.write(entry) { db in
            try db.execute(
                literal: """
                    UPDATE checklist_decision SET is_void = 1
                    WHERE is_void = 0 AND round = \(round.rawValue) AND platform = \(platform.rawValue)
                      AND line = \(new.line)
                    """)
            try db.execute(
                literal: """
                    INSERT INTO checklist_decision (round, platform, line, verdict, reason, automatic, account, at_ms)
                    VALUES (\(round.rawValue), \(platform.rawValue), \(new.line), \(new.verdict.rawValue),
                            \(new.reason), \(new.automatic.rawValue), \(new.by.rawValue), \(new.at.milliseconds))
                    """)
        }
    }
}
