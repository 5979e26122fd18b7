import Evaluate
import Foundation
import GRDB
import Match
import Trust
import Vocabulary

/// Official lists in SQLite, rows as JSON in their own table, files as they came.
public struct SQLiteOfficialListStore: OfficialListStore, ImportedLists {
    private let database: AuditedDatabase

    public init(_ database: AuditedDatabase) { self.database = database }

    private static let columns =
        "list, header, digest, row_count, account, at_ms, log_index, withdrawn_at_ms, id, indicator"

    public func add(_ new: ListImport, entry: AuditEntry) async throws -> Int {
        let header = try StoredJSON.text(new.list.header)
        let rows = try new.list.rows.map { (number: $0.number, content: try StoredJSON.text($0)) }
        return try await database.write(deciding: { db in
            // The entry follows, so that the list can carry its index.
            let position = try Int.fetchOne(db, sql: "SELECT coalesce(max(position) + 1, 0) FROM audit_log") ?? 0
            let known = try Row.fetchOne(
                db, sql: "SELECT id, withdrawn_at_ms FROM official_list WHERE round = ? AND list = ?",
                arguments: [new.round.rawValue, new.list.id.rawValue])
            if let known {
                guard known["withdrawn_at_ms"] as Int64? != nil else {
                    throw Failure("match.list_exists", ["title": new.list.header.title])
                }
                try db.execute(
                    sql: "UPDATE official_list SET withdrawn_at_ms = NULL, log_index = ?, account = ? WHERE id = ?",
                    arguments: [position, new.by.rawValue, known["id"] as Int64])
                return ((), [entry])
            }
            try db.execute(
                literal: """
                    INSERT INTO official_list (round, list, header, indicator, digest, row_count, file, account, at_ms,
                                               log_index)
                    VALUES (\(new.round.rawValue), \(new.list.id.rawValue), \(header),
                            \(new.list.header.indicator?.rawValue), \(Data(new.list.digest.bytes)),
                            \(new.list.rows.count), \(Data(new.file)), \(new.by.rawValue), \(new.at.milliseconds),
                            \(position))
                    """)
            let id = db.lastInsertedRowID
            let insertion = try db.makeStatement(
                sql: "INSERT INTO official_list_row (list, number, content) VALUES (?, ?, ?)")
            for row in rows { try insertion.execute(arguments: [id, row.number, row.content]) }
            return ((), [entry])
        }).logIndices[0]
    }

    public func withdraw(_ list: ListID, of round: RoundID, at: Instant, entry: AuditEntry) async throws -> Int {
        try await database.write(entry) { db in
            let known = try Row.fetchOne(
                db, sql: "SELECT withdrawn_at_ms FROM official_list WHERE round = ? AND list = ?",
                arguments: [round.rawValue, list.rawValue])
            guard let known else { throw Failure("match.list_unknown", ["list": list.rawValue]) }
            guard known["withdrawn_at_ms"] as Int64? == nil else {
                throw Failure("match.list_withdrawn", ["list": list.rawValue])
            }
            try db.execute(
                sql: "UPDATE official_list SET withdrawn_at_ms = ? WHERE round = ? AND list = ?",
                arguments: [at.milliseconds, round.rawValue, list.rawValue])
        }.logIndex
    }

    public func summaries(_ round: RoundID) async throws -> [ListSummary] {
        try await database.read { db in
            try Row.fetchAll(
                db, sql: "SELECT \(Self.columns) FROM official_list WHERE round = ? ORDER BY id",
                arguments: [round.rawValue]
            ).map(Self.summary)
        }
    }

    public func summary(_ round: RoundID, _ list: ListID) async throws -> ListSummary? {
        try await database.read { db in
            try Row.fetchOne(
                db, sql: "SELECT \(Self.columns) FROM official_list WHERE round = ? AND list = ?",
                arguments: [round.rawValue, list.rawValue]
            ).map(Self.summary)
        }
    }

    public func rows(_ round: RoundID, _ list: ListID, after number: Int, limit: Int) async throws -> [ListRow] {
        try await database.read { db in
            try String.fetchAll(
                db,
                sql: """
                    SELECT content FROM official_list_row
                    WHERE list = (SELECT id FROM official_list WHERE round = ? AND list = ?) AND number > ?
                    ORDER BY number LIMIT ?
                    """, arguments: [round.rawValue, list.rawValue, number, limit]
            ).map { try StoredJSON.value(ListRow.self, $0, table: "official_list_row") }
        }
    }

    public func file(_ round: RoundID, _ list: ListID) async throws -> [UInt8]? {
        try await database.read { db in
            try Data.fetchOne(
                db, sql: "SELECT file FROM official_list WHERE round = ? AND list = ?",
                arguments: [round.rawValue, list.rawValue]
            ).map { Array($0) }
        }
    }

    public func lists(_ round: RoundID, for indicator: IndicatorID) async throws -> [OfficialList] {
        try await database.read { db in
            let found = try Row.fetchAll(
                db,
                sql: """
                    SELECT \(Self.columns) FROM official_list
                    WHERE round = ? AND indicator = ? AND withdrawn_at_ms IS NULL ORDER BY id
                    """, arguments: [round.rawValue, indicator.rawValue])
            return try found.map { row in
                let summary = try Self.summary(row)
                let rows = try String.fetchAll(
                    db, sql: "SELECT content FROM official_list_row WHERE list = ? ORDER BY number",
                    arguments: [row["id"] as Int64])
                return OfficialList(
                    id: summary.id, header: summary.header, digest: summary.digest,
                    rows: try rows.map { try StoredJSON.value(ListRow.self, $0, table: "official_list_row") })
            }
        }
    }

    private static func summary(_ row: Row) throws -> ListSummary {
        let id = ListID(row["list"] as String)
        guard let digest = Digest(bytes: Array(row["digest"] as Data)) else {
            throw Failure("store.row_damaged", ["table": "official_list", "row": id.rawValue])
        }
        return ListSummary(
            id: id, header: try StoredJSON.value(ListHeader.self, row["header"], table: "official_list"),
            digest: digest,
            rowCount: row["row_count"], by: AccountID(row["account"] as String),
            at: Instant(milliseconds: row["at_ms"]), logIndex: row["log_index"],
            withdrawnAt: (row["withdrawn_at_ms"] as Int64?).map { Instant(milliseconds: $0) })
    }
}

/// Values kept as JSON in a column, keys sorted.
enum StoredJSON {
    static func text(_ value: some Encodable) throws -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return String(decoding: try encoder.encode(value), as: UTF8.self)
    }

    /// - Throws: `store.row_damaged`.
    static func value<Value: Decodable>(_ type: Value.Type, _ text: String, table: String) throws -> Value {
        do {
            return try JSONDecoder().decode(type, from: Data(text.utf8))
        } catch {
            throw Failure("store.row_damaged", ["table": table, "row": String(text.prefix(40))], cause: error)
        }
    }
}
