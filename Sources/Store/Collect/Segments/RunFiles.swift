import Collect
import Foundation
import GRDB
import Vocabulary

/// Reads kept runs, wherever they lie: in a segment, or in the row itself as before there were segments.
struct RunFiles: Sendable {
    let segments: SegmentFolder

    /// What a query must give for `bytes`: the row's own bytes or the frame and the place in it.
    static let columns = "r.batch, b.id, r.bytes, r.start, r.length, f.segment, f.place"
    static let tables = """
        port_run r JOIN port_batch b ON b.position = r.batch LEFT JOIN port_frame f ON f.batch = r.batch
        """

    /// The runs of which the condition holds.
    /// - Throws: `collect.run_damaged`.
    func runs(_ database: GRDB.Database, where condition: String, _ arguments: StatementArguments) throws -> [Run] {
        try Row.fetchAll(
            database, sql: "SELECT \(RunFiles.columns) FROM \(RunFiles.tables) WHERE \(condition)",
            arguments: arguments
        ).map(run)
    }

    /// The encoded run of a row.
    /// - Throws: `collect.run_damaged` with file, offset and batch when its place cannot be read.
    func bytes(_ row: Row) throws -> [UInt8] {
        if let inline = row["bytes"] as Data? { return [UInt8](inline) }
        guard let segment = row["segment"] as Int?, let place = row["place"] as Int?, let start = row["start"] as Int?,
            let length = row["length"] as Int?
        else { throw Failure("store.row_damaged", ["table": "port_run", "row": "\(row["batch"] as Int64)"]) }
        do {
            return try segments.read(segment, at: place + start, length: length)
        } catch let failure as Failure {
            throw damaged(row, failure.values["reason"] ?? failure.code)
        }
    }

    /// The run of a row.
    /// - Throws: `collect.run_damaged` with file, offset, batch and reason.
    func run(_ row: Row) throws -> Run {
        do {
            return try Run(encoded: try bytes(row))
        } catch let failure as Failure where failure.code == "collect.run_damaged" && failure.values["file"] == nil {
            throw damaged(row, failure.values["reason"] ?? "")
        }
    }

    private func damaged(_ row: Row, _ reason: String) -> Failure {
        let segment = row["segment"] as Int?
        let offset = (row["place"] as Int? ?? 0) + (row["start"] as Int? ?? 0)
        return Failure(
            "collect.run_damaged",
            [
                "reason": reason, "file": segment.map(segments.fileName) ?? "heng.sqlite", "offset": "\(offset)",
                "batch": row["id"],
            ])
    }
}
