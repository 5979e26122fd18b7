import Foundation
import GRDB
import Review
import Trust
import Vocabulary

/// The pool, the panels and the experts' sheets in SQLite.
public struct SQLiteExpertStore: ExpertStore {
    let database: AuditedDatabase

    let seal: DataSeal?

    /// - Parameter seal: For the experts' contacts; without it a contact can be neither read nor kept.
    public init(_ database: AuditedDatabase, seal: DataSeal? = nil) {
        self.database = database
        self.seal = seal
    }

    // MARK: - The pool

    public func experts() async throws -> [Expert] {
        let store = self
        return try await database.read { db in
            try Row.fetchAll(db, sql: "SELECT * FROM expert ORDER BY account").map(store.expert)
        }
    }

    public func expert(_ account: AccountID) async throws -> Expert? {
        let store = self
        return try await database.read { db in
            try Row.fetchOne(db, sql: "SELECT * FROM expert WHERE account = ?", arguments: [account.rawValue])
                .map(store.expert)
        }
    }

    public func save(_ experts: [Expert], entry: AuditEntry) async throws {
        let store = self
        try await database.write(entry) { db in
            for expert in experts {
                let sealed = try store.sealed(expert.contact, of: expert.account.rawValue)
                let fields = try Self.json(expert.fields)
                try db.execute(
                    literal: """
                        INSERT INTO expert (account, name, employer, employer_code, employer_group, fields, title,
                                            contact, sealed, retired, version)
                        VALUES (\(expert.account.rawValue), \(expert.name), \(expert.employer), \(expert.employerCode),
                                \(expert.group), \(fields), \(expert.title), '', \(sealed), \(expert.retired),
                                \(expert.version))
                        ON CONFLICT (account) DO UPDATE SET
                            name = excluded.name, employer = excluded.employer,
                            employer_code = excluded.employer_code, employer_group = excluded.employer_group,
                            fields = excluded.fields, title = excluded.title, contact = '',
                            sealed = excluded.sealed, retired = excluded.retired, version = excluded.version
                        WHERE expert.version = excluded.version - 1
                        """)
                if db.changesCount != 1 { throw Failure("review.stale", ["what": expert.account.rawValue]) }
            }
        }
    }

    public func groups() async throws -> [String: String] {
        try await database.read { db in
            let rows = try Row.fetchAll(db, sql: "SELECT code, group_name FROM company_group")
            return [String: String](rows.map { ($0["code"], $0["group_name"]) }) { first, _ in first }
        }
    }

    public func saveGroups(_ groups: [String: String], entry: AuditEntry) async throws {
        try await database.write(entry) { db in
            for (code, name) in groups {
                if name.isEmpty {
                    try db.execute(literal: "DELETE FROM company_group WHERE code = \(code)")
                } else {
                    try db.execute(
                        literal: """
                            INSERT INTO company_group (code, group_name) VALUES (\(code), \(name))
                            ON CONFLICT (code) DO UPDATE SET group_name = excluded.group_name
                            """)
                }
            }
        }
    }

    /// The contact sealed; nil where there is none.
    private func sealed(_ contact: String, of account: String) throws -> Data? {
        if contact.isEmpty { return nil }
        guard let seal else { throw Failure("privacy.no_key") }
        return try seal.seal(Array(contact.utf8), place: "expert/\(account)").data
    }

    private func contact(_ row: Row) throws -> String {
        guard let sealed: Data = row["sealed"] else { return row["contact"] }
        guard let seal else { throw Failure("privacy.no_key") }
        let bytes = try seal.open([UInt8](sealed), place: "expert/\(row["account"] as String)")
        return String(decoding: bytes, as: UTF8.self)
    }

    /// Seals contacts that an earlier release kept in clear, and leaves nothing of them in the file.
    /// - Returns: how many were sealed.
    @discardableResult
    public func sealClear() async throws -> Int {
        let store = self
        let count = try await database.housekeeping { db in
            try db.execute(sql: "PRAGMA secure_delete = ON")
            let rows = try Row.fetchAll(db, sql: "SELECT account, contact FROM expert WHERE contact <> ''")
            for row in rows {
                let account: String = row["account"]
                let sealed = try store.sealed(row["contact"], of: account)
                try db.execute(
                    literal: "UPDATE expert SET contact = '', sealed = \(sealed) WHERE account = \(account)")
            }
            return rows.count
        }
        if count > 0 { try await database.rewrite() }
        return count
    }

    private func expert(_ row: Row) throws -> Expert {
        Expert(
            account: AccountID(row["account"] as String), name: row["name"], employer: row["employer"],
            employerCode: row["employer_code"], group: row["employer_group"],
            fields: try Self.decoded([ExpertField].self, row["fields"]), title: row["title"],
            contact: try contact(row), retired: row["retired"], version: row["version"])
    }

    static func json(_ value: some Encodable) throws -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return String(decoding: try encoder.encode(value), as: UTF8.self)
    }

    static func decoded<Value: Decodable>(_ type: Value.Type, _ text: String) throws -> Value {
        try JSONDecoder().decode(type, from: Data(text.utf8))
    }
}
