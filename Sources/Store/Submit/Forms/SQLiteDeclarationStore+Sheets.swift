import Foundation
import GRDB
import Submit
import Vocabulary

/// Item lists row by row.
extension SQLiteDeclarationStore {
    public func version(_ cell: CellAddress) async throws -> Int {
        try await database.read { db in try Self.version(cell, db) }
    }

    public func head(_ cell: CellAddress) async throws -> SheetHead {
        try await database.read { db in
            let version = try Self.version(cell, db)
            guard let sheet = try Self.sheet(cell, db) else { return SheetHead(version: version) }
            let next = try Int.fetchOne(db, sql: "SELECT next_number FROM sheet WHERE id = ?", arguments: [sheet])
            let counts = try Row.fetchAll(
                db,
                sql:
                    "SELECT standing, count(*) AS n FROM sheet_row WHERE sheet = ? AND until IS NULL GROUP BY standing",
                arguments: [sheet])
            var byStanding: [String: Int] = [:]
            for row in counts { byStanding[row["standing"]] = row["n"] }
            return SheetHead(
                version: version, good: byStanding["good"] ?? 0, repeated: byStanding["repeat"] ?? 0,
                faulty: byStanding["faulty"] ?? 0, nextNumber: next ?? 2)
        }
    }

    public func rows(
        _ cell: CellAddress, after number: Int, changedAfter version: Int, limit: Int
    ) async throws -> [ListedRow] {
        let sealing = sealing
        return try await database.read { db in
            guard let sheet = try Self.sheet(cell, db) else { return [] }
            let sql = """
                SELECT * FROM sheet_row WHERE sheet = ? AND until IS NULL AND number > ? AND since > ?
                ORDER BY number LIMIT ?
                """
            return try Row.fetchAll(db, sql: sql, arguments: [sheet, number, version, limit]).map {
                try Self.listedRow($0, sealing, cell)
            }
        }
    }

    public func rows(_ cell: CellAddress, numbers: [Int], keys: [String]) async throws -> [ListedRow] {
        let sealing = sealing
        return try await database.read { db in
            guard let sheet = try Self.sheet(cell, db) else { return [] }
            var found: [Int: ListedRow] = [:]
            let byNumber = try db.cachedStatement(
                sql: "SELECT * FROM sheet_row WHERE sheet = ? AND number = ? AND until IS NULL")
            for number in Set(numbers) {
                if let row = try Row.fetchOne(byNumber, arguments: [sheet, number]) {
                    found[number] = try Self.listedRow(row, sealing, cell)
                }
            }
            let byKey = try db.cachedStatement(
                sql: "SELECT * FROM sheet_row WHERE sheet = ? AND key = ? AND until IS NULL AND key <> ''")
            for key in Set(keys).flatMap(sealing.keys) where !key.isEmpty {
                for row in try Row.fetchAll(byKey, arguments: [sheet, key]) {
                    found[row["number"]] = try Self.listedRow(row, sealing, cell)
                }
            }
            return found.values.sorted { $0.number < $1.number }
        }
    }

    public func numbers(_ cell: CellAddress, references: [String]) async throws -> [String: Int] {
        guard !references.isEmpty else { return [:] }
        return try await database.read { db in
            guard let sheet = try Self.sheet(cell, db) else { return [:] }
            let statement = try db.cachedStatement(
                sql: "SELECT number FROM sheet_row WHERE sheet = ? AND reference = ? AND reference <> '' LIMIT 1")
            var found: [String: Int] = [:]
            for reference in Set(references) where !reference.isEmpty {
                found[reference] = try Int.fetchOne(statement, arguments: [sheet, reference])
            }
            return found
        }
    }

    public func removed(_ cell: CellAddress, after version: Int, limit: Int) async throws -> [Int] {
        try await database.read { db in
            guard let sheet = try Self.sheet(cell, db) else { return [] }
            let sql = """
                SELECT DISTINCT r.number FROM sheet_row r
                WHERE r.sheet = ? AND r.until > ?
                  AND NOT EXISTS (SELECT 1 FROM sheet_row n
                                  WHERE n.sheet = r.sheet AND n.number = r.number AND n.until IS NULL)
                ORDER BY r.number LIMIT ?
                """
            return try Int.fetchAll(db, sql: sql, arguments: [sheet, version, limit])
        }
    }

