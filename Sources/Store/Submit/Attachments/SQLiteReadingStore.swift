import Foundation
import GRDB
import Submit
import Trust
import Vocabulary

/// The queue of files to read, and what was read, in SQLite.
///
/// Readings are derived from the files and can change no score, so that they leave no entry; a reviewer's decision does.
public struct SQLiteReadingStore: ReadingStore {
    private let database: AuditedDatabase
    /// Characters of one document handed out at most.
    static let mostCharacters = 3_000_000
    /// A file whose reading fell twice is left alone.
    static let mostTries = 2

    public init(_ database: AuditedDatabase) { self.database = database }

    func reading<Value: Sendable>(_ body: @Sendable @escaping (GRDB.Database) throws -> Value) async throws -> Value {
        try await database.read(body)
    }

    public func take(now: Instant) async throws -> (digest: Digest, type: EvidenceType, tries: Int)? {
        try await database.housekeeping { db in
            try db.execute(
                sql: """
                    UPDATE reading SET state = 'unreadable', note = COALESCE(note, 'fell')
                    WHERE state = 'reading' AND tries >= ?
                    """, arguments: [Self.mostTries])
            let begun = try Row.fetchOne(
                db,
                sql: """
                    SELECT f.digest, f.type, r.tries FROM reading r JOIN evidence_file f USING (digest)
                    WHERE r.state = 'reading' LIMIT 1
                    """)
            let row =
                try begun
                ?? Row.fetchOne(
                    db,
                    sql: """
                        SELECT f.digest, f.type, 0 AS tries FROM evidence_file f
                        WHERE NOT EXISTS (SELECT 1 FROM reading r WHERE r.digest = f.digest)
                        ORDER BY (SELECT MIN(e.id) FROM evidence e WHERE e.digest = f.digest) LIMIT 1
                        """)
            guard let row, let digest = Digest(row["digest"] as Data), let type = EvidenceType(rawValue: row["type"])
            else { return nil }
            let tries = (row["tries"] as Int) + 1
            try db.execute(
                literal: """
                    INSERT INTO reading (digest, state, pages, done, tries, at_ms)
                    VALUES (\(digest.bytes.data), 'reading', 0, 0, \(tries), \(now.milliseconds))
                    ON CONFLICT DO UPDATE SET state = 'reading', done = 0, tries = \(tries), note = NULL
                    """)
            return (digest, type, tries)
        }
    }

    public func begin(_ digest: Digest, pages: Int, done: Int, page: ReadPage?) async throws {
        try await database.housekeeping { db in
            try db.execute(
                literal: "UPDATE reading SET pages = \(pages), done = \(done) WHERE digest = \(digest.bytes.data)")
            guard let page else { return }
            try db.execute(
                literal: """
                    INSERT INTO reading_page (digest, page, source, text)
                    VALUES (\(digest.bytes.data), \(page.number), \(page.source.rawValue), \(page.text))
                    ON CONFLICT DO UPDATE SET source = excluded.source, text = excluded.text
                    """)
        }
    }

    public func end(_ digest: Digest, _ kind: ReadingState.Kind, note: String?, now: Instant) async throws {
        try await database.housekeeping { db in
            try db.execute(
                literal: """
                    UPDATE reading SET state = \(kind.rawValue), note = \(note), at_ms = \(now.milliseconds)
                    WHERE digest = \(digest.bytes.data)
                    """)
        }
    }

    public func wait(_ digest: Digest, now: Instant) async throws {
        try await database.housekeeping { db in
            try db.execute(literal: "DELETE FROM reading_page WHERE digest = \(digest.bytes.data)")
            try db.execute(literal: "DELETE FROM reading WHERE digest = \(digest.bytes.data)")
        }
    }

    public func states(_ digests: Set<Digest>) async throws -> [Digest: ReadingState] {
        try await database.read { db in
            var all: [Digest: ReadingState] = [:]
            for digest in digests {
                let row = try Row.fetchOne(
                    db, sql: "SELECT * FROM reading WHERE digest = ?", arguments: [digest.bytes.data])
                all[digest] = row.map(Self.state) ?? ReadingState(.waiting)
            }
            return all
        }
    }

