import GRDB
import Submit
import Vocabulary

/// The work of filling in, counted in SQLite.
public struct SQLiteFormActivityStore: FormActivityStore {
    private let database: AuditedDatabase

    public init(_ database: AuditedDatabase) { self.database = database }

    public func worked(_ work: SectionWork) async throws {
        try await database.housekeeping { db in
            try db.execute(
                literal: """
                    INSERT INTO section_work (round, platform, section, account, first_ms, last_ms, seconds)
                    VALUES (\(work.round.rawValue), \(work.platform.rawValue), \(work.section), \(work.by.rawValue),
                            \(work.at.milliseconds), \(work.at.milliseconds), \(work.seconds))
                    ON CONFLICT DO UPDATE SET last_ms = max(last_ms, excluded.last_ms),
                                              seconds = seconds + excluded.seconds
                    """)
        }
    }

    public func activity(_ round: RoundID) async throws -> [PlatformID: FormActivity] {
        try await database.read { db in
            var all: [PlatformID: FormActivity] = [:]
            let fields = """
                SELECT platform, origin, count(*) AS n FROM draft_field WHERE round = ? AND text <> ''
                GROUP BY platform, origin
                """
            for row in try Row.fetchAll(db, sql: fields, arguments: [round.rawValue]) {
                guard let origin = FigureOrigin(rawValue: row["origin"]) else { continue }
                all[PlatformID(row["platform"] as String), default: .init()].fields[origin] = row["n"]
            }
            let rows = """
                SELECT s.platform, r.origin, count(*) AS n FROM sheet s JOIN sheet_row r ON r.sheet = s.id
                WHERE s.round = ? AND r.until IS NULL GROUP BY s.platform, r.origin
                """
            for row in try Row.fetchAll(db, sql: rows, arguments: [round.rawValue]) {
                guard let origin = FigureOrigin(rawValue: row["origin"]) else { continue }
                all[PlatformID(row["platform"] as String), default: .init()].rows[origin] = row["n"]
            }
            let seconds = "SELECT platform, section, sum(seconds) AS n FROM section_work WHERE round = ? GROUP BY 1, 2"
            for row in try Row.fetchAll(db, sql: seconds, arguments: [round.rawValue]) {
                all[PlatformID(row["platform"] as String), default: .init()].seconds[row["section"]] = row["n"]
            }
            return all
        }
    }
}
