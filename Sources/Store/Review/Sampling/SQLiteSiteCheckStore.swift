import Foundation
import GRDB
import Review
import Trust
import Vocabulary

/// Records of checks on site in SQLite.
public struct SQLiteSiteCheckStore: SiteCheckStore {
    private let database: AuditedDatabase

    public init(_ database: AuditedDatabase) { self.database = database }

    public func check(_ round: RoundID, _ platform: PlatformID) async throws -> SiteCheck? {
        try await database.read { db in
            try Row.fetchOne(
                db, sql: "SELECT * FROM site_check WHERE round = ? AND platform = ?",
                arguments: [round.rawValue, platform.rawValue]
            ).map(Self.check)
        }
    }

    public func checks(_ round: RoundID) async throws -> [SiteCheck] {
        try await database.read { db in
            try Row.fetchAll(
                db, sql: "SELECT * FROM site_check WHERE round = ? ORDER BY platform", arguments: [round.rawValue]
            ).map(Self.check)
        }
    }

    public func signatures(_ check: SiteCheck) async throws -> [SiteSignature] {
        try await database.read { db in
            try Row.fetchAll(
                db,
                sql: """
                    SELECT * FROM site_check_signature WHERE round = ? AND platform = ? AND version = ?
                    ORDER BY at_ms, account
                    """, arguments: [check.round.rawValue, check.platform.rawValue, check.version]
            ).compactMap { row in
                Digest(row["digest"] as Data).map {
                    SiteSignature(
                        account: AccountID(row["account"] as String), at: Instant(milliseconds: row["at_ms"]),
                        version: row["version"], digest: $0)
                }
            }
        }
    }

    public func save(_ check: SiteCheck, entry: AuditEntry) async throws {
        let items = String(decoding: try JSONEncoder().encode(check.items), as: UTF8.self)
        try await database.write(entry) { db in
            if check.version == 1 {
                try db.execute(
                    literal: """
                        INSERT INTO site_check (round, platform, held_on, place, present, items, findings, account,
                                                at_ms, version)
                        VALUES (\(check.round.rawValue), \(check.platform.rawValue), \(check.heldOn.description),
                                \(check.place), \(check.present), \(items), \(check.findings),
                                \(check.by.rawValue), \(check.at.milliseconds), 1)
                        ON CONFLICT DO NOTHING
                        """)
            } else {
                try db.execute(
                    literal: """
                        UPDATE site_check SET held_on = \(check.heldOn.description), place = \(check.place),
                            present = \(check.present), items = \(items), findings = \(check.findings),
                            account = \(check.by.rawValue), at_ms = \(check.at.milliseconds),
                            version = \(check.version)
                        WHERE round = \(check.round.rawValue) AND platform = \(check.platform.rawValue)
                          AND version = \(check.version - 1)
                        """)
            }
            if db.changesCount != 1 { throw Failure("review.stale", ["what": check.platform.rawValue]) }
        }
    }

    public func sign(_ check: SiteCheck, _ signature: SiteSignature, entry: AuditEntry) async throws {
        try await database.write(entry) { db in
            let present = try Int.fetchOne(
                db, sql: "SELECT version FROM site_check WHERE round = ? AND platform = ?",
                arguments: [check.round.rawValue, check.platform.rawValue])
            guard present == signature.version else {
                throw Failure("review.stale", ["what": check.platform.rawValue])
            }
            try db.execute(
                literal: """
                    INSERT INTO site_check_signature (round, platform, account, version, digest, at_ms)
                    VALUES (\(check.round.rawValue), \(check.platform.rawValue), \(signature.account.rawValue),
                            \(signature.version), \(signature.digest.bytes.data), \(signature.at.milliseconds))
                    ON CONFLICT DO NOTHING
                    """)
        }
    }

    private static func check(_ row: Row) throws -> SiteCheck {
        guard let day = CivilDay(row["held_on"] as String) else {
            throw Failure("store.row_damaged", ["table": "site_check", "row": row["platform"]])
        }
        return SiteCheck(
            round: RoundID(row["round"] as String), platform: PlatformID(row["platform"] as String), heldOn: day,
            place: row["place"], present: row["present"],
            items: try JSONDecoder().decode([SiteCheck.Item].self, from: Data((row["items"] as String).utf8)),
            findings: row["findings"], by: AccountID(row["account"] as String),
            at: Instant(milliseconds: row["at_ms"]), version: row["version"])
    }
}
