import Collect
import Foundation
import GRDB
import Vocabulary

/// One platform's acknowledged facts inside one read: the measures see one consistent state.
struct SQLiteRunSource: RunSource {
    let database: GRDB.Database
    let files: RunFiles
    let round: RoundID
    let platform: PlatformID
    /// Results in between; nil keeps none.
    var partials: (cache: PartialCache, versions: PortVersions)?

    func runs(_ kind: RecordKind, days: ClosedRange<CivilDay>) throws -> [Run] {
        try fetch(kind, from: days.lowerBound.daysSince1970, to: days.upperBound.daysSince1970)
    }

    func encoded(_ kind: RecordKind, days: ClosedRange<CivilDay>) throws -> [(day: Int, bytes: [UInt8])] {
        let span = days.lowerBound.daysSince1970...days.upperBound.daysSince1970
        return try files.encoded(
            database, RunFiles.Span(round: round, platform: platform, kind: kind, days: span))
    }

    func partial<Value: Sendable>(_ name: PartialName, _ make: () throws -> Value) throws -> Value {
        guard let partials else { return try make() }
        let place = PartialCache.Name(round: round, platform: platform, part: name)
        return try partials.cache.value(place, partials.versions.of(name), make)
    }

    func stockRuns(_ kind: RecordKind) throws -> [Run] { try fetch(kind, from: Run.allDays, to: Run.allDays) }

    private func fetch(_ kind: RecordKind, from: Int, to: Int) throws -> [Run] {
        try files.runs(
            database, RunFiles.Span(round: round, platform: platform, kind: kind, days: from...to))
    }

    /// A snapshot whose batches were all taken back states nothing; one that lost some of them is not whole any more
    /// and states nothing either.
    func snapshots(_ kind: RecordKind) throws -> [InventorySnapshot] {
        let rows = try Row.fetchAll(
            database,
            sql: """
                SELECT s.id, s.date FROM port_snapshot s
                WHERE s.round = ? AND s.platform = ? AND s.kind = ? AND s.completed_at_ms IS NOT NULL
                  AND NOT EXISTS (SELECT 1 FROM port_batch b WHERE b.snapshot = s.id AND b.voided_at_ms IS NOT NULL)
                ORDER BY s.date, s.id
                """, arguments: [round.rawValue, platform.rawValue, kind.rawValue])
        var byDate: [String: Int64] = [:]
        for row in rows { byDate[row["date"]] = row["id"] }
        return try byDate.sorted { $0.key < $1.key }.compactMap { date, id in
            guard let day = CivilDay(date) else { return nil }
            return InventorySnapshot(
                kind: kind, date: day, runs: try files.runs(database, where: "b.snapshot = ?", [id]))
        }
    }

    func summaries() throws -> [SummaryFigure] {
        let rows = try Row.fetchAll(
            database,
            sql: """
                SELECT f.period, f.indicator, f.value FROM port_summary f JOIN port_batch b ON b.position = f.batch
                WHERE b.round = ? AND b.platform = ? AND b.voided_at_ms IS NULL ORDER BY b.position
                """, arguments: [round.rawValue, platform.rawValue])
        var latest: [String: SummaryFigure] = [:]
        for row in rows {
            let period: String = row["period"]
            let indicator: String = row["indicator"]
            guard let value = ExactDecimal(row["value"] as String) else { continue }
            latest[period + "/" + indicator] = SummaryFigure(
                period: period, indicator: IndicatorID(indicator), value: value)
        }
        return latest.sorted { $0.key < $1.key }.map(\.value)
    }

    func names(_ kind: RecordKind) throws -> [RecordKey: RecordName] {
        let rows = try Row.fetchAll(
            database,
            sql: """
                SELECT n.key, n.id, n.title FROM port_name n JOIN port_batch b ON b.position = n.batch
                WHERE b.round = ? AND b.platform = ? AND n.kind = ? AND b.voided_at_ms IS NULL ORDER BY b.position
                """, arguments: [round.rawValue, platform.rawValue, kind.rawValue])
        return rows.reduce(into: [:]) { names, row in
            guard let key = RecordKey(bytes: [UInt8](row["key"] as Data)) else { return }
            names[key] = RecordName(id: row["id"], title: row["title"])
        }
    }
}