    public func document(_ digest: Digest) async throws -> ReadDocument? {
        try await database.read { db in
            guard
                let row = try Row.fetchOne(
                    db, sql: "SELECT * FROM reading WHERE digest = ?", arguments: [digest.bytes.data])
            else { return nil }
            var pages: [ReadPage] = []
            var left = Self.mostCharacters
            let rows = try Row.fetchCursor(
                db, sql: "SELECT page, source, text FROM reading_page WHERE digest = ? ORDER BY page",
                arguments: [digest.bytes.data])
            while left > 0, let page = try rows.next() {
                let text: String = page["text"]
                left -= text.utf8.count
                pages.append(
                    ReadPage(
                        number: page["page"], source: ReadPage.Source(rawValue: page["source"]) ?? .scan, text: text))
            }
            return ReadDocument(digest: digest, state: Self.state(row), pages: pages)
        }
    }

    public func keep(_ numbers: [ReadNumber], print: TextPrint?, of digest: Digest) async throws {
        try await database.housekeeping { db in
            let key = digest.bytes.data
            try db.execute(sql: "DELETE FROM evidence_number WHERE digest = ?", arguments: [key])
            try db.execute(sql: "DELETE FROM text_band WHERE digest = ?", arguments: [key])
            try db.execute(sql: "DELETE FROM text_print WHERE digest = ?", arguments: [key])
            for number in numbers.prefix(1000) {
                try db.execute(
                    literal: """
                        INSERT INTO evidence_number (digest, form, number, page)
                        VALUES (\(key), \(number.form), \(number.number), \(number.page)) ON CONFLICT DO NOTHING
                        """)
            }
            guard let print else { return }
            let minima = Data(print.minima.flatMap { value in (0..<4).map { UInt8(value >> (24 - 8 * $0) & 0xFF) } })
            try db.execute(literal: "INSERT INTO text_print (digest, minima) VALUES (\(key), \(minima))")
            for (band, hash) in print.bands.enumerated() {
                try db.execute(literal: "INSERT INTO text_band (band, hash, digest) VALUES (\(band), \(hash), \(key))")
            }
        }
    }

    public func decide(_ decision: FindingDecision, entry: AuditEntry) async throws {
        try await database.write(entry) { db in
            try db.execute(
                literal: """
                    INSERT INTO finding_decision (round, platform, indicator, digest, finding, overruled, reason,
                                                  account, at_ms)
                    VALUES (\(decision.cell.round.rawValue), \(decision.cell.platform.rawValue),
                            \(decision.cell.indicator.rawValue), \(decision.digest.bytes.data), \(decision.finding),
                            \(decision.isOverruled), \(decision.reason), \(decision.by.rawValue),
                            \(decision.at.milliseconds))
                    """)
        }
    }

    public func decisions(_ round: RoundID, _ platform: PlatformID) async throws -> [FindingDecision] {
        try await database.read { db in
            try Row.fetchAll(
                db,
                sql: """
                    SELECT * FROM finding_decision WHERE id IN (
                        SELECT MAX(id) FROM finding_decision WHERE round = ? AND platform = ?
                        GROUP BY indicator, digest, finding) ORDER BY id
                    """, arguments: [round.rawValue, platform.rawValue]
            ).compactMap { row in
                guard let digest = Digest(row["digest"] as Data) else { return nil }
                return FindingDecision(
                    cell: CellAddress(row: row), digest: digest, finding: row["finding"],
                    isOverruled: row["overruled"], reason: row["reason"], by: AccountID(row["account"] as String),
                    at: Instant(milliseconds: row["at_ms"]))
            }
        }
    }

    private static func state(_ row: Row) -> ReadingState {
        ReadingState(
            ReadingState.Kind(rawValue: row["state"]) ?? .unreadable, pages: row["pages"], done: row["done"],
            tries: row["tries"], note: row["note"])
    }
}
