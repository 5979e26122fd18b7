import Foundation
import GRDB
import Submit
import Trust
import Vocabulary

/// Objectors and experts' contacts: what is held of them, and its deletion.
extension SQLiteRetentionStore {
    /// Experts of the round who left the pool and have no seat in a round that still runs.
    private static let left = """
        sealed IS NOT NULL AND retired IS NOT NULL
        AND account IN (SELECT expert FROM expert_seat WHERE round = :round)
        AND account NOT IN (
            SELECT expert FROM expert_seat JOIN round ON round.id = expert_seat.round
            WHERE round.state NOT IN ('published', 'archived', 'cancelled'))
        """

    static func people(_ round: RoundID, _ db: GRDB.Database) throws -> [Holding] {
        let objectors = try Row.fetchAll(
            db,
            sql: """
                SELECT o.platform, count(*) AS rows FROM objection o
                WHERE o.round = ? AND (o.id IN (SELECT objection FROM objector)
                    OR o.id IN (SELECT objection FROM objector_clear))
                GROUP BY o.platform ORDER BY o.platform
                """, arguments: [round.rawValue]
        ).map {
            Holding(
                kind: .objectors, round: round, platform: PlatformID($0["platform"] as String), indicator: nil,
                rowCount: $0["rows"])
        }
        let arguments: StatementArguments = ["round": round.rawValue]
        let contacts =
            try Int.fetchOne(db, sql: "SELECT count(*) FROM expert WHERE \(left)", arguments: arguments) ?? 0
        if contacts == 0 { return objectors }
        return objectors + [
            Holding(
                kind: .expertContacts, round: round, platform: PlatformID(""), indicator: nil, rowCount: contacts)
        ]
    }

    /// SHA-256 over the digests of what was sealed, in the order of the objections' ids.
    static func deleteObjectors(_ holding: Holding, _ db: GRDB.Database) throws -> Digest {
        let place: StatementArguments = [holding.round.rawValue, holding.platform.rawValue]
        let mine = "objection IN (SELECT id FROM objection WHERE round = ? AND platform = ?)"
        let sealed = try Data.fetchAll(
            db, sql: "SELECT sealed FROM objector WHERE \(mine) ORDER BY objection", arguments: place)
        for table in ["objector", "objector_clear", "objection_code"] {
            try db.execute(sql: "DELETE FROM \(table) WHERE \(mine)", arguments: place)
        }
        return Digest.sha256(of: sealed.flatMap { Digest.sha256(of: [UInt8]($0)).bytes })
    }

    /// SHA-256 over the digests of what was sealed, in the order of the accounts.
    static func deleteContacts(_ holding: Holding, _ db: GRDB.Database) throws -> Digest {
        let arguments: StatementArguments = ["round": holding.round.rawValue]
        let sealed = try Data.fetchAll(
            db, sql: "SELECT sealed FROM expert WHERE \(left) ORDER BY account", arguments: arguments)
        try db.execute(sql: "UPDATE expert SET sealed = NULL WHERE \(left)", arguments: arguments)
        return Digest.sha256(of: sealed.flatMap { Digest.sha256(of: [UInt8]($0)).bytes })
    }
}
