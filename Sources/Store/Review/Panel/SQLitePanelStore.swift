import Foundation
import GRDB
import Review
import Trust
import Vocabulary

/// Panel, notices, objections and corrections in SQLite, their files in a folder by digest.
public struct SQLitePanelStore: Sendable {
    let database: AuditedDatabase
    let folder: EvidenceFolder
    let seal: DataSeal?

    /// - Parameters:
    ///   - path: The folder of the files; made when it is not there.
    ///   - seal: For who objects; without it neither objectors nor codes can be read or kept.
    public init(_ database: AuditedDatabase, path: String, seal: DataSeal? = nil) {
        self.database = database
        self.seal = seal
        self.folder = EvidenceFolder(path: path)
    }

    /// The index that the next entry will have, for rows that carry it.
    static func nextIndex(_ db: GRDB.Database) throws -> Int {
        try Int.fetchOne(db, sql: "SELECT coalesce(max(position) + 1, 0) FROM audit_log") ?? 0
    }

    static func damaged(_ table: String, _ row: String) -> Failure {
        Failure("store.row_damaged", ["table": table, "row": row])
    }

    func put(_ file: PanelFile, _ bytes: [UInt8]) throws {
        try folder.put(bytes, digest: file.digest, temporary: UUID().uuidString)
    }

    static func insert(_ file: PanelFile, _ db: GRDB.Database) throws {
        try db.execute(
            literal: """
                INSERT INTO panel_file (owner, digest, name, type, size, account, at_ms)
                VALUES (\(file.owner), \(file.digest.bytes.data), \(file.name), \(file.type), \(file.size),
                        \(file.by?.rawValue), \(file.at.milliseconds))
                ON CONFLICT (owner, digest) DO NOTHING
                """)
    }

    private static func file(_ row: Row) throws -> PanelFile {
        guard let digest = Digest(row["digest"] as Data) else { throw damaged("panel_file", row["owner"]) }
        return PanelFile(
            owner: row["owner"], digest: digest, name: row["name"], type: row["type"], size: row["size"],
            by: (row["account"] as String?).map { AccountID($0) }, at: Instant(milliseconds: row["at_ms"]))
    }

    public func files(_ owner: String) async throws -> [PanelFile] {
        try await database.read { db in
            try Row.fetchAll(
                db, sql: "SELECT * FROM panel_file WHERE owner = ? ORDER BY at_ms, digest", arguments: [owner]
            ).map(Self.file)
        }
    }

    public func file(_ digest: Digest) async throws -> [PanelFile] {
        try await database.read { db in
            try Row.fetchAll(
                db, sql: "SELECT * FROM panel_file WHERE digest = ? ORDER BY owner LIMIT 100",
                arguments: [digest.bytes.data]
            ).map(Self.file)
        }
    }

    public func bytes(_ digest: Digest) async throws -> [UInt8]? { try folder.read(digest) }

    public func keep(_ file: PanelFile, bytes: [UInt8], limit: Int, entry: AuditEntry) async throws -> Int {
        try put(file, bytes)
        return try await database.write(entry) { db in
            let others = try Int.fetchOne(
                db, sql: "SELECT count(*) FROM panel_file WHERE owner = ? AND digest <> ?",
                arguments: [file.owner, file.digest.bytes.data])
            if others ?? 0 >= limit { throw Failure("panel.too_many_files", ["limit": "\(limit)"]) }
            try Self.insert(file, db)
        }.logIndex
    }
}

extension SQLitePanelStore: PanelStore {
    public func minutes(_ round: RoundID) async throws -> [PanelMinutes] {
        try await database.read { db in
            try Row.fetchAll(
                db, sql: "SELECT * FROM panel_minutes WHERE round = ? ORDER BY at_ms DESC, id",
                arguments: [round.rawValue]
            ).map { row in
                guard let day = CivilDay(row["held_on"] as String) else {
                    throw Self.damaged("panel_minutes", row["id"])
                }
                return PanelMinutes(
                    id: row["id"], round: round, number: row["number"], heldOn: day, present: row["present"],
                    note: row["note"], by: AccountID(row["account"] as String),
                    at: Instant(milliseconds: row["at_ms"]), logIndex: row["log_index"])
            }
        }
    }

    public func keep(
        _ minutes: PanelMinutes, file: PanelFile, bytes: [UInt8], entry: AuditEntry
    ) async throws -> Int {
        try put(file, bytes)
        return try await database.write(entry) { db in
            let taken = try Bool.fetchOne(
                db, sql: "SELECT EXISTS (SELECT 1 FROM panel_minutes WHERE round = ? AND number = ?)",
                arguments: [minutes.round.rawValue, minutes.number])
            if taken == true { throw Failure("panel.minutes_number_taken", ["number": minutes.number]) }
            try db.execute(
                literal: """
                    INSERT INTO panel_minutes (id, round, number, held_on, present, note, account, at_ms, log_index)
                    VALUES (\(minutes.id), \(minutes.round.rawValue), \(minutes.number),
                            \(minutes.heldOn.description), \(minutes.present), \(minutes.note), \(minutes.by.rawValue),
                            \(minutes.at.milliseconds), \(try Self.nextIndex(db)))
                    """)
            try Self.insert(file, db)
        }.logIndex
    }

    public func decisions(_ round: RoundID) async throws -> [PanelDecision] {
        try await database.read { db in
            try Row.fetchAll(
                db, sql: "SELECT * FROM panel_decision WHERE round = ? ORDER BY at_ms, platform, version",
                arguments: [round.rawValue]
            ).map { row in
                guard let outcome = PanelDecision.Outcome(rawValue: row["outcome"]) else {
                    throw Self.damaged("panel_decision", row["platform"])
                }
                return PanelDecision(
                    round: round, platform: PlatformID(row["platform"] as String), version: row["version"],
                    outcome: outcome, minutes: row["minutes"], computation: row["computation"], reason: row["reason"],
                    by: AccountID(row["account"] as String), at: Instant(milliseconds: row["at_ms"]),
                    logIndex: row["log_index"])
            }
        }
    }

    public func record(_ decision: PanelDecision, telling: Telling?, entry: AuditEntry) async throws {
        let isThere = try await database.read { db in
            try Bool.fetchOne(
                db,
                sql: "SELECT EXISTS (SELECT 1 FROM panel_decision WHERE round = ? AND platform = ? AND version = ?)",
                arguments: [decision.round.rawValue, decision.platform.rawValue, decision.version])
        }
        if isThere == true { return }
        try await database.write(entry) { db in
            try db.execute(
                literal: """
                    INSERT INTO panel_decision (round, platform, version, outcome, minutes, computation, reason,
                                                account, at_ms, log_index)
                    VALUES (\(decision.round.rawValue), \(decision.platform.rawValue), \(decision.version),
                            \(decision.outcome.rawValue), \(decision.minutes), \(decision.computation),
                            \(decision.reason), \(decision.by.rawValue), \(decision.at.milliseconds),
                            \(try Self.nextIndex(db)))
                    """)
            guard let telling else { return }
            try db.execute(
                literal: """
                    INSERT INTO telling (round, platform, version, at_ms, days, last_day, computation)
                    VALUES (\(telling.round.rawValue), \(telling.platform.rawValue), \(telling.version),
                            \(telling.at.milliseconds), \(telling.days), \(telling.lastDay.description),
                            \(telling.computation))
                    """)
        }
    }
}
