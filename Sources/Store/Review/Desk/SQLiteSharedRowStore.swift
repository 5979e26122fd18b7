import Foundation
import GRDB
import Review
import Vocabulary

/// Equal rows of different submissions in SQLite, by the index over keys.
public struct SQLiteSharedRowStore: SharedRowStore {
    private let database: AuditedDatabase

    public init(_ database: AuditedDatabase) { self.database = database }

    public func revision(_ round: RoundID) async throws -> Int {
        try await database.read { db in
            try Int.fetchOne(
                db, sql: "SELECT max(id) FROM item_list WHERE round = ?", arguments: [round.rawValue]) ?? 0
        }
    }

    public func shared(_ round: RoundID, _ indicator: IndicatorID) async throws -> [SharedRows] {
        try await database.read { db in
            let sql = """
                SELECT s.platform, r.number, r.key
                FROM sheet s JOIN sheet_row r ON r.sheet = s.id
                WHERE s.round = ? AND s.indicator = ? AND r.until IS NULL AND r.key <> '' AND r.standing = 'good'
                  AND EXISTS (SELECT 1 FROM sheet_row o JOIN sheet t ON t.id = o.sheet
                              WHERE o.key = r.key AND o.until IS NULL AND o.key <> '' AND o.standing = 'good'
                                AND o.sheet <> r.sheet AND t.round = s.round AND t.indicator = s.indicator)
                ORDER BY s.platform, r.number LIMIT 20000
                """
            var byKey: [String: [SharedRows.Place]] = [:]
            var found: [(key: String, place: SharedRows.Place)] = []
            for row in try Row.fetchAll(db, sql: sql, arguments: [round.rawValue, indicator.rawValue]) {
                let place = SharedRows.Place(platform: PlatformID(row["platform"] as String), row: row["number"])
                byKey[row["key"], default: []].append(place)
                found.append((row["key"], place))
            }
            var rows: [PlatformID: [Int: [SharedRows.Place]]] = [:]
            for (key, place) in found {
                let others = byKey[key, default: []].filter { $0.platform != place.platform }
                if !others.isEmpty { rows[place.platform, default: [:]][place.row] = others }
            }
            return rows.keys.sorted().map { platform in
                SharedRows(
                    cell: CellAddress(round: round, platform: platform, indicator: indicator),
                    rows: rows[platform] ?? [:])
            }
        }
    }

    public func repeated(_ round: RoundID) async throws -> [CellAddress: [Int]] {
        try await database.read { db in
            let sql = """
                SELECT s.round, s.platform, s.indicator, r.number
                FROM sheet s JOIN sheet_row r ON r.sheet = s.id
                WHERE s.round = ? AND r.until IS NULL AND r.standing = 'repeat' ORDER BY s.id, r.number LIMIT 20000
                """
            var found: [CellAddress: [Int]] = [:]
            for row in try Row.fetchAll(db, sql: sql, arguments: [round.rawValue]) {
                let cell = CellAddress(row: row)
                if found[cell, default: []].count < 500 { found[cell, default: []].append(row["number"]) }
            }
            return found
        }
    }
}
