import Foundation
import GRDB
import Review
import Trust
import Vocabulary

/// The pool, the panels and the experts' sheets in SQLite.
public struct SQLiteExpertStore: ExpertStore {
    let database: AuditedDatabase

    public init(_ database: AuditedDatabase) { self.database = database }

    // MARK: - The pool

    public func experts() async throws -> [Expert] {
        try await database.read { db in
            try Row.fetchAll(db, sql: "SELECT * FROM expert ORDER BY account").map(Self.expert)
        }
    }

    public func expert(_ account: AccountID) async throws -> Expert? {
        try await database.read { db in
            try Row.fetchOne(db, sql: "SELECT * FROM expert WHERE account = ?", arguments: [account.rawValue])
                .map(Self.expert)
        }
    }

    public func save(_ experts: [Expert], entry: AuditEntry) async throws {
        try await database.write(entry) { db in
            for expert in experts {
                let fields = try Self.json(expert.fields)
                try db.execute(
                    literal: """
                        INSERT INTO expert (account, name, employer, employer_code, employer_group, fields, title,
                                            contact, retired, version)
                        VALUES (\(expert.account.rawValue), \(expert.name), \(expert.employer), \(expert.employerCode),
                                \(expert.group), \(fields), \(expert.title), \(expert.contact), \(expert.retired),
                                \(expert.version))
                        ON CONFLICT (account) DO UPDATE SET
                            name = excluded.name, employer = excluded.employer,
                            employer_code = excluded.employer_code, employer_group = excluded.employer_group,
                            fields = excluded.fields, title = excluded.title, contact = excluded.contact,
                            retired = excluded.retired, version = excluded.version
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

    private static func expert(_ row: Row) throws -> Expert {
        Expert(
            account: AccountID(row["account"] as String), name: row["name"], employer: row["employer"],
            employerCode: row["employer_code"], group: row["employer_group"],
            fields: try decoded([ExpertField].self, row["fields"]), title: row["title"], contact: row["contact"],
            retired: row["retired"], version: row["version"])
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
