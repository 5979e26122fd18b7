import Foundation
import GRDB
import Review
import Trust
import Vocabulary

/// Inboxes and the outbox in SQLite.
public struct SQLiteInbox: Inbox, Outbox {
    private let database: AuditedDatabase

    public init(_ database: AuditedDatabase) { self.database = database }

    // MARK: Inbox

    public func messages(
        of account: AccountID, unreadOnly: Bool, round: RoundID?, before: Int?, limit: Int
    ) async throws -> [InboxMessage] {
        try await database.read { db in
            try Row.fetchAll(
                db,
                sql: """
                    SELECT message.*, read_at_ms FROM message_reader JOIN message ON message.id = message_reader.message
                    WHERE account = ? AND message_reader.message < ? AND (? = 0 OR read_at_ms IS NULL)
                        AND (? IS NULL OR round = ?)
                    ORDER BY message_reader.message DESC LIMIT ?
                    """,
                arguments: [
                    account.rawValue, before ?? Int.max, unreadOnly ? 1 : 0, round?.rawValue, round?.rawValue, limit,
                ]
            ).map(Self.message)
        }
    }

    public func unreadCount(of account: AccountID) async throws -> Int {
        try await database.read { db in
            try Int.fetchOne(
                db, sql: "SELECT count(*) FROM message_reader WHERE account = ? AND read_at_ms IS NULL",
                arguments: [account.rawValue]) ?? 0
        }
    }

    public func markRead(_ message: Int?, of account: AccountID, at now: Instant) async throws -> Int {
        try await database.housekeeping { db in
            try db.execute(
                sql: """
                    UPDATE message_reader SET read_at_ms = ?
                    WHERE account = ? AND read_at_ms IS NULL AND (? IS NULL OR message = ?)
                    """, arguments: [now.milliseconds, account.rawValue, message, message])
            return db.changesCount
        }
    }

    public func contact(of account: AccountID) async throws -> Contact {
        try await database.read { db in
            let row = try Row.fetchOne(
                db, sql: "SELECT mail, phone, language FROM contact WHERE account = ?", arguments: [account.rawValue])
            return Contact(
                mail: row?["mail"], phone: row?["phone"],
                language: (row?["language"] as String?).flatMap(Language.init(rawValue:)))
        }
    }

    public func setContact(_ contact: Contact, of account: AccountID, entry: AuditEntry) async throws {
        try await database.write(entry) { db in
            guard
                try Row.fetchOne(db, sql: "SELECT 1 FROM account WHERE id = ?", arguments: [account.rawValue]) != nil
            else { throw Failure("access.account_unknown", ["account": account.rawValue]) }
            try db.execute(
                literal: """
                    INSERT OR REPLACE INTO contact (account, mail, phone, language)
                    VALUES (\(account.rawValue), \(contact.mail), \(contact.phone),
                            \((contact.language ?? .zhHans).rawValue))
                    """)
        }
    }

    private static func message(_ row: Row) throws -> InboxMessage {
        InboxMessage(
            id: row["id"], code: row["code"],
            values: try JSONDecoder().decode([String: String].self, from: Data((row["values"] as String).utf8)),
            round: (row["round"] as String?).map { RoundID($0) },
            platform: (row["platform"] as String?).map { PlatformID($0) }, address: row["address"],
            at: Instant(milliseconds: row["at_ms"]),
            readAt: (row["read_at_ms"] as Int64?).map { Instant(milliseconds: $0) })
    }

    // MARK: Outbox

    public func due(_ channel: String, at now: Instant, limit: Int) async throws -> [OutgoingMessage] {
        try await database.read { db in
            try Row.fetchAll(
                db,
                sql: """
                    SELECT outbox.id AS letter, outbox.mail, outbox.phones, outbox.attempts, outbox.language, message.*
                    FROM outbox JOIN message ON message.id = outbox.message
                    WHERE state = 'waiting' AND channel = ? AND next_at_ms <= ? ORDER BY next_at_ms, outbox.id LIMIT ?
                    """, arguments: [channel, now.milliseconds, limit]
            ).map { row in
                let message = try Self.message(row)
                return OutgoingMessage(
                    id: row["letter"], code: message.code, values: message.values, address: message.address,
                    at: message.at, mail: row["mail"],
                    phones: try JSONDecoder().decode([String].self, from: Data((row["phones"] as String).utf8)),
                    attempts: row["attempts"], language: Language(rawValue: row["language"]) ?? .zhHans)
            }
        }
    }

    public func sent(_ id: Int, at now: Instant) async throws {
        try await database.housekeeping { db in
            try db.execute(
                sql: "UPDATE outbox SET state = 'sent', sent_at_ms = ?, attempts = attempts + 1 WHERE id = ?",
                arguments: [now.milliseconds, id])
        }
    }

    public func failed(_ id: Int, error: String, next: Instant?) async throws {
        try await database.housekeeping { db in
            try db.execute(
                sql: """
                    UPDATE outbox SET state = ?, attempts = attempts + 1, last_error = ?,
                        next_at_ms = coalesce(?, next_at_ms) WHERE id = ?
                    """,
                arguments: [next == nil ? "dead" : "waiting", String(error.prefix(500)), next?.milliseconds, id])
        }
    }

    public func deadLetters(limit: Int) async throws -> [DeadLetter] {
        try await database.read { db in
            try Row.fetchAll(
                db,
                sql: """
                    SELECT outbox.id, channel, code, attempts, last_error, at_ms FROM outbox
                    JOIN message ON message.id = outbox.message WHERE state = 'dead' ORDER BY outbox.id DESC LIMIT ?
                    """, arguments: [limit]
            ).map {
                DeadLetter(
                    id: $0["id"], channel: $0["channel"], code: $0["code"], attempts: $0["attempts"],
                    lastError: $0["last_error"], at: Instant(milliseconds: $0["at_ms"]))
            }
        }
    }

    public func waiting() async throws -> [String: Int] {
        try await database.read { db in
            try Row.fetchAll(
                db, sql: "SELECT channel, count(*) AS many FROM outbox WHERE state = 'waiting' GROUP BY channel"
            ).reduce(into: [:]) { $0[$1["channel"]] = $1["many"] }
        }
    }

    public func retry(_ id: Int, at now: Instant) async throws -> Bool {
        try await database.housekeeping { db in
            try db.execute(
                sql: """
                    UPDATE outbox SET state = 'waiting', attempts = 0, next_at_ms = ? WHERE id = ? AND state = 'dead'
                    """, arguments: [now.milliseconds, id])
            return db.changesCount > 0
        }
    }
}
