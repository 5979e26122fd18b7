import GRDB
import Submit
import Vocabulary

/// What filling in has cost, counted in SQLite.
public struct SQLiteBurdenStore: BurdenStore {
    private let database: AuditedDatabase

    public init(_ database: AuditedDatabase) { self.database = database }

    public func burdens(_ round: RoundID) async throws -> [CompanyBurden] {
        try await database.read { db in
            let place: StatementArguments = [round.rawValue]
            var burdens: [String: CompanyBurden] = [:]
            let platforms = try String.fetchAll(
                db, sql: "SELECT platform FROM participation WHERE round = ? ORDER BY platform", arguments: place)
            for platform in platforms { burdens[platform] = CompanyBurden(platform: PlatformID(platform)) }
            func each(_ sql: String, _ body: (inout CompanyBurden, Row) -> Void) throws {
                for row in try Row.fetchAll(db, sql: sql, arguments: place) {
                    let platform: String = row["platform"]
                    if var burden = burdens[platform] {
                        body(&burden, row)
                        burdens[platform] = burden
                    }
                }
            }
            try each(
                """
                SELECT platform, origin, count(*) AS n FROM draft_field WHERE round = ? AND text <> ''
                GROUP BY platform, origin
                """
            ) { $0.fields[$1["origin"]] = $1["n"] }
            try each(
                """
                SELECT platform, sum(row_count) AS n FROM
                    (SELECT platform, row_count, max(version) FROM item_list WHERE round = ?
                     GROUP BY platform, indicator)
                GROUP BY platform
                """
            ) { $0.listRows = $1["n"] }
            try each(
                """
                SELECT e.platform, count(*) AS n, sum(f.size) AS bytes FROM evidence e
                JOIN evidence_file f ON f.digest = e.digest
                WHERE e.round = ? AND e.removed_at_ms IS NULL GROUP BY e.platform
                """
            ) {
                $0.files = $1["n"]
                $0.fileBytes = $1["bytes"]
            }
            try each("SELECT platform, sum(seconds) AS n FROM section_work WHERE round = ? GROUP BY platform") {
                $0.seconds = $1["n"]
            }
            try each("SELECT platform, count(*) AS n FROM cell_return WHERE round = ? GROUP BY platform") {
                $0.returns = $1["n"]
            }
            return platforms.compactMap { burdens[$0] }
        }
    }
}
