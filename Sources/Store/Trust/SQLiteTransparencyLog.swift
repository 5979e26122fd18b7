import Foundation
import GRDB
import Trust
import Vocabulary

/// The audit log read out of SQLite: leaves by position, proofs out of the stored subtree hashes.
public struct SQLiteTransparencyLog: TransparencyLog {
    private let database: AuditedDatabase
    private let signer: NoteSigner

    public init(_ database: AuditedDatabase, signer: NoteSigner) {
        self.database = database
        self.signer = signer
    }

    public var verifier: NoteVerifier { signer.verifier }

    public func checkpoint() async throws -> SignedCheckpoint {
        try sign(
            try await database.read { db in
                let size = try Self.size(db)
                return (size, try MerkleFrontier(size: size) { try Self.node($0, db) }.root)
            })
    }

    public func entries(start: Int, limit: Int) async throws -> [LoggedEntry] {
        try await database.read { db in
            try Row.fetchAll(
                db, sql: "SELECT position, leaf FROM audit_log WHERE position >= ? ORDER BY position LIMIT ?",
                arguments: [start, limit]
            ).map(Self.entry)
        }
    }

    public func entry(_ index: Int) async throws -> LoggedEntry? {
        try await database.read { db in try Self.entry(index, db) }
    }

    public func inclusion(index: Int, size: Int) async throws -> InclusionProof {
        try await database.read { db in
            try Self.refuse(size, db)
            return try InclusionProof(index: index, size: size) { try Self.node($0, db) }
        }
    }

    public func consistency(first: Int, second: Int) async throws -> ConsistencyProof {
        try await database.read { db in
            try Self.refuse(second, db)
            return try ConsistencyProof(first: first, second: second) { try Self.node($0, db) }
        }
    }

    public func proof(_ index: Int) async throws -> LogProof {
        let (leaf, inclusion, root) = try await database.read { db in
            let size = try Self.size(db)
            let inclusion = try InclusionProof(index: index, size: size) { try Self.node($0, db) }
            let root = try MerkleFrontier(size: size) { try Self.node($0, db) }.root
            return (try Self.entry(index, db)?.bytes ?? [], inclusion, root)
        }
        return LogProof(leaf: leaf, inclusion: inclusion, checkpoint: try sign((inclusion.size, root)).note)
    }

    public func lastChange(
        _ round: RoundID, _ platform: PlatformID, _ indicator: IndicatorID
    ) async throws -> Int? {
        try await database.read { db in
            try Int.fetchOne(
                db,
                sql: "SELECT max(position) FROM audit_log WHERE round = ? AND platform = ? AND indicator = ?",
                arguments: [round.rawValue, platform.rawValue, indicator.rawValue])
        }
    }

    public func opening(_ index: Int) async throws -> CommitmentOpening? {
        try await database.read { db in
            guard
                let row = try Row.fetchOne(
                    db, sql: "SELECT salt, committed FROM audit_log WHERE position = ?", arguments: [index]),
                let salt = row["salt"] as Data?, let committed = row["committed"] as Data?
            else { return nil }
            return CommitmentOpening(salt: [UInt8](salt), committed: [UInt8](committed))
        }
    }

    private func sign(_ state: (size: Int, root: Digest)) throws -> SignedCheckpoint {
        let head = Checkpoint(origin: signer.verifier.name, size: state.size, root: state.root)
        return SignedCheckpoint(checkpoint: head, note: try head.signed(by: signer).description)
    }

    private static func size(_ db: GRDB.Database) throws -> Int {
        try Int.fetchOne(db, sql: "SELECT coalesce(max(position) + 1, 0) FROM audit_log") ?? 0
    }

    private static func refuse(_ size: Int, _ db: GRDB.Database) throws {
        let available = try Self.size(db)
        guard size <= available else {
            throw Failure("trust.size_outside", ["size": "\(size)", "available": "\(available)"])
        }
    }

    private static func node(_ node: MerkleNode, _ db: GRDB.Database) throws -> Digest {
        guard let hash = try AuditLog.node(node.level, node.index, db) else {
            throw Failure("trust.node_missing", ["level": "\(node.level)", "index": "\(node.index)"])
        }
        return hash
    }

    private static func entry(_ index: Int, _ db: GRDB.Database) throws -> LoggedEntry? {
        try Row.fetchOne(db, sql: "SELECT position, leaf FROM audit_log WHERE position = ?", arguments: [index])
            .map(entry)
    }

    private static func entry(_ row: Row) throws -> LoggedEntry {
        try LoggedEntry(index: row["position"], bytes: [UInt8](row["leaf"] as Data))
    }
}
