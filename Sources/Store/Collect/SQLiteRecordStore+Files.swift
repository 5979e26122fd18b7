import Collect
import Foundation
import GRDB
import Vocabulary

// The port's files: opening, looking through, keeping tidy.
extension SQLiteRecordStore {
    public func open() async throws { try await opening.open() }

    public func damages(_ round: RoundID, _ platform: PlatformID) async throws -> [PortDamage] {
        try await database.read { db in
            try Row.fetchAll(
                db,
                sql: """
                    SELECT d.* FROM port_damage d JOIN port_batch b ON b.id = d.batch
                    WHERE b.round = ? AND b.platform = ? AND b.voided_at_ms IS NULL ORDER BY d.file, d.place
                    """, arguments: [round.rawValue, platform.rawValue]
            ).map {
                PortDamage(file: $0["file"], offset: $0["place"], batch: $0["batch"], reason: $0["reason"])
            }
        }
    }

    public func overlap(
        _ round: RoundID, of platforms: [PlatformID], kind: RecordKind, days: ClosedRange<CivilDay>
    ) async throws -> KeyOverlap {
        try await database.read { [files] db in
            let span = days.lowerBound.daysSince1970...days.upperBound.daysSince1970
            return try KeyOverlap(
                try platforms.map { platform in
                    try files.encoded(
                        db, RunFiles.Span(round: round, platform: platform, kind: kind, days: span)
                    ).map(\.bytes)
                })
        }
    }

    public func inspect(at now: Instant) async throws -> PortInspection {
        var found = PortInspection()
        for file in [segments, sets] {
            for number in try file.numbers()
            where !SegmentHeader.isSound(try file.read(number, at: 0, length: SegmentHeader.length), number: number) {
                found.damages.append(
                    PortDamage(file: file.fileName(number), offset: 0, batch: nil, reason: "header"))
            }
        }
        let frames = try await database.read { db in
            try Row.fetchAll(
                db,
                sql: """
                    SELECT b.id, f.segment, f.place, f.length FROM port_frame f JOIN port_batch b ON b.position = f.batch
                    ORDER BY f.segment, f.place
                    """
            ).map { (id: $0["id"] as String, place: FrameAddress($0, length: "length")) }
        }
        for (id, address) in frames {
            found.batches += 1
            found.batchBytes += address.length
            if let reason = fault(in: segments, address, owner: id) {
                found.damages.append(
                    PortDamage(
                        file: segments.fileName(address.segment), offset: address.place, batch: id, reason: reason))
            }
        }
        let parts = try await database.read { db in
            try Row.fetchAll(
                db, sql: "SELECT facts, segment, place, frame, length FROM port_set ORDER BY segment, place"
            )
            .map { (facts: $0["facts"] as Int, bytes: $0["length"] as Int, place: FrameAddress($0, length: "frame")) }
        }
        for (facts, bytes, address) in parts {
            found.sets += 1
            found.setFacts += facts
            found.setBytes += bytes
            if let reason = fault(in: sets, address, owner: nil) {
                found.damages.append(
                    PortDamage(file: sets.fileName(address.segment), offset: address.place, batch: nil, reason: reason))
            }
        }
        try await keep(found.damages, at: now)
        return found
    }

    /// What is wrong with a frame; nil when nothing is.
    private func fault(in folder: SegmentFolder, _ address: FrameAddress, owner: String?) -> String? {
        do {
            let bytes = try folder.read(address.segment, at: address.place, length: address.length)
            let frame = try SegmentFrame(checking: bytes, segment: address.segment)
            if let owner, frame.owner != owner { return "owner" }
            return nil
        } catch {
            return (error as? Failure).map { $0.values["reason"] ?? $0.code } ?? "\(error)"
        }
    }

    /// Makes the list of damaged places the one that was found.
    private func keep(_ damages: [PortDamage], at now: Instant) async throws {
        try await database.housekeeping { db in
            try db.execute(sql: "DELETE FROM port_damage")
            for damage in damages {
                try db.execute(
                    literal: """
                        INSERT INTO port_damage (file, place, batch, reason, found_at_ms)
                        VALUES (\(damage.file), \(damage.offset), \(damage.batch), \(damage.reason),
                                \(now.milliseconds))
                        """)
            }
        }
    }

    public func compact() async throws -> (facts: Int, bytes: Int)? {
        try await open()
        let compactor = PortCompactor(database: database, files: files)
        return try await compactor.step().map { ($0.facts, $0.bytes) }
    }

    public func tidy(at now: Instant) async throws {
        try await open()
        try await notes.settle(in: database, at: now)
        try await PortCompactor(database: database, files: files).tidy()
    }
}

extension FrameAddress {
    fileprivate init(_ row: Row, length: String) {
        self.init(segment: row["segment"], place: row["place"], length: row[length])
    }
}
