import Collect
import GRDB
import Synchronization
import Vocabulary

/// Results in between of all platforms, each with the versions of what it was made from.
final class PartialCache: Sendable {
    struct Name: Hashable, Sendable {
        let round: RoundID
        let platform: PlatformID
        let part: PartialName
    }

    private struct Kept: Sendable {
        let versions: [Int64]
        let value: any Sendable
    }

    private static let capacity = 20_000
    private let kept = Mutex<[Name: Kept]>([:])

    func value<Value: Sendable>(_ name: Name, _ versions: [Int64], _ make: () throws -> Value) throws -> Value {
        if let known = kept.withLock({ $0[name] }), known.versions == versions, let value = known.value as? Value {
            return value
        }
        let value = try make()
        kept.withLock { kept in
            if kept.count >= PartialCache.capacity { kept.removeAll() }
            kept[name] = Kept(versions: versions, value: value)
        }
        return value
    }
}

/// Which log entry changed what last, of one platform.
struct PortVersions: Sendable {
    private var found: [Int: Int64] = [:]

    private static func place(_ kind: RecordKind, _ month: Int) -> Int { Int(kind.rawValue) << 32 | month }

    /// The month under which a run's changes are noted; stocks and whole sets have none.
    private static func number(_ month: CivilMonth) -> Int { month.year * 100 + month.month }

    init(_ database: GRDB.Database, round: RoundID, platform: PlatformID) throws {
        let rows = try Row.fetchCursor(
            database, sql: "SELECT kind, month, version FROM port_version WHERE round = ? AND platform = ?",
            arguments: [round.rawValue, platform.rawValue])
        while let row = try rows.next() {
            guard let kind = RecordKind(rawValue: row["kind"]) else { continue }
            found[PortVersions.place(kind, row["month"])] = row["version"]
        }
    }

    /// The versions that a result rests on, in one order; -1 for what never changed.
    func of(_ part: PartialName) -> [Int64] {
        part.kinds.flatMap { kind in
            ([0] + part.months.map(PortVersions.number)).map { found[PortVersions.place(kind, $0)] ?? -1 }
        }
    }

    /// Notes that the batch in the row `position` changed what it speaks of; the entry that is about to be written says so.
    static func note(batch position: Int64, _ database: GRDB.Database) throws {
        let rows = try Row.fetchAll(
            database,
            sql: """
                SELECT DISTINCT r.round, r.platform, r.kind, r.day, b.snapshot IS NOT NULL AS is_part
                FROM port_run r JOIN port_batch b ON b.position = r.batch WHERE r.batch = ?
                """, arguments: [position])
        let places = Set(
            rows.map { row -> [String] in
                let day: Int = row["day"]
                let isWhole = day == Run.allDays || row["is_part"]
                let month = isWhole ? 0 : number(CivilDay(daysSince1970: day).month)
                return [row["round"], row["platform"], "\(row["kind"] as Int)", "\(month)"]
            })
        let statement = try database.cachedStatement(
            sql: """
                INSERT INTO port_version (round, platform, kind, month, version)
                VALUES (?, ?, CAST(? AS INTEGER), CAST(? AS INTEGER), (SELECT coalesce(max(position) + 1, 0) FROM audit_log))
                ON CONFLICT DO UPDATE SET version = excluded.version
                """)
        for place in places { try statement.execute(arguments: StatementArguments(place)) }
    }
}
