import Foundation
import GRDB
import Review
import Trust
import Vocabulary

/// Assignments of verifiers in SQLite.
public struct SQLiteVerifierAssignmentStore: VerifierAssignmentStore {
    private let database: AuditedDatabase

    public init(_ database: AuditedDatabase) { self.database = database }

    public func assignments(_ round: RoundID) async throws -> [PlatformID: [VerifierTask: Set<AccountID>]] {
        try await database.read { db in
            let rows = try Row.fetchAll(
                db, sql: "SELECT platform, kind, account FROM verifier_assignment WHERE round = ?",
                arguments: [round.rawValue])
            return rows.reduce(into: [:]) { all, row in
                guard let task = VerifierTask(rawValue: row["kind"]) else { return }
                all[PlatformID(row["platform"] as String), default: [:]][task, default: []].insert(
                    AccountID(row["account"] as String))
            }
        }
    }

    public func assign(
        _ accounts: Set<AccountID>, to platform: PlatformID, of round: RoundID, for task: VerifierTask,
        by: AccountID, at: Instant, entry: AuditEntry
    ) async throws {
        try await database.write(entry) { db in
            try db.execute(
                literal: """
                    DELETE FROM verifier_assignment WHERE round = \(round.rawValue)
                      AND platform = \(platform.rawValue) AND kind = \(task.rawValue)
                    """)
            for account in accounts.sorted() {
                try db.execute(
                    literal: """
                        INSERT INTO verifier_assignment (round, platform, account, kind, by, at_ms)
                        VALUES (\(round.rawValue), \(platform.rawValue), \(account.rawValue), \(task.rawValue),
                                \(by.rawValue), \(at.milliseconds))
                        """)
            }
        }
    }
}
