import Access
import Foundation
import GRDB
import Trust
import Vocabulary

/// Sessions in SQLite; resolving a token is one read by a unique index.
public struct SQLiteSessionStore: SessionStore {
    private let database: AuditedDatabase

    public init(_ database: AuditedDatabase) { self.database = database }

    public func resolve(token: String, at now: Instant) async throws -> ResolvedSession? {
        guard let token = SessionToken(token) else { return nil }
        return try await database.read { db in
            let row = try Row.fetchOne(
                db,
                sql: """
                    SELECT session.id AS session_id, \(SQLiteAccountStore.columns)
                    FROM session JOIN account ON account.id = session.account
                    WHERE token_digest = ? AND ended_at_ms IS NULL AND expires_at_ms > ? AND lock_reason IS NULL
                    """, arguments: [token.digest.bytes.data, now.milliseconds])
            return try row.map {
                ResolvedSession(id: $0["session_id"], principal: try SQLiteAccountStore.account($0).principal)
            }
        }
    }

    public func start(_ session: Session, token: Digest, entry: AuditEntry) async throws -> Int {
        try await database.write(entry) { db in
            try db.execute(
                literal: """
                    INSERT INTO session (id, account, token_digest, started_at_ms, expires_at_ms, agent)
                    VALUES (\(session.id), \(session.account.rawValue), \(token.bytes.data),
                            \(session.startedAt.milliseconds), \(session.expiresAt.milliseconds), \(session.agent))
                    """)
            try db.execute(
                literal: "UPDATE account SET tries = 0, tried_at_ms = NULL WHERE id = \(session.account.rawValue)")
        }.logIndex
    }

    public func sessions(of account: AccountID, at now: Instant) async throws -> [Session] {
        try await database.read { db in
            try Row.fetchAll(
                db,
                sql: """
                    SELECT * FROM session WHERE account = ? AND ended_at_ms IS NULL AND expires_at_ms > ?
                    ORDER BY started_at_ms DESC, id
                    """, arguments: [account.rawValue, now.milliseconds]
            ).map {
                Session(
                    id: $0["id"], account: AccountID($0["account"] as String),
                    startedAt: Instant(milliseconds: $0["started_at_ms"]),
                    expiresAt: Instant(milliseconds: $0["expires_at_ms"]), agent: $0["agent"])
            }
        }
    }

    public func end(_ id: String, of account: AccountID, at now: Instant, entry: AuditEntry) async throws -> Int {
        try await database.write(entry) { db in
            try db.execute(
                literal: """
                    UPDATE session SET ended_at_ms = \(now.milliseconds)
                    WHERE id = \(id) AND account = \(account.rawValue) AND ended_at_ms IS NULL
                      AND expires_at_ms > \(now.milliseconds)
                    """)
            if db.changesCount != 1 { throw Failure("access.session_unknown") }
        }.logIndex
    }

    public func forgetExpired(before instant: Instant) async throws {
        try await database.housekeeping { db in
            try db.execute(literal: "DELETE FROM session WHERE expires_at_ms < \(instant.milliseconds)")
        }
    }
}
