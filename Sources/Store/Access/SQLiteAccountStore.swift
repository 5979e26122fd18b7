import Access
import Foundation
import GRDB
import Trust
import Vocabulary

/// Accounts in SQLite.
public struct SQLiteAccountStore: AccountStore {
    private let database: AuditedDatabase

    static let columns = """
        account.*, (SELECT group_concat(role, ' ') FROM account_role WHERE account_role.account = account.id) AS roles
        """

    public init(_ database: AuditedDatabase) { self.database = database }

    public func account(_ id: AccountID) async throws -> Account? {
        try await database.read { db in try Self.row(id, db).map(Self.account) }
    }

    public func credentials(_ id: AccountID) async throws -> Credentials? {
        try await database.read { db in
            guard let row = try Self.row(id, db) else { return nil }
            guard let password = PasswordHash(stored: row["password"]) else {
                throw Failure("store.row_damaged", ["table": "account", "row": id.rawValue])
            }
            return Credentials(account: try Self.account(row), password: password)
        }
    }

    public func accounts(after: AccountID?, limit: Int) async throws -> [Account] {
        try await database.read { db in
            try Row.fetchAll(
                db, sql: "SELECT \(Self.columns) FROM account WHERE id > ? ORDER BY id LIMIT ?",
                arguments: [after?.rawValue ?? "", limit]
            ).map(Self.account)
        }
    }

    public func create(_ account: Account, password: PasswordHash, entry: AuditEntry) async throws -> Int {
        try await database.write(entry) { db in
            if try Self.row(account.id, db) != nil {
                throw Failure("access.account_exists", ["account": account.id.rawValue])
            }
            try db.execute(
                literal: """
                    INSERT INTO account (id, display_name, company, region, password, created_at_ms)
                    VALUES (\(account.id.rawValue), \(account.displayName), \(account.company?.text),
                            \(account.region?.rawValue), \(password.text), \(account.createdAt.milliseconds))
                    """)
            for role in account.roles.sorted() {
                try db.execute(
                    literal:
                        "INSERT INTO account_role (account, role) VALUES (\(account.id.rawValue), \(role.rawValue))")
            }
        }.logIndex
    }

    public func setPassword(_ password: PasswordHash, of id: AccountID, entry: AuditEntry) async throws -> Int {
        try await database.write(entry) { db in
            try db.execute(
                literal: """
                    UPDATE account SET password = \(password.text), tries = 0, tried_at_ms = NULL
                    WHERE id = \(id.rawValue)
                    """)
            try Self.refuseUnknown(id, db)
            try Self.endSessions(of: id, at: entry.at, db)
        }.logIndex
    }

    public func setLock(_ lock: AccountLock?, of id: AccountID, entry: AuditEntry) async throws -> Int {
        try await database.write(entry) { db in
            try db.execute(
                literal: """
                    UPDATE account SET lock_reason = \(lock?.reason), lock_at_ms = \(lock?.at.milliseconds),
                                       lock_by = \(lock?.by.rawValue)
                    WHERE id = \(id.rawValue)
                    """)
            try Self.refuseUnknown(id, db)
            if lock != nil { try Self.endSessions(of: id, at: entry.at, db) }
        }.logIndex
    }

    public func countTry(of id: AccountID, _ policy: SignInPolicy, at now: Instant) async throws -> SignInTry {
        try await database.housekeeping { db in
            guard let row = try Self.row(id, db) else {
                throw Failure("access.account_unknown", ["account": id.rawValue])
            }
            let last = (row["tried_at_ms"] as Int64?).map(Instant.init(milliseconds:))
            let next = SignInTry(after: SignInFailures(count: row["tries"], last: last), policy, at: now)
            if case .allowed(let failures) = next {
                try db.execute(
                    literal: """
                        UPDATE account SET tries = \(failures.count), tried_at_ms = \(failures.last?.milliseconds)
                        WHERE id = \(id.rawValue)
                        """)
            }
            return next
        }
    }

    public func record(_ entry: AuditEntry) async throws -> Int { try await database.write(entry) { _ in }.logIndex }

    private static func row(_ id: AccountID, _ db: GRDB.Database) throws -> Row? {
        try Row.fetchOne(db, sql: "SELECT \(columns) FROM account WHERE id = ?", arguments: [id.rawValue])
    }

    private static func refuseUnknown(_ id: AccountID, _ db: GRDB.Database) throws {
        if db.changesCount != 1 { throw Failure("access.account_unknown", ["account": id.rawValue]) }
    }

    private static func endSessions(of id: AccountID, at now: Instant, _ db: GRDB.Database) throws {
        try db.execute(
            literal: """
                UPDATE session SET ended_at_ms = \(now.milliseconds)
                WHERE account = \(id.rawValue) AND ended_at_ms IS NULL
                """)
    }

    static func account(_ row: Row) throws -> Account {
        let names = (row["roles"] as String? ?? "").split(separator: " ")
        let roles = names.compactMap { Role(rawValue: String($0)) }
        let company = (row["company"] as String?).flatMap { CompanyCode($0) }
        guard roles.count == names.count, (company == nil) == ((row["company"] as String?) == nil) else {
            throw Failure("store.row_damaged", ["table": "account", "row": row["id"]])
        }
        let lock: AccountLock? = (row["lock_reason"] as String?).map {
            AccountLock(
                reason: $0, at: Instant(milliseconds: row["lock_at_ms"]), by: AccountID(row["lock_by"] as String))
        }
        return Account(
            id: AccountID(row["id"] as String), displayName: row["display_name"], roles: Set(roles), company: company,
            region: (row["region"] as String?).map { RegionCode($0) },
            createdAt: Instant(milliseconds: row["created_at_ms"]), lock: lock)
    }
}
