import Foundation
import GRDB
import Submit
import Trust
import Vocabulary

/// Declarations and item lists in SQLite.
public struct SQLiteDeclarationStore: DeclarationStore {
    let database: AuditedDatabase
    let sealing: SealedFields

    /// - Parameter seal: for the fields that tell of persons; without it no list that has such fields is kept.
    public init(_ database: AuditedDatabase, seal: DataSeal?) {
        self.database = database
        self.sealing = SealedFields(seal: seal)
    }

    public func declaration(_ cell: CellAddress) async throws -> Declaration? {
        try await database.read { db in
            try Row.fetchOne(
                db, sql: "SELECT * FROM declaration WHERE round = ? AND platform = ? AND indicator = ?",
                arguments: cell.arguments
            ).map(Self.declaration)
        }
    }

    public func declarations(_ round: RoundID, _ platform: PlatformID) async throws -> [Declaration] {
        try await database.read { db in
            try Row.fetchAll(
                db, sql: "SELECT * FROM declaration WHERE round = ? AND platform = ? ORDER BY indicator",
                arguments: [round.rawValue, platform.rawValue]
            ).map(Self.declaration)
        }
    }

    public func declarations(_ round: RoundID) async throws -> [Declaration] {
        try await database.read { db in
            try Row.fetchAll(
                db, sql: "SELECT * FROM declaration WHERE round = ? ORDER BY platform, indicator",
                arguments: [round.rawValue]
            ).map(Self.declaration)
        }
    }

    public func list(_ cell: CellAddress) async throws -> ItemList? {
        let sealing = sealing
        return try await database.read { db in
            let sql = """
                SELECT * FROM item_list WHERE round = ? AND platform = ? AND indicator = ?
                ORDER BY version DESC LIMIT 1
                """
            guard let head = try Row.fetchOne(db, sql: sql, arguments: cell.arguments) else { return nil }
            let rows = try Row.fetchAll(
                db, sql: "SELECT number, since, fields, sealed FROM item WHERE list = ? ORDER BY number",
                arguments: [head["id"] as Int64])
            let items = try rows.map { row in
                let number: Int = row["number"]
                return ItemRow(
                    number: number,
                    fields: try sealing.read(
                        row["fields"], row["sealed"], cell: cell, version: row["since"], number: number))
            }
            return ItemList(
                cell: cell, rows: items, by: AccountID(head["account"] as String),
                at: Instant(milliseconds: head["at_ms"]), version: head["version"])
        }
    }

    public func rows(_ cell: CellAddress, version: Int, numbers: [Int]) async throws -> [ItemRow] {
        guard !numbers.isEmpty else { return [] }
        let wanted = "[" + numbers.map(String.init).joined(separator: ",") + "]"
        let sealing = sealing
        return try await database.read { db in
            let sql = """
                SELECT i.number, i.since, i.fields, i.sealed FROM item_list l JOIN item i ON i.list = l.id
                WHERE l.round = ? AND l.platform = ? AND l.indicator = ? AND l.version = ?
                  AND i.number IN (SELECT value FROM json_each(?)) ORDER BY i.number
                """
            let rows = try Row.fetchAll(db, sql: sql, arguments: cell.arguments + [version, wanted])
            return try rows.map { row in
                let number: Int = row["number"]
                return ItemRow(
                    number: number,
                    fields: try sealing.read(
                        row["fields"], row["sealed"], cell: cell, version: row["since"], number: number))
            }
        }
    }

    private static let counts = """
        SELECT platform, indicator, row_count, max(version) FROM item_list
        """

    public func listCounts(_ round: RoundID, _ platform: PlatformID) async throws -> [IndicatorID: Int] {
        try await database.read { db in
            let rows = try Row.fetchAll(
                db, sql: Self.counts + " WHERE round = ? AND platform = ? GROUP BY platform, indicator",
                arguments: [round.rawValue, platform.rawValue])
            return rows.reduce(into: [:]) { $0[IndicatorID($1["indicator"] as String)] = $1["row_count"] }
        }
    }

    public func listCounts(_ round: RoundID) async throws -> [CellAddress: Int] {
        try await database.read { db in
            let rows = try Row.fetchAll(
                db, sql: Self.counts + " WHERE round = ? GROUP BY platform, indicator", arguments: [round.rawValue])
            return rows.reduce(into: [:]) { counts, row in
                let cell = CellAddress(
                    round: round, platform: PlatformID(row["platform"] as String),
                    indicator: IndicatorID(row["indicator"] as String))
                counts[cell] = row["row_count"]
            }
        }
    }

    public func save(_ changes: [DeclaredChange]) async throws -> [Int] {
        guard !changes.isEmpty else { return [] }
        let sealing = sealing
        return try await database.write { db in
            for change in changes {
                try Self.write(change.declaration, to: db)
                if let list = change.list { try Self.write(list, sealing, to: db) }
                for field in change.fields { try Self.write(field, to: db) }
                if let sheet = change.sheet { try Self.write(sheet, sealing, to: db) }
            }
            return ((), changes.map(\.entry))
        }.logIndices
    }

    private static func write(_ new: Declaration, to db: GRDB.Database) throws {
        let figures = try Figures.json(new.values)
        if new.version == 1 {
            try db.execute(
                literal: """
                    INSERT INTO declaration (round, platform, indicator, figures, account, at_ms, version)
                    VALUES (\(new.cell.round.rawValue), \(new.cell.platform.rawValue), \(new.cell.indicator.rawValue),
                            \(figures), \(new.by.rawValue), \(new.at.milliseconds), 1)
                    ON CONFLICT DO NOTHING
                    """)
        } else {
            try db.execute(
                literal: """
                    UPDATE declaration SET figures = \(figures), account = \(new.by.rawValue),
                                           at_ms = \(new.at.milliseconds), version = \(new.version)
                    WHERE round = \(new.cell.round.rawValue) AND platform = \(new.cell.platform.rawValue)
                      AND indicator = \(new.cell.indicator.rawValue) AND version = \(new.version - 1)
                    """)
        }
        if db.changesCount != 1 { throw Failure("submit.stale", ["indicator": new.cell.indicator.rawValue]) }
    }

    private static func declaration(_ row: Row) throws -> Declaration {
        Declaration(
            cell: CellAddress(row: row), values: try Figures.values(row["figures"], table: "declaration"),
            by: AccountID(row["account"] as String), at: Instant(milliseconds: row["at_ms"]), version: row["version"])
    }
}

extension CellAddress {
    /// Round, platform, indicator.
    var arguments: StatementArguments { [round.rawValue, platform.rawValue, indicator.rawValue] }

    /// Of a row with the columns `round`, `platform`, `indicator`.
    init(row: Row) {
        self.init(
            round: RoundID(row["round"] as String), platform: PlatformID(row["platform"] as String),
            indicator: IndicatorID(row["indicator"] as String))
    }
}
