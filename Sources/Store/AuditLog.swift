import Foundation
import GRDB
import Trust
import Vocabulary

/// The rows of the log: appended inside the transaction of the write that they prove.
enum AuditLog {
    /// Appends the entry and the hashes of the subtrees that it completes: O(log n), two rows on average.
    static func append(_ entry: AuditEntry, to database: GRDB.Database) throws -> Int {
        let index = try Int.fetchOne(database, sql: "SELECT coalesce(max(position) + 1, 0) FROM audit_log") ?? 0
        let leaf = entry.leafBytes
        var hash = MerkleHash.leaf(leaf)
        try database.execute(
            literal: """
                INSERT INTO audit_log (position, kind, actor, at_ms, round, platform, indicator, subject_key,
                                       leaf, leaf_hash, committed, salt, reason)
                VALUES (\(index), \(entry.kind.rawValue), \(entry.actor.json.text), \(entry.at.milliseconds),
                        \(entry.subject.round?.rawValue), \(entry.subject.platform?.rawValue),
                        \(entry.subject.indicator?.rawValue), \(entry.subject.key),
                        \(leaf.data), \(hash.bytes.data), \(entry.committedBytes.data), \(entry.salt.data),
                        \(entry.reason))
                """)
        var level = 0
        var position = index
        try insertNode(level, position, hash, database)
        while position % 2 == 1 {
            guard let left = try node(level, position - 1, database) else {
                throw Failure("store.log_damaged", ["level": "\(level)", "position": "\(position - 1)"])
            }
            hash = MerkleHash.node(left, hash)
            level += 1
            position /= 2
            try insertNode(level, position, hash, database)
        }
        return index
    }

    /// The hash of a complete subtree; nil when the log is not that long.
    static func node(_ level: Int, _ position: Int, _ database: GRDB.Database) throws -> Digest? {
        try Data.fetchOne(
            database, sql: "SELECT hash FROM merkle_node WHERE level = ? AND position = ?",
            arguments: [level, position]
        ).flatMap { Digest(bytes: [UInt8]($0)) }
    }

    private static func insertNode(
        _ level: Int, _ position: Int, _ hash: Digest, _ database: GRDB.Database
    ) throws {
        try database.execute(
            literal:
                "INSERT INTO merkle_node (level, position, hash) VALUES (\(level), \(position), \(hash.bytes.data))")
    }
}
