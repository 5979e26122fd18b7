import Foundation
import GRDB
import Review
import Trust
import Vocabulary

/// Messages, their readers and what leaves the system, in SQLite.
public struct SQLiteMessageDesk: MessageDesk {
    let database: AuditedDatabase
    private let random: any RandomSource
    /// The channels that are configured: `mail`, `webhook`.
    private let channels: Set<String>
    /// What may wait in the outbox; beyond it a message stays in the inbox only.
    private let mostWaiting: Int

    public init(
        _ database: AuditedDatabase, random: any RandomSource, channels: Set<String> = [], mostWaiting: Int = 50_000
    ) {
        self.database = database
        self.random = random
        self.channels = channels
        self.mostWaiting = mostWaiting
    }

    public func tell(_ draft: MessageDraft, at now: Instant) async throws -> Int {
        let values = try SQLiteMessageDesk.json(draft.values)
        let readers = try await database.read { db in try SQLiteMessageDesk.readers(draft.to, db) }
        guard !readers.isEmpty else { return 0 }
        let entry = AuditEntry(
            "message.told", actor: .system("messages"), at: now,
            subject: AuditSubject(round: draft.round, platform: draft.platform),
            payload: [
                "code": .string(draft.code),
                "readers": .array(readers.sorted().map { .string($0) }),
            ], salt: random.salt())
        let (channels, mostWaiting) = (channels, mostWaiting)
        return try await database.write(entry) { db in
            try db.execute(
                literal: """
                    INSERT INTO message (code, "values", round, platform, address, at_ms)
                    VALUES (\(draft.code), \(values), \(draft.round?.rawValue), \(draft.platform?.rawValue),
                            \(draft.address), \(now.milliseconds))
                    """)
            let message = db.lastInsertedRowID
            let insert = try db.makeStatement(sql: "INSERT INTO message_reader (account, message) VALUES (?, ?)")
            for reader in readers { try insert.execute(arguments: [reader, message]) }
            guard !channels.isEmpty else { return readers.count }
            let waiting = try Int.fetchOne(db, sql: "SELECT count(*) FROM outbox WHERE state = 'waiting'") ?? 0
            if waiting < mostWaiting { try SQLiteMessageDesk.post(message, readers, channels, now, db) }
            return readers.count
        }.value
    }

    /// One letter for each reader with an address, one post for the work chat.
    private static func post(
        _ message: Int64, _ readers: Set<String>, _ channels: Set<String>, _ now: Instant, _ db: GRDB.Database
    ) throws {
        var phones: [String] = []
        for reader in readers.sorted() {
            guard
                let row = try Row.fetchOne(
                    db, sql: "SELECT mail, phone, language FROM contact WHERE account = ?", arguments: [reader])
            else { continue }
            if let phone: String = row["phone"], phones.count < 100 { phones.append(phone) }
            if let mail: String = row["mail"], channels.contains("mail") {
                try db.execute(
                    literal: """
                        INSERT INTO outbox (message, channel, mail, next_at_ms, language)
                        VALUES (\(message), 'mail', \(mail), \(now.milliseconds), \(row["language"] as String))
                        """)
            }
        }
        if channels.contains("webhook") {
            try db.execute(
                literal: """
                    INSERT INTO outbox (message, channel, phones, next_at_ms)
                    VALUES (\(message), 'webhook', \(try json(phones)), \(now.milliseconds))
                    """)
        }
    }

    /// The accounts that the audiences mean, each once.
    private static func readers(_ audiences: [Audience], _ db: GRDB.Database) throws -> Set<String> {
        var found: Set<String> = []
        for audience in audiences {
            let ids: [String]
            switch audience {
            case .company(let code):
                ids = try String.fetchAll(
                    db, sql: "SELECT id FROM account WHERE company = ?", arguments: [code.description])
            case .county(let region):
                ids = try office(region, ["county-clerk"], db)
            case .city(let region):
                ids = try office(region.city, ["city-clerk", "city-head"], db)
            case .role(let role):
                ids = try String.fetchAll(
                    db, sql: "SELECT account FROM account_role WHERE role = ?", arguments: [role])
            case .accounts(let accounts):
                ids = try accounts.compactMap {
                    try String.fetchOne(db, sql: "SELECT id FROM account WHERE id = ?", arguments: [$0.rawValue])
                }
            }
            found.formUnion(ids)
        }
        return found
    }

    private static func office(_ region: RegionCode, _ roles: [String], _ db: GRDB.Database) throws -> [String] {
        try roles.flatMap { role in
            try String.fetchAll(
                db,
                sql: """
                    SELECT id FROM account JOIN account_role ON account_role.account = account.id
                    WHERE region = ? AND role = ?
                    """, arguments: [region.rawValue, role])
        }
    }

    static func json(_ value: some Encodable) throws -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return String(decoding: try encoder.encode(value), as: UTF8.self)
    }
}
