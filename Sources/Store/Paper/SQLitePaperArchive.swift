import Foundation
import GRDB
import Submit
import Trust
import Vocabulary

/// Versions of papers in SQLite, scans in a folder by digest.
public struct SQLitePaperArchive: PaperArchive {
    private let database: AuditedDatabase
    private let folder: EvidenceFolder

    /// - Parameter path: the folder of the scans; made when it is first needed.
    public init(_ database: AuditedDatabase, path: String) {
        self.database = database
        folder = EvidenceFolder(path: path)
    }

    public func issue(
        _ kind: PaperKind, of subject: String, in round: RoundID, content: CanonicalJSON, entry: AuditEntry
    ) async throws -> PrintedPaper {
        let bytes = content.bytes
        let digest = Digest.sha256(of: bytes)
        if let known = try await version(kind, of: subject, in: round, digest: digest) { return known }
        let text = String(decoding: bytes, as: UTF8.self)
        do {
            return try await database.write(entry) { db in
                let sql =
                    "SELECT coalesce(max(number), 0) + 1 FROM printed_paper WHERE round = ? AND subject = ? AND kind = ?"
                let arguments: StatementArguments = [round.rawValue, subject, kind.rawValue]
                let number = try Int.fetchOne(db, sql: sql, arguments: arguments) ?? 1
                try db.execute(
                    literal: """
                        INSERT INTO printed_paper (round, subject, kind, number, digest, content, at_ms)
                        VALUES (\(round.rawValue), \(subject), \(kind.rawValue), \(number), \(digest.bytes.data),
                                \(text), \(entry.at.milliseconds))
                        """)
                return PrintedPaper(
                    round: round, subject: subject, kind: kind, number: number, digest: digest, content: text)
            }.value
        } catch let error as DatabaseError where error.resultCode == .SQLITE_CONSTRAINT {
            // Somebody printed the same content at the same moment.
            guard let known = try await version(kind, of: subject, in: round, digest: digest) else { throw error }
            return known
        }
    }

    public func version(
        _ kind: PaperKind, of subject: String, in round: RoundID, digest: Digest
    ) async throws -> PrintedPaper? {
        try await database.read { db in
            let sql = "SELECT * FROM printed_paper WHERE round = ? AND subject = ? AND kind = ? AND digest = ?"
            return try Row.fetchOne(
                db, sql: sql, arguments: [round.rawValue, subject, kind.rawValue, digest.bytes.data]
            ).map(Self.paper)
        }
    }

    public func version(
        _ kind: PaperKind, of subject: String, in round: RoundID, number: Int
    ) async throws -> PrintedPaper? {
        try await database.read { db in
            let sql = "SELECT * FROM printed_paper WHERE round = ? AND subject = ? AND kind = ? AND number = ?"
            return try Row.fetchOne(db, sql: sql, arguments: [round.rawValue, subject, kind.rawValue, number])
                .map(Self.paper)
        }
    }

    public func scans(_ round: RoundID) async throws -> [StampedScan] {
        try await database.read { db in
            let sql = """
                SELECT * FROM stamped_scan WHERE id IN (SELECT max(id) FROM stamped_scan
                    WHERE round = ? AND state <> 'refused' GROUP BY subject, kind) ORDER BY subject, kind
                """
            return try Row.fetchAll(db, sql: sql, arguments: [round.rawValue]).map(Self.scan)
        }
    }

    public func scan(_ kind: PaperKind, of subject: String, in round: RoundID) async throws -> StampedScan? {
        try await database.read { db in
            let sql = """
                SELECT * FROM stamped_scan WHERE round = ? AND subject = ? AND kind = ? AND state <> 'refused'
                ORDER BY id DESC LIMIT 1
                """
            return try Row.fetchOne(db, sql: sql, arguments: [round.rawValue, subject, kind.rawValue]).map(Self.scan)
        }
    }

    public func scan(_ id: Int64) async throws -> StampedScan? {
        try await database.read { db in
            try Row.fetchOne(db, sql: "SELECT * FROM stamped_scan WHERE id = ?", arguments: [id]).map(Self.scan)
        }
    }

    public func refused(_ kind: PaperKind, of subject: String, in round: RoundID) async throws -> StampedScan? {
        try await database.read { db in
            let sql = "SELECT * FROM stamped_scan WHERE round = ? AND subject = ? AND kind = ? ORDER BY id DESC LIMIT 1"
            let latest = try Row.fetchOne(db, sql: sql, arguments: [round.rawValue, subject, kind.rawValue])
            return try latest.map(Self.scan).flatMap { $0.state == .refused ? $0 : nil }
        }
    }

