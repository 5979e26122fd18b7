import Collect
import Foundation
import GRDB
import Vocabulary

/// Reads kept runs, wherever they lie: in the frame of their batch, in a compacted set, or in the row itself as before
/// there were segments.
struct RunFiles: Sendable {
    let segments: SegmentFolder
    let sets: SegmentFolder
    let notes: DamageNotes

    /// What a query must give of a run: the row's own bytes, or the frame and the place in it.
    private static let select = """
        SELECT r.batch, b.id, r.bytes, r.start, r.length, f.segment, f.place
        FROM port_run r JOIN port_batch b ON b.position = r.batch LEFT JOIN port_frame f ON f.batch = r.batch
        """

    /// The encoded runs of which the condition holds.
    /// - Throws: `collect.segment_damaged` when one cannot be read.
    func encoded(
        _ database: GRDB.Database, where condition: String, _ arguments: StatementArguments
    ) throws -> [[UInt8]] {
        try Row.fetchAll(database, sql: "\(RunFiles.select) WHERE \(condition)", arguments: arguments).map(bytes)
    }

    /// The runs of which the condition holds.
    /// - Throws: `collect.segment_damaged` with file, offset, batch and reason.
    func runs(_ database: GRDB.Database, where condition: String, _ arguments: StatementArguments) throws -> [Run] {
        try Row.fetchAll(database, sql: "\(RunFiles.select) WHERE \(condition)", arguments: arguments).map { row in
            do { return try Run(encoded: try bytes(row)) } catch { throw damaged(error, row) }
        }
    }

    private func bytes(_ row: Row) throws -> [UInt8] {
        if let inline = row["bytes"] as Data? { return [UInt8](inline) }
        guard let segment = row["segment"] as Int?, let place = row["place"] as Int?, let start = row["start"] as Int?,
            let length = row["length"] as Int?
        else { throw Failure("store.row_damaged", ["table": "port_run", "row": row["id"]]) }
        do { return try segments.read(segment, at: place + start, length: length) } catch { throw damaged(error, row) }
    }

    /// The failure with the place at which it lies, written down for whoever looks after the installation.
    private func damaged(_ error: any Error, _ row: Row) -> any Error {
        guard let failure = error as? Failure, failure.code != "collect.segment_damaged" else { return error }
        return noted(failure, segments, row["segment"], row["place"] as Int? ?? 0, batch: row["id"])
    }

    private func noted(
        _ failure: Failure, _ folder: SegmentFolder, _ segment: Int?, _ place: Int, batch: String
    ) -> Failure {
        let named = Failure(
            "collect.segment_damaged",
            [
                "reason": failure.values["reason"] ?? failure.code, "batch": batch, "offset": "\(place)",
                "file": segment.map(folder.fileName) ?? "heng.sqlite",
            ])
        notes.note(named)
        return named
    }

    // MARK: whole days

    /// A platform's activity of a kind, or a stock's changes.
    struct Span: Sendable {
        var round: RoundID
        var platform: PlatformID
        var kind: RecordKind
        var days: ClosedRange<Int>

        var arguments: StatementArguments {
            [round.rawValue, platform.rawValue, kind.rawValue, days.lowerBound, days.upperBound]
        }
    }

    private static let counted = """
        r.round = ? AND r.platform = ? AND r.kind = ? AND r.day BETWEEN ? AND ?
        AND b.voided_at_ms IS NULL AND b.snapshot IS NULL
        """

    /// The encoded runs of all days of the span: of a compacted day its set and what came after it. A damaged set is
    /// noted and its day is read from the batches.
    /// - Throws: `collect.segment_damaged` when a batch that is needed cannot be read.
    func encoded(_ database: GRDB.Database, _ span: Span) throws -> [(day: Int, bytes: [UInt8])] {
        let rows = try Row.fetchAll(
            database,
            sql: """
                SELECT day, part, through, segment, place, start, length FROM port_set
                WHERE round = ? AND platform = ? AND kind = ? AND day BETWEEN ? AND ? ORDER BY day, part
                """, arguments: span.arguments)
        var found: [(day: Int, bytes: [UInt8])] = []
        var through: [Int: Int64] = [:]
        for (day, parts) in Dictionary(grouping: rows, by: { $0["day"] as Int }) {
            guard let read = sound(parts) else { continue }
            found += read.map { (day, $0) }
            through[day] = parts.first?["through"]
        }
        let runs = try Row.fetchAll(
            database,
            sql: RunFiles.select.replacing("SELECT ", with: "SELECT r.day, ", maxReplacements: 1)
                + " WHERE " + RunFiles.counted, arguments: span.arguments)
        for row in runs {
            let day: Int = row["day"]
            if let done = through[day], (row["batch"] as Int64) <= done { continue }
            found.append((day, try checked(row)))
        }
        return found
    }

    /// The parts of a set, all of them sound; nil when one is not.
    private func sound(_ parts: [Row]) -> [[UInt8]]? {
        var read: [[UInt8]] = []
        for row in parts {
            let (segment, place, start): (Int, Int, Int) = (row["segment"], row["place"], row["start"])
            do {
                let bytes = try sets.read(segment, at: place + start, length: row["length"])
                _ = try RunCursor(bytes)
                read.append(bytes)
            } catch {
                if let failure = error as? Failure { _ = noted(failure, sets, segment, place, batch: "") }
                return nil
            }
        }
        return read
    }

    private func checked(_ row: Row) throws -> [UInt8] {
        let bytes = try bytes(row)
        do { try Run.check(bytes) } catch { throw damaged(error, row) }
        return bytes
    }

    /// The runs of the span.
    func runs(_ database: GRDB.Database, _ span: Span) throws -> [Run] {
        try encoded(database, span).map { try Run(encoded: $0.bytes) }
    }
}
