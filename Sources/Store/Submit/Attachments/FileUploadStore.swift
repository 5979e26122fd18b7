import Foundation
import GRDB
import Submit
import Trust
import Vocabulary

/// Uploads under way: what they are for in SQLite, their pieces in a folder beside it.
public struct FileUploadStore: UploadStore {
    private let database: AuditedDatabase
    private let folder: String
    private let parts: UploadParts

    /// - Parameter path: the folder, made when the first upload comes.
    public init(_ database: AuditedDatabase, path: String) {
        self.database = database
        self.folder = path
        self.parts = UploadParts(folder: path)
    }

    public func make(_ upload: Upload, bounds: UploadBounds) async throws {
        try await database.housekeeping { db in
            let row = try Row.fetchOne(
                db,
                sql: """
                    SELECT COUNT(*) AS open, COALESCE(SUM(length), 0) AS bytes FROM upload
                    WHERE digest IS NULL AND round = ? AND platform = ? AND expires_at_ms > ?
                    """,
                arguments: [
                    upload.cell.round.rawValue, upload.cell.platform.rawValue, upload.at.milliseconds,
                ])
            let open: Int = row?["open"] ?? 0
            let bytes: Int = row?["bytes"] ?? 0
            guard open < bounds.open, bytes + upload.length <= bounds.bytes else {
                throw Failure(
                    "submit.uploads_open",
                    ["open": "\(open)", "limit": "\(bounds.open)", "bytes": "\(bounds.bytes / 1_048_576)"])
            }
            try db.execute(
                literal: """
                    INSERT INTO upload (id, round, platform, indicator, name, requirement, length, expected, account,
                                        at_ms, expires_at_ms)
                    VALUES (\(upload.id.rawValue), \(upload.cell.round.rawValue), \(upload.cell.platform.rawValue),
                            \(upload.cell.indicator.rawValue), \(upload.name), \(upload.requirement), \(upload.length),
                            \(upload.expected?.bytes.data), \(upload.by.rawValue), \(upload.at.milliseconds),
                            \(upload.expires.milliseconds))
                    """)
        }
    }

    public func upload(_ id: UploadID) async throws -> Upload? {
        try await database.read { db in
            try Row.fetchOne(db, sql: "SELECT * FROM upload WHERE id = ?", arguments: [id.rawValue]).map(Self.upload)
        }
    }

    public func open(_ round: RoundID, _ platform: PlatformID) async throws -> [Upload] {
        try await database.read { db in
            try Row.fetchAll(
                db,
                sql: """
                    SELECT * FROM upload WHERE digest IS NULL AND round = ? AND platform = ? ORDER BY at_ms, id
                    """, arguments: [round.rawValue, platform.rawValue]
            ).map(Self.upload)
        }
    }

    public func offset(_ id: UploadID) async throws -> Int {
        let attributes = try? FileManager.default.attributesOfItem(atPath: UploadParts.path(folder, id))
        return (attributes?[.size] as? Int) ?? 0
    }

    public func bytes(_ id: UploadID) async throws -> [UInt8] {
        FileManager.default.contents(atPath: UploadParts.path(folder, id)).map { [UInt8]($0) } ?? []
    }

    public func write(_ id: UploadID) async throws -> any UploadPen {
        let part = try await parts.hold(id)
        do {
            let taken = try await part.take()
            return PartPen(id: id, part: part, parts: parts, turn: taken.turn, start: taken.length)
        } catch {
            await parts.release(id)
            throw error
        }
    }

    public func finish(_ id: UploadID, as digest: Digest) async throws {
        try await database.housekeeping { db in
            try db.execute(
                sql: "UPDATE upload SET digest = ? WHERE id = ?", arguments: [digest.bytes.data, id.rawValue])
        }
        removePart(id)
    }

    public func remove(_ id: UploadID) async throws {
        try await database.housekeeping { db in
            try db.execute(sql: "DELETE FROM upload WHERE id = ?", arguments: [id.rawValue])
        }
        removePart(id)
    }

    public func removeExpired(before: Instant) async throws -> Int {
        let ids = try await database.read { db in
            try String.fetchAll(
                db, sql: "SELECT id FROM upload WHERE expires_at_ms <= ? LIMIT 1000", arguments: [before.milliseconds])
        }
        for id in ids { try await remove(UploadID(id)) }
        return ids.count
    }

    private func removePart(_ id: UploadID) {
        try? FileManager.default.removeItem(atPath: UploadParts.path(folder, id))
    }

    private static func upload(_ row: Row) -> Upload {
        Upload(
            id: UploadID(row["id"] as String), cell: CellAddress(row: row), name: row["name"],
            requirement: row["requirement"], length: row["length"],
            expected: (row["expected"] as Data?).flatMap { Digest($0) }, by: AccountID(row["account"] as String),
            at: Instant(milliseconds: row["at_ms"]), expires: Instant(milliseconds: row["expires_at_ms"]),
            digest: (row["digest"] as Data?).flatMap { Digest($0) })
    }
}
