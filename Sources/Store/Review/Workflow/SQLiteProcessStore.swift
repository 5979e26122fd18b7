import GRDB
import Review
import Trust
import Vocabulary

/// The periods of rounds in SQLite.
public struct SQLiteProcessStore: ProcessStore {
    private let database: AuditedDatabase

    public init(_ database: AuditedDatabase) { self.database = database }

    public func settings(_ round: RoundID) async throws -> ProcessSettings? {
        try await database.read { db in
            try Row.fetchOne(db, sql: "SELECT * FROM process_setting WHERE round = ?", arguments: [round.rawValue]).map
            {
                ProcessSettings(
                    returned: $0["returned"], supplement: $0["supplement"], query: $0["query"], recheck: $0["recheck"],
                    notice: $0["notice"], sampleProof: $0["sample_proof"], version: $0["version"])
            }
        }
    }

    public func set(_ settings: ProcessSettings, of round: RoundID, entry: AuditEntry) async throws -> Int {
        try await database.write(entry) { db in
            let present = try Int.fetchOne(
                db, sql: "SELECT version FROM process_setting WHERE round = ?", arguments: [round.rawValue])
            guard (present ?? 0) + 1 == settings.version else {
                throw Failure("review.stale", ["what": round.rawValue])
            }
            try db.execute(
                literal: """
                    INSERT OR REPLACE INTO process_setting
                        (round, returned, supplement, query, recheck, notice, sample_proof, version)
                    VALUES (\(round.rawValue), \(settings.returned), \(settings.supplement), \(settings.query),
                            \(settings.recheck), \(settings.notice), \(settings.sampleProof), \(settings.version))
                    """)
        }.logIndex
    }
}
