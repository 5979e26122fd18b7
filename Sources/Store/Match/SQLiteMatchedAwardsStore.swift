import GRDB
import Match
import Vocabulary

/// The explained outcome of matching in SQLite, the latest for each platform and indicator.
public struct SQLiteMatchedAwardsStore: MatchedAwardsStore {
    private let database: AuditedDatabase

    public init(_ database: AuditedDatabase) { self.database = database }

    public func keep(_ awards: [KeptAwards], of round: RoundID) async throws {
        guard !awards.isEmpty else { return }
        let rows = try awards.map { (kept: $0, content: try StoredJSON.text($0)) }
        // An explanation changes no score: the values it explains were written with their entries.
        try await database.housekeeping { db in
            let insertion = try db.makeStatement(
                sql: """
                    INSERT INTO matched_awards (round, platform, indicator, content, at_ms) VALUES (?, ?, ?, ?, ?)
                    ON CONFLICT (round, platform, indicator) DO UPDATE SET
                        content = excluded.content, at_ms = excluded.at_ms
                    """)
            for (kept, content) in rows {
                try insertion.execute(arguments: [
                    round.rawValue, kept.platform.rawValue, kept.awards.indicator.rawValue, content,
                    kept.at.milliseconds,
                ])
            }
        }
    }

    public func awards(_ round: RoundID, platform: PlatformID?) async throws -> [KeptAwards] {
        try await database.read { db in
            try String.fetchAll(
                db,
                sql: """
                    SELECT content FROM matched_awards WHERE round = ? AND (? IS NULL OR platform = ?)
                    ORDER BY platform, indicator
                    """, arguments: [round.rawValue, platform?.rawValue, platform?.rawValue]
            ).map { try StoredJSON.value(KeptAwards.self, $0, table: "matched_awards") }
        }
    }
}
