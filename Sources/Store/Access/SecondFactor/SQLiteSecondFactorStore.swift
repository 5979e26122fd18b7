import Access
import Foundation
import GRDB
import Trust
import Vocabulary

/// Second factors in SQLite, their secrets sealed.
public struct SQLiteSecondFactorStore: SecondFactorStore {
    private let database: AuditedDatabase
    private let seal: DataSeal

    public init(_ database: AuditedDatabase, seal: DataSeal) {
        self.database = database
        self.seal = seal
    }

    public func factor(of account: AccountID) async throws -> SecondFactor? {
        let found: (secret: Data, confirmed: Int64?, step: Int64?, codes: Int)? = try await database.read { db in
            let row = try Row.fetchOne(
                db,
                sql: """
                    SELECT f.*, (SELECT count(*) FROM recovery_code c
                                 WHERE c.account = f.account AND c.used_at_ms IS NULL) AS codes
                    FROM second_factor f WHERE f.account = ?
                    """, arguments: [account.rawValue])
            return row.map { ($0["secret"], $0["confirmed_at_ms"], $0["last_step"], $0["codes"]) }
        }
        guard let found else { return nil }
        let secret = try seal.open([UInt8](found.secret), place: Self.place(account))
        return SecondFactor(
            password: OneTimePassword(secret: secret),
            confirmedAt: found.confirmed.map { Instant(milliseconds: $0) }, lastStep: found.step,
            recoveryCodesLeft: found.codes)
    }

    public func propose(_ password: OneTimePassword, for account: AccountID) async throws {
        let sealed = try seal.seal(password.secret, place: Self.place(account)).data
        try await database.housekeeping { db in
            try db.execute(
                literal: """
                    INSERT INTO second_factor (account, secret) VALUES (\(account.rawValue), \(sealed))
                    ON CONFLICT (account) DO UPDATE SET secret = excluded.secret WHERE confirmed_at_ms IS NULL
                    """)
            if db.changesCount != 1 { throw Failure("access.second_factor_exists") }
        }
    }

    public func confirm(
        _ account: AccountID, step: Int64, recovery: [Digest], entry: AuditEntry
    ) async throws -> Int {
        try await database.write(entry) { db in
            try db.execute(
                literal: """
                    UPDATE second_factor SET confirmed_at_ms = \(entry.at.milliseconds), last_step = \(step)
                    WHERE account = \(account.rawValue) AND confirmed_at_ms IS NULL
                    """)
            if db.changesCount != 1 { throw Failure("access.second_factor_missing") }
            for digest in recovery {
                try db.execute(
                    literal: """
                        INSERT INTO recovery_code (account, digest) VALUES (\(account.rawValue), \(digest.bytes.data))
                        """)
            }
        }.logIndex
    }

    public func use(_ step: Int64, of account: AccountID) async throws -> Bool {
        try await database.housekeeping { db in
            try db.execute(
                literal: """
                    UPDATE second_factor SET last_step = \(step)
                    WHERE account = \(account.rawValue) AND (last_step IS NULL OR last_step < \(step))
                    """)
            return db.changesCount == 1
        }
    }

    public func useRecovery(_ digest: Digest, of account: AccountID, entry: AuditEntry) async throws -> Bool {
        do {
            _ = try await database.write(entry) { db in
                try db.execute(
                    literal: """
                        UPDATE recovery_code SET used_at_ms = \(entry.at.milliseconds)
                        WHERE account = \(account.rawValue) AND digest = \(digest.bytes.data) AND used_at_ms IS NULL
                        """)
                // Rolled back with its entry: nothing happened.
                if db.changesCount != 1 { throw Failure("access.second_factor_refused") }
            }
            return true
        } catch let failure as Failure where failure.code == "access.second_factor_refused" { return false }
    }

    public func remove(from account: AccountID, entry: AuditEntry) async throws -> Int {
        try await database.write(entry) { db in
            try db.execute(literal: "DELETE FROM recovery_code WHERE account = \(account.rawValue)")
            try db.execute(literal: "DELETE FROM second_factor WHERE account = \(account.rawValue)")
            if db.changesCount == 0 { throw Failure("access.second_factor_missing") }
        }.logIndex
    }

    private static func place(_ account: AccountID) -> String { "second-factor/\(account)" }
}