    public func waitingScans() async throws -> [Int64] {
        try await database.read { db in
            try Int64.fetchAll(db, sql: "SELECT id FROM stamped_scan WHERE state = 'waiting' ORDER BY id")
        }
    }

    public func keep(_ scan: StampedScan, bytes: [UInt8], entry: AuditEntry) async throws -> Int64 {
        try folder.put(bytes, digest: scan.file, temporary: UUID().uuidString)
        return try await database.write(entry) { db in
            try db.execute(
                literal: """
                    INSERT INTO stamped_scan (round, subject, kind, number, file, name, type, size, state, reason,
                                              refusal, account, at_ms, pages, way, stamp_page)
                    VALUES (\(scan.round.rawValue), \(scan.subject), \(scan.kind.rawValue), \(scan.number),
                            \(scan.file.bytes.data), \(scan.name), \(scan.type.rawValue), \(scan.size),
                            \(scan.state.rawValue), \(scan.reason), \(scan.refusal?.text), \(scan.by.rawValue),
                            \(scan.at.milliseconds), \(scan.read.pages), \(scan.read.way?.rawValue),
                            \(scan.read.stampPage))
                    """)
            return db.lastInsertedRowID
        }.value
    }

    public func conclude(
        _ id: Int64, _ state: StampedScan.State, _ refusal: ScanRefusal?, _ read: StampedScan.Read, entry: AuditEntry
    ) async throws {
        let isWaiting = try await scan(id)?.state == .waiting
        guard isWaiting else { return }
        try await database.write(entry) { db in
            try db.execute(
                literal: """
                    UPDATE stamped_scan SET state = \(state.rawValue), refusal = \(refusal?.text),
                        pages = \(read.pages), way = \(read.way?.rawValue), stamp_page = \(read.stampPage)
                    WHERE id = \(id) AND state = 'waiting'
                    """)
            if db.changesCount != 1 { throw Failure("paper.scan_none") }
        }
    }

    public func confirm(
        _ kind: PaperKind, of subject: String, in round: RoundID, reason: String, seen: StampedScan.Seen,
        entry: AuditEntry
    ) async throws {
        try await database.write(entry) { db in
            try db.execute(
                literal: """
                    UPDATE stamped_scan SET state = iif(state = 'unread', 'confirmed', state), reason = \(reason),
                        seen_by = \(seen.by.rawValue), seen_at_ms = \(seen.at.milliseconds)
                    WHERE seen_by IS NULL AND state <> 'waiting'
                      AND id = (SELECT max(id) FROM stamped_scan WHERE round = \(round.rawValue)
                        AND subject = \(subject) AND kind = \(kind.rawValue) AND state <> 'refused')
                    """)
            if db.changesCount == 0 { throw Failure("paper.scan_none") }
        }
    }

    public func bytes(_ file: Digest) async throws -> [UInt8]? { try folder.read(file) }

    private static func paper(_ row: Row) throws -> PrintedPaper {
        guard let digest = Digest(row["digest"] as Data), let kind = PaperKind(rawValue: row["kind"]) else {
            throw Failure("store.row_damaged", ["table": "printed_paper", "row": row["subject"]])
        }
        return PrintedPaper(
            round: RoundID(row["round"] as String), subject: row["subject"], kind: kind, number: row["number"],
            digest: digest, content: row["content"])
    }

    private static func scan(_ row: Row) throws -> StampedScan {
        guard let file = Digest(row["file"] as Data), let kind = PaperKind(rawValue: row["kind"]),
            let type = EvidenceType(rawValue: row["type"]), let state = StampedScan.State(rawValue: row["state"])
        else { throw Failure("store.row_damaged", ["table": "stamped_scan", "row": row["subject"]]) }
        return StampedScan(
            id: row["id"], round: RoundID(row["round"] as String), subject: row["subject"], kind: kind,
            number: row["number"],
            file: file, name: row["name"], type: type, size: row["size"], state: state, reason: row["reason"],
            refusal: (row["refusal"] as String?).flatMap { ScanRefusal(text: $0) },
            by: AccountID(row["account"] as String), at: Instant(milliseconds: row["at_ms"]),
            read: .init(
                pages: row["pages"], way: (row["way"] as String?).flatMap(ScanVerdict.Way.init(rawValue:)),
                stampPage: row["stamp_page"]),
            seen: (row["seen_by"] as String?).map {
                .init(by: AccountID($0), at: Instant(milliseconds: row["seen_at_ms"]))
            })
    }
}
