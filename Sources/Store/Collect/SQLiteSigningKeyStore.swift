import Collect
import Foundation
import GRDB
import Trust
import Vocabulary

/// Signing keys in SQLite; shared secrets are sealed with the personal key, so that a copy of the folder signs nothing.
public struct SQLiteSigningKeyStore: SigningKeyStore {
    private let database: AuditedDatabase
    private let seal: DataSeal

    public init(_ database: AuditedDatabase, seal: DataSeal) {
        self.database = database
        self.seal = seal
    }

    private static func place(_ id: String) -> String { "port_signing_key/\(id)" }

    public func create(_ key: PortSigningKey, secret: [UInt8]?, entry: AuditEntry) async throws -> Int {
        let material: [UInt8]
        switch key.key.algorithm {
        case .ed25519: material = key.key.publicKey ?? []
        case .hmacSHA256: material = try seal.seal(secret ?? [], place: Self.place(key.id))
        }
        return try await database.write(entry) { db in
            try db.execute(
                literal: """
                    INSERT INTO port_signing_key (id, round, platform, name, algorithm, material, created_at_ms,
                                                  created_by)
                    VALUES (\(key.id), \(key.round.rawValue), \(key.platform.rawValue), \(key.name),
                            \(key.key.algorithm.rawValue), \(material.data), \(key.createdAt.milliseconds),
                            \(key.createdBy.rawValue))
                    """)
        }.logIndex
    }

    public func signingKeys(_ round: RoundID, _ platform: PlatformID) async throws -> [PortSigningKey] {
        try await database.read { [seal] db in
            try Row.fetchAll(
                db,
                sql: "SELECT * FROM port_signing_key WHERE round = ? AND platform = ? ORDER BY created_at_ms, id",
                arguments: [round.rawValue, platform.rawValue]
            ).map { try Self.key($0, seal) }
        }
    }

    private static func key(_ row: Row, _ seal: DataSeal) throws -> PortSigningKey {
        let id: String = row["id"]
        let material = [UInt8](row["material"] as Data)
        let key: SignatureKey =
            switch SignatureKey.Algorithm(rawValue: row["algorithm"]) {
            case .ed25519: try .ed25519(publicKey: material)
            case .hmacSHA256: try .hmacSHA256(secret: seal.open(material, place: place(id)))
            case nil: throw Failure("store.row_damaged", ["table": "port_signing_key", "row": id])
            }
        return PortSigningKey(
            id: id, round: RoundID(row["round"] as String), platform: PlatformID(row["platform"] as String),
            name: row["name"], key: key, createdAt: Instant(milliseconds: row["created_at_ms"]),
            createdBy: AccountID(row["created_by"] as String),
            revokedAt: (row["revoked_at_ms"] as Int64?).map { Instant(milliseconds: $0) })
    }

    public func revokeSigningKey(_ id: String, at: Instant, entry: AuditEntry) async throws -> Int {
        try await database.write(entry) { db in
            try db.execute(
                literal: """
                    UPDATE port_signing_key SET revoked_at_ms = coalesce(revoked_at_ms, \(at.milliseconds))
                    WHERE id = \(id)
                    """)
            if db.changesCount != 1 { throw Failure("collect.signing-key-unknown", ["key": id]) }
        }.logIndex
    }
}
