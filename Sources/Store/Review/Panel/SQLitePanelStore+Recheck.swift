import Foundation
import GRDB
import Review
import Trust
import Vocabulary

extension SQLitePanelStore {
    public func tellings(_ round: RoundID) async throws -> [PlatformID: Telling] {
        try await database.read { db in
            let rows = try Row.fetchAll(
                db, sql: "SELECT * FROM telling WHERE round = ? ORDER BY platform, version", arguments: [round.rawValue]
            )
            var last: [PlatformID: Telling] = [:]
            for row in rows {
                let telling = try Self.telling(row)
                last[telling.platform] = telling
            }
            return last
        }
    }

    public func telling(_ round: RoundID, _ platform: PlatformID) async throws -> Telling? {
        try await database.read { db in
            try Row.fetchOne(
                db, sql: "SELECT * FROM telling WHERE round = ? AND platform = ? ORDER BY version DESC LIMIT 1",
                arguments: [round.rawValue, platform.rawValue]
            ).map(Self.telling)
        }
    }

    private static func telling(_ row: Row) throws -> Telling {
        let platform = PlatformID(row["platform"] as String)
        guard let day = CivilDay(row["last_day"] as String) else { throw damaged("telling", platform.rawValue) }
        return Telling(
            round: RoundID(row["round"] as String), platform: platform, version: row["version"],
            at: Instant(milliseconds: row["at_ms"]), days: row["days"], lastDay: day,
            computation: row["computation"], acceptedBy: (row["accepted_by"] as String?).map { AccountID($0) },
            acceptedAt: (row["accepted_at_ms"] as Int64?).map { Instant(milliseconds: $0) })
    }

    public func accept(
        _ round: RoundID, _ platform: PlatformID, by: AccountID, at: Instant, entry: AuditEntry
    ) async throws {
        try await database.write(entry) { db in
            try db.execute(
                literal: """
                    UPDATE telling SET accepted_by = \(by.rawValue), accepted_at_ms = \(at.milliseconds)
                    WHERE round = \(round.rawValue) AND platform = \(platform.rawValue) AND accepted_by IS NULL
                      AND version = (SELECT max(version) FROM telling WHERE round = \(round.rawValue)
                                                                        AND platform = \(platform.rawValue))
                    """)
            if db.changesCount != 1 { throw Failure("panel.not_told") }
        }
    }

    public func recheck(_ round: RoundID, _ platform: PlatformID) async throws -> Recheck? {
        try await fetch("round = ? AND platform = ?", [round.rawValue, platform.rawValue]).first
    }

    public func rechecks(_ round: RoundID) async throws -> [Recheck] { try await fetch("round = ?", [round.rawValue]) }

    private func fetch(_ condition: String, _ arguments: StatementArguments) async throws -> [Recheck] {
        try await database.read { db in
            let cells = try Row.fetchAll(
                db, sql: "SELECT * FROM recheck_cell WHERE \(condition) ORDER BY platform, indicator",
                arguments: arguments)
            let byPlatform = Swift.Dictionary(grouping: cells) { $0["platform"] as String }
            return try Row.fetchAll(
                db, sql: "SELECT * FROM recheck WHERE \(condition) ORDER BY platform", arguments: arguments
            ).map { row in
                let platform: String = row["platform"]
                return Recheck(
                    round: RoundID(row["round"] as String), platform: PlatformID(platform), reason: row["reason"],
                    cells: try (byPlatform[platform] ?? []).map(Self.cell), by: AccountID(row["account"] as String),
                    at: Instant(milliseconds: row["at_ms"]), logIndex: row["log_index"])
            }
        }
    }

    private static func cell(_ row: Row) throws -> RecheckCell {
        RecheckCell(
            indicator: IndicatorID(row["indicator"] as String), reason: row["reason"],
            beforeVersion: row["before_version"],
            before: try Figures.values(row["before_figures"], table: "recheck_cell"), answer: row["answer"],
            after: try (row["after_figures"] as String?).map { try Figures.values($0, table: "recheck_cell") },
            answeredBy: (row["answered_by"] as String?).map { AccountID($0) },
            answeredAt: (row["answered_at_ms"] as Int64?).map { Instant(milliseconds: $0) })
    }

    public func request(_ recheck: Recheck, entry: AuditEntry) async throws {
        let cells = try recheck.cells.map { ($0, try Figures.json($0.before)) }
        try await database.write(entry) { db in
            let isThere = try Bool.fetchOne(
                db, sql: "SELECT EXISTS (SELECT 1 FROM recheck WHERE round = ? AND platform = ?)",
                arguments: [recheck.round.rawValue, recheck.platform.rawValue])
            if isThere == true { throw Failure("panel.recheck_once") }
            try db.execute(
                literal: """
                    INSERT INTO recheck (round, platform, reason, account, at_ms, log_index)
                    VALUES (\(recheck.round.rawValue), \(recheck.platform.rawValue), \(recheck.reason),
                            \(recheck.by.rawValue), \(recheck.at.milliseconds), \(try Self.nextIndex(db)))
                    """)
            for (cell, figures) in cells {
                try db.execute(
                    literal: """
                        INSERT INTO recheck_cell (round, platform, indicator, reason, before_version, before_figures)
                        VALUES (\(recheck.round.rawValue), \(recheck.platform.rawValue), \(cell.indicator.rawValue),
                                \(cell.reason), \(cell.beforeVersion), \(figures))
                        """)
            }
        }
    }

    public func withdraw(_ recheck: Recheck, entry: AuditEntry) async throws {
        try await database.write(entry) { db in
            for table in ["recheck_cell", "recheck"] {
                try db.execute(
                    sql: "DELETE FROM \(table) WHERE round = ? AND platform = ?",
                    arguments: [recheck.round.rawValue, recheck.platform.rawValue])
            }
        }
    }

    public func answer(_ recheck: Recheck, _ cell: RecheckCell, entry: AuditEntry) async throws {
        let figures = try Figures.json(cell.after ?? [:])
        try await database.write(entry) { db in
            try db.execute(
                literal: """
                    UPDATE recheck_cell SET answer = \(cell.answer), after_figures = \(figures),
                        answered_by = \(cell.answeredBy?.rawValue), answered_at_ms = \(cell.answeredAt?.milliseconds),
                        log_index = \(try Self.nextIndex(db))
                    WHERE round = \(recheck.round.rawValue) AND platform = \(recheck.platform.rawValue)
                      AND indicator = \(cell.indicator.rawValue)
                    """)
            if db.changesCount != 1 {
                throw Failure("panel.recheck_cell_unknown", ["indicator": cell.indicator.rawValue])
            }
        }
    }
}