    public func isApplied(batch: String, to cell: CellAddress) async throws -> Bool {
        try await database.read { db in
            guard let sheet = try Self.sheet(cell, db) else { return false }
            let sql = "SELECT EXISTS (SELECT 1 FROM sheet_batch WHERE sheet = ? AND batch = ?)"
            return try Bool.fetchOne(db, sql: sql, arguments: [sheet, batch]) ?? false
        }
    }

    // MARK: - Writing

    /// A list that replaces the one before, as a change of single rows.
    static func write(_ list: ItemList, _ sealing: SealedFields, to db: GRDB.Database) throws {
        let present =
            try sheet(list.cell, db).map {
                try Int.fetchAll(
                    db, sql: "SELECT number FROM sheet_row WHERE sheet = ? AND until IS NULL", arguments: [$0])
            } ?? []
        let numbers = Set(list.rows.map(\.number))
        let written = list.rows.map {
            ListedRow(number: $0.number, fields: $0.fields, standing: .good, since: list.version)
        }
        try write(
            SheetChange(
                cell: list.cell, version: list.version, written: written,
                removed: present.filter { !numbers.contains($0) }, good: list.rows.count, by: list.by, at: list.at,
                batch: "", personalFields: list.personalFields), sealing, to: db)
    }

    static func write(_ change: SheetChange, _ sealing: SealedFields, to db: GRDB.Database) throws {
        let cell = change.cell
        guard try version(cell, db) == change.version - 1 else {
            throw Failure("submit.stale", ["indicator": cell.indicator.rawValue])
        }
        try db.execute(
            literal: """
                INSERT INTO item_list (round, platform, indicator, version, row_count, account, at_ms)
                VALUES (\(cell.round.rawValue), \(cell.platform.rawValue), \(cell.indicator.rawValue),
                        \(change.version), \(change.good), \(change.by.rawValue), \(change.at.milliseconds))
                """)
        let highest = change.written.map(\.number).max() ?? 1
        try db.execute(
            literal: """
                INSERT INTO sheet (round, platform, indicator, next_number)
                VALUES (\(cell.round.rawValue), \(cell.platform.rawValue), \(cell.indicator.rawValue), \(highest + 1))
                ON CONFLICT DO UPDATE SET next_number = max(next_number, excluded.next_number)
                """)
        guard let sheet = try sheet(cell, db) else { throw Failure("submit.stale") }
        let close = try db.cachedStatement(
            sql: "UPDATE sheet_row SET until = ? WHERE sheet = ? AND number = ? AND until IS NULL")
        for number in change.removed + change.written.map(\.number) {
            try close.execute(arguments: [change.version, sheet, number])
        }
        let insert = try db.cachedStatement(
            sql: """
                INSERT INTO sheet_row (sheet, number, since, standing, key, fields, sealed, origin, source, reference)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                """)
        let personal = change.personalFields
        for row in change.written {
            let (fields, sealed) = try sealing.write(
                row.fields, personal: personal, cell: cell, version: change.version, number: row.number)
            try insert.execute(arguments: [
                sheet, row.number, change.version, row.standing.rawValue, sealing.key(row.key, personal: personal),
                fields, sealed, row.origin.rawValue, row.source, row.reference,
            ])
        }
        if !change.batch.isEmpty {
            try db.execute(
                literal: """
                    INSERT INTO sheet_batch (sheet, batch, version) VALUES (\(sheet), \(change.batch), \(change.version))
                    ON CONFLICT DO NOTHING
                    """)
        }
    }

    private static func version(_ cell: CellAddress, _ db: GRDB.Database) throws -> Int {
        try Int.fetchOne(
            db, sql: "SELECT max(version) FROM item_list WHERE round = ? AND platform = ? AND indicator = ?",
            arguments: cell.arguments) ?? 0
    }

    private static func sheet(_ cell: CellAddress, _ db: GRDB.Database) throws -> Int64? {
        try Int64.fetchOne(
            db, sql: "SELECT id FROM sheet WHERE round = ? AND platform = ? AND indicator = ?",
            arguments: cell.arguments)
    }

    private static func listedRow(_ row: Row, _ sealing: SealedFields, _ cell: CellAddress) throws -> ListedRow {
        let fields = try sealing.read(
            row["fields"], row["sealed"], cell: cell, version: row["since"], number: row["number"])
        return ListedRow(
            number: row["number"], fields: fields, standing: RowStanding(rawValue: row["standing"]) ?? .faulty,
            key: row["key"], origin: FigureOrigin(rawValue: row["origin"]) ?? .typed, source: row["source"],
            reference: row["reference"], since: row["since"])
    }
}
