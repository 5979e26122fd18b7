import Collect
import Foundation
import GRDB
import Vocabulary

/// Brings the runs of one kind and day together into a compacted set, away from the pushes and in bounded pieces. The
/// batches' own runs stay where they are: a voided batch takes its days' sets with it, and they are made anew.
struct PortCompactor: Sendable {
    let database: AuditedDatabase
    let files: RunFiles
    /// Facts of one part of a set.
    var partLength = 1 << 20
    /// Runs that a day must have gathered before it is compacted (again).
    var enoughRuns = 8
    /// Bytes a second that are written, about.
    var bytesPerSecond = 32 << 20

    /// A day that is worth compacting.
    private struct Candidate: Sendable {
        var span: RunFiles.Span
        var through: Int64
        var runs: Int
    }

    /// What a compaction made.
    struct Outcome: Sendable {
        var facts = 0
        var bytes = 0
    }

    /// Compacts the day that has gathered most; nil when none is worth it.
    /// - Throws: `collect.segment_damaged`, `collect.storage-full`, `store.segment_unusable`.
    func step() async throws -> Outcome? {
        guard let candidate = try await candidate() else { return nil }
        let encoded = try await database.read { db in try files.encoded(db, candidate.span).map(\.bytes) }
        var merging = try RunMerging(encoded)
        var outcome = Outcome()
        var parts: [(frame: SegmentFrame, address: FrameAddress, facts: Int)] = []
        while true {
            let facts = try merging.next(partLength)
            if facts.isEmpty { break }
            let run = Run(
                kind: candidate.span.kind, day: candidate.span.days.lowerBound, entries: facts, rows: facts.count)
            let owner = "\(candidate.span.kind.name) \(candidate.span.days.lowerBound) \(parts.count)"
            var frame: SegmentFrame?
            let block = run.encoded()
            let addresses = try files.sets.append { segment in
                let encoded = SegmentFrame.encode(owner: owner, blocks: [block], segment: segment)
                frame = encoded.frame
                return [encoded.bytes]
            }
            guard let frame, let address = addresses.first else { return nil }
            parts.append((frame, address, facts.count))
            outcome.facts += facts.count
            outcome.bytes += block.count
            try await Task.sleep(for: .seconds(Double(block.count) / Double(bytesPerSecond)))
        }
        return try await replace(candidate, parts) ? outcome : nil
    }

    private func candidate() async throws -> Candidate? {
        try await database.read { db in
            let row = try Row.fetchOne(
                db,
                sql: """
                    SELECT r.round, r.platform, r.kind, r.day, max(r.batch) AS through, count(*) AS runs,
                           count(*) - coalesce(s.runs, 0) AS fresh
                    FROM port_run r JOIN port_batch b ON b.position = r.batch
                    LEFT JOIN port_set s ON s.round = r.round AND s.platform = r.platform AND s.kind = r.kind
                        AND s.day = r.day AND s.part = 0
                    WHERE b.voided_at_ms IS NULL AND b.snapshot IS NULL
                    GROUP BY r.round, r.platform, r.kind, r.day
                    HAVING fresh >= ? AND fresh * 4 >= coalesce(s.runs, 0)
                    ORDER BY fresh DESC LIMIT 1
                    """, arguments: [enoughRuns])
            guard let row, let kind = RecordKind(rawValue: row["kind"]) else { return nil }
            let day: Int = row["day"]
            return Candidate(
                span: RunFiles.Span(
                    round: RoundID(row["round"] as String), platform: PlatformID(row["platform"] as String),
                    kind: kind, days: day...day), through: row["through"], runs: row["runs"])
        }
    }

    /// Puts the new parts in the place of the old ones; false when a batch among them was voided meanwhile.
    private func replace(
        _ candidate: Candidate, _ parts: [(frame: SegmentFrame, address: FrameAddress, facts: Int)]
    ) async throws -> Bool {
        let span = candidate.span
        let day = span.days.lowerBound
        return try await database.housekeeping { db in
            let runs = try Int.fetchOne(
                db,
                sql: """
                    SELECT count(*) FROM port_run r JOIN port_batch b ON b.position = r.batch
                    WHERE r.round = ? AND r.platform = ? AND r.kind = ? AND r.day = ? AND r.batch <= ?
                      AND b.voided_at_ms IS NULL AND b.snapshot IS NULL
                    """,
                arguments: [span.round.rawValue, span.platform.rawValue, span.kind.rawValue, day, candidate.through])
            guard runs == candidate.runs else { return false }
            try db.execute(
                sql: "DELETE FROM port_set WHERE round = ? AND platform = ? AND kind = ? AND day = ?",
                arguments: [span.round.rawValue, span.platform.rawValue, span.kind.rawValue, day])
            for (part, made) in parts.enumerated() {
                guard let block = made.frame.blocks.first else { continue }
                try db.execute(
                    literal: """
                        INSERT INTO port_set (round, platform, kind, day, part, through, runs, facts, segment, place,
                                              frame, start, length)
                        VALUES (\(span.round.rawValue), \(span.platform.rawValue), \(span.kind.rawValue), \(day),
                                \(part), \(candidate.through), \(candidate.runs), \(made.facts),
                                \(made.address.segment), \(made.address.place), \(made.frame.length), \(block.start),
                                \(block.length))
                        """)
            }
            return true
        }
    }

    // MARK: giving back

    /// Overwrites frames whose facts were deleted, and gives back set segments that nothing points at any more.
    func tidy() async throws {
        let erasures = try await database.read { db in
            try Row.fetchAll(db, sql: "SELECT segment, place, length FROM port_erasure").map {
                FrameAddress(segment: $0["segment"], place: $0["place"], length: $0["length"])
            }
        }
        if !erasures.isEmpty {
            try files.segments.erase(erasures)
            try await database.housekeeping { db in
                for frame in erasures {
                    try db.execute(
                        sql: "DELETE FROM port_erasure WHERE segment = ? AND place = ?",
                        arguments: [frame.segment, frame.place])
                }
            }
        }
        for (folder, table) in [(files.sets, "port_set"), (files.segments, "port_frame")] {
            let used = try await database.read { db in
                Set(try Int.fetchAll(db, sql: "SELECT DISTINCT segment FROM \(table)"))
            }
            // The latest two may hold frames that are not committed yet.
            for number in try folder.numbers().dropLast(2) where !used.contains(number) { try folder.release(number) }
        }
    }
}
