import Foundation
import GRDB
import Submit
import Trust
import Vocabulary

/// The fields of the forms as they were typed.
extension SQLiteDeclarationStore {
    public func drafts(_ cell: CellAddress) async throws -> [String: DraftField] {
        try await database.read { db in
            let rows = try Row.fetchAll(
                db, sql: "SELECT * FROM draft_field WHERE round = ? AND platform = ? AND indicator = ?",
                arguments: cell.arguments)
            return try rows.reduce(into: [:]) { fields, row in
                let field = try Self.draft(row)
                fields[field.figure] = field
            }
        }
    }

    public func drafts(_ round: RoundID, _ platform: PlatformID) async throws -> [DraftField] {
        try await database.read { db in
            try Row.fetchAll(
                db, sql: "SELECT * FROM draft_field WHERE round = ? AND platform = ? ORDER BY indicator, figure",
                arguments: [round.rawValue, platform.rawValue]
            ).map(Self.draft)
        }
    }

    public func applied(_ edits: [String], to cell: CellAddress) async throws -> Set<String> {
        guard !edits.isEmpty else { return [] }
        return try await database.read { db in
            let marks = databaseQuestionMarks(count: edits.count)
            let sql = """
                SELECT edit FROM draft_field
                WHERE round = ? AND platform = ? AND indicator = ? AND edit IN (\(marks))
                UNION SELECT edit FROM draft_field_past
                WHERE round = ? AND platform = ? AND indicator = ? AND edit IN (\(marks))
                """
            let arguments = cell.arguments + StatementArguments(edits) + cell.arguments + StatementArguments(edits)
            return Set(try String.fetchAll(db, sql: sql, arguments: arguments))
        }
    }

    public func keep(_ fields: [DraftField], entry: AuditEntry) async throws -> [Int] {
        try await database.write { db in
            for field in fields { try Self.write(field, to: db) }
            return ((), [entry])
        }.logIndices
    }

    static func write(_ new: DraftField, to db: GRDB.Database) throws {
        let (round, platform) = (new.cell.round.rawValue, new.cell.platform.rawValue)
        let indicator = new.cell.indicator.rawValue
        if new.version == 1 {
            try db.execute(
                literal: """
                    INSERT INTO draft_field (round, platform, indicator, figure, text, origin, source, is_confirmed,
                                             edit, account, at_ms, version)
                    VALUES (\(round), \(platform), \(indicator), \(new.figure), \(new.text), \(new.origin.rawValue),
                            \(new.source), \(new.isConfirmed), \(new.edit), \(new.by.rawValue),
                            \(new.at.milliseconds), 1)
                    ON CONFLICT DO NOTHING
                    """)
        } else {
            try db.execute(
                literal: """
                    UPDATE draft_field SET text = \(new.text), origin = \(new.origin.rawValue), source = \(new.source),
                        is_confirmed = \(new.isConfirmed), edit = \(new.edit), account = \(new.by.rawValue),
                        at_ms = \(new.at.milliseconds), version = \(new.version)
                    WHERE round = \(round) AND platform = \(platform) AND indicator = \(indicator)
                      AND figure = \(new.figure) AND version = \(new.version - 1)
                    """)
        }
        if db.changesCount != 1 { throw Failure("submit.stale", ["indicator": indicator]) }
    }

    private static func draft(_ row: Row) throws -> DraftField {
        DraftField(
            cell: CellAddress(row: row), figure: row["figure"], text: row["text"],
            origin: FigureOrigin(rawValue: row["origin"]) ?? .typed, source: row["source"],
            isConfirmed: row["is_confirmed"], by: AccountID(row["account"] as String),
            at: Instant(milliseconds: row["at_ms"]), version: row["version"], edit: row["edit"])
    }
}
