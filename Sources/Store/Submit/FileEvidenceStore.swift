import Foundation
import GRDB
import Submit
import Trust
import Vocabulary

/// Evidence: rows in SQLite, bytes by digest in a folder beside it.
public struct FileEvidenceStore: EvidenceStore {
    private let database: AuditedDatabase
    private let folder: EvidenceFolder

    /// - Parameter path: the folder, made when the first file comes.
    public init(_ database: AuditedDatabase, path: String) {
        self.database = database
        self.folder = EvidenceFolder(path: path)
    }

    private static let selection = """
        SELECT e.*, f.type, f.size FROM evidence e JOIN evidence_file f ON f.digest = e.digest
        WHERE e.removed_at_ms IS NULL
        """

    public func files(_ cell: CellAddress) async throws -> [EvidenceFile] {
        try await database.read { db in
            try Row.fetchAll(
                db, sql: Self.selection + " AND e.round = ? AND e.platform = ? AND e.indicator = ? ORDER BY e.id",
                arguments: cell.arguments
            ).map(Self.file)
        }
    }

    public func files(_ round: RoundID, _ platform: PlatformID) async throws -> [EvidenceFile] {
        try await database.read { db in
            try Row.fetchAll(
                db, sql: Self.selection + " AND e.round = ? AND e.platform = ? ORDER BY e.indicator, e.id",
                arguments: [round.rawValue, platform.rawValue]
            ).map(Self.file)
        }
    }

    public func uses(of digest: Digest) async throws -> [EvidenceFile] {
        try await database.read { db in
            try Row.fetchAll(
                db, sql: Self.selection + " AND e.digest = ? ORDER BY e.id", arguments: [digest.bytes.data]
            ).map(Self.file)
        }
    }

    public func bytes(_ digest: Digest) async throws -> [UInt8]? {
        let isKnown = try await database.read { db in
            try Bool.fetchOne(
                db, sql: "SELECT EXISTS (SELECT 1 FROM evidence_file WHERE digest = ?)", arguments: [digest.bytes.data])
        }
        guard isKnown == true else { return nil }
        guard let bytes = try folder.read(digest) else {
            throw Failure("submit.evidence_lost", ["digest": digest.hex])
        }
        return bytes
    }

    public func attach(_ file: EvidenceFile, bytes: [UInt8], entry: AuditEntry) async throws -> Int {
        try folder.put(bytes, digest: file.digest, temporary: Hexadecimal.text(entry.salt))
        return try await database.write(entry) { db in
            try db.execute(
                literal: """
                    INSERT INTO evidence_file (digest, type, size)
                    VALUES (\(file.digest.bytes.data), \(file.type.rawValue), \(file.size)) ON CONFLICT DO NOTHING
                    """)
            try db.execute(
                literal: """
                    UPDATE evidence SET name = \(file.name) WHERE removed_at_ms IS NULL
                      AND round = \(file.cell.round.rawValue) AND platform = \(file.cell.platform.rawValue)
                      AND indicator = \(file.cell.indicator.rawValue) AND digest = \(file.digest.bytes.data)
                      AND requirement IS \(file.requirement)
                    """)
            guard db.changesCount == 0 else { return }
            try db.execute(
                literal: """
                    INSERT INTO evidence (round, platform, indicator, digest, requirement, name, account, at_ms)
                    VALUES (\(file.cell.round.rawValue), \(file.cell.platform.rawValue),
                            \(file.cell.indicator.rawValue), \(file.digest.bytes.data), \(file.requirement),
                            \(file.name), \(file.by.rawValue), \(file.at.milliseconds))
                    """)
        }.logIndex
    }

    public func detach(_ digest: Digest, from cell: CellAddress, entry: AuditEntry) async throws -> Int {
        try await database.write(entry) { db in
            try db.execute(
                literal: """
                    UPDATE evidence SET removed_at_ms = \(entry.at.milliseconds) WHERE removed_at_ms IS NULL
                      AND round = \(cell.round.rawValue) AND platform = \(cell.platform.rawValue)
                      AND indicator = \(cell.indicator.rawValue) AND digest = \(digest.bytes.data)
                    """)
            if db.changesCount == 0 { throw Failure("submit.evidence_unknown", ["digest": digest.hex]) }
        }.logIndex
    }

    private static func file(_ row: Row) throws -> EvidenceFile {
        guard let digest = Digest(row["digest"] as Data), let type = EvidenceType(rawValue: row["type"]) else {
            throw Failure("store.row_damaged", ["table": "evidence", "row": "\(row["id"] as Int64)"])
        }
        return EvidenceFile(
            cell: CellAddress(row: row), digest: digest, name: row["name"], type: type, size: row["size"],
            requirement: row["requirement"], by: AccountID(row["account"] as String),
            at: Instant(milliseconds: row["at_ms"]))
    }
}
