import Foundation
import GRDB
import Match
import Trust
import Vocabulary

/// Rows of negative lists and what was said about them, in SQLite.
public struct SQLiteEligibilityStore: EligibilityStore {
    private let database: AuditedDatabase

    public init(_ database: AuditedDatabase) { self.database = database }

    /// A company's rows by code and by name; both parts use their index.
    static let query = """
        SELECT l.list, l.header, r.content FROM official_list_row r JOIN official_list l ON l.id = r.list
        WHERE json_extract(r.content, '$.code') = :code AND l.round = :round AND l.withdrawn_at_ms IS NULL
        UNION
        SELECT l.list, l.header, r.content FROM official_list_row r INDEXED BY official_list_row_by_company
            CROSS JOIN official_list l ON l.id = r.list
        WHERE json_extract(r.content, '$.company') IN (:name, :wide, :narrow)
          AND json_extract(r.content, '$.code') IS NULL AND l.round = :round AND l.withdrawn_at_ms IS NULL
        """

    public func hits(_ round: RoundID, code: CompanyCode, name: String) async throws -> [NegativeHit] {
        let wide = name.replacing("(", with: "\u{FF08}").replacing(")", with: "\u{FF09}")
        let narrow = name.replacing("\u{FF08}", with: "(").replacing("\u{FF09}", with: ")")
        return try await database.read { db in
            let arguments: StatementArguments = [
                "round": round.rawValue, "code": code.text, "name": name, "wide": wide, "narrow": narrow,
            ]
            return try Row.fetchAll(db, sql: Self.query, arguments: arguments).compactMap { row in
                let header = try StoredJSON.value(ListHeader.self, row["header"], table: "official_list")
                guard let kind = header.negative else { return nil }
                return NegativeHit(
                    list: ListID(row["list"] as String), title: header.title, document: header.document, kind: kind,
                    row: try StoredJSON.value(ListRow.self, row["content"], table: "official_list_row"))
            }.filter { !$0.row.isRevoked }.sorted {
                ($0.list.rawValue, $0.row.number) < ($1.list.rawValue, $1.row.number)
            }
        }
    }

    public func words(_ round: RoundID, _ platform: PlatformID) async throws -> [EligibilityWord] {
        try await database.read { db in
            let sql = "SELECT * FROM eligibility_word WHERE round = ? AND platform = ? ORDER BY id"
            return try Row.fetchAll(db, sql: sql, arguments: [round.rawValue, platform.rawValue]).map { row in
                guard let act = EligibilityWord.Act(rawValue: row["act"]) else {
                    throw Failure("store.row_damaged", ["table": "eligibility_word", "row": platform.rawValue])
                }
                return EligibilityWord(
                    platform: platform, list: ListID(row["list"] as String), row: row["row"], act: act,
                    reason: row["reason"], evidence: row["evidence"], by: AccountID(row["account"] as String),
                    at: Instant(milliseconds: row["at_ms"]))
            }
        }
    }

    public func say(_ word: EligibilityWord, in round: RoundID, entry: AuditEntry) async throws {
        try await database.write(entry) { db in
            try db.execute(
                literal: """
                    INSERT INTO eligibility_word (round, platform, list, row, act, reason, evidence, account, at_ms)
                    VALUES (\(round.rawValue), \(word.platform.rawValue), \(word.list.rawValue), \(word.row),
                            \(word.act.rawValue), \(word.reason), \(word.evidence), \(word.by.rawValue),
                            \(word.at.milliseconds))
                    """)
        }
    }
}
