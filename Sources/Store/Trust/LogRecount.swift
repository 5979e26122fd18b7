import Foundation
import GRDB
import Trust
import Vocabulary

/// Recomputes a whole log from its leaves and compares everything that is stored with it: the auditor's check of a
/// data folder, which trusts no stored hash.
public struct LogRecount: Sendable {
    /// Leaves counted.
    public let size: Int
    /// The root over them.
    public let root: Digest
    /// Entries whose committed bytes are still kept; each was held against its commitment.
    public let openings: Int
    /// What is wrong; empty for a sound log.
    public let findings: [Finding]

    /// Most findings that are listed.
    private static let findingLimit = 100

    /// Reads every row once. Roots of earlier sizes in `earlier` are compared on the way.
    public init(_ database: AuditedDatabase, against earlier: [Checkpoint] = []) async throws {
        (size, root, openings, findings) = try await database.read { db in
            var walk = Walk(earlier: earlier)
            let rows = try Row.fetchCursor(
                db, sql: "SELECT position, leaf, leaf_hash, committed, salt FROM audit_log ORDER BY position")
            while let row = try rows.next() { try walk.take(row, db) }
            try walk.finish(db)
            return (walk.frontier.size, walk.frontier.root, walk.openings, walk.findings)
        }
    }

    private struct Walk {
        let earlier: [Checkpoint]
        var frontier = MerkleFrontier()
        var openings = 0
        var findings: [Finding] = []

        mutating func add(_ code: String, _ values: [String: String]) {
            guard findings.count < LogRecount.findingLimit else { return }
            findings.append(Finding(.error, code, at: values["index"].map { "#\($0)" } ?? "", values))
        }

        mutating func take(_ row: Row, _ db: GRDB.Database) throws {
            compareEarlier()
            let index: Int = row["position"]
            if index != frontier.size { add("trust.recount_gap", ["index": "\(frontier.size)", "found": "\(index)"]) }
            let leaf = [UInt8](row["leaf"] as Data)
            let hash = MerkleHash.leaf(leaf)
            if Digest(row["leaf_hash"] as Data) != hash { add("trust.recount_hash", ["index": "\(index)"]) }
            if let salt = row["salt"] as Data?, let committed = row["committed"] as Data? {
                openings += 1
                let opening = CommitmentOpening(salt: [UInt8](salt), committed: [UInt8](committed))
                if (try? AuditLeaf(bytes: leaf))?.commitment != opening.commitment {
                    add("trust.recount_commitment", ["index": "\(index)"])
                }
            }
            for (node, hash) in frontier.append(hash) where try AuditLog.node(node.level, node.index, db) != hash {
                add("trust.recount_node", ["index": "\(index)", "level": "\(node.level)"])
            }
        }

        mutating func finish(_ db: GRDB.Database) throws {
            compareEarlier()
            for checkpoint in earlier where checkpoint.size > frontier.size {
                add("trust.recount_shorter", ["size": "\(checkpoint.size)", "found": "\(frontier.size)"])
            }
        }

        private mutating func compareEarlier() {
            for checkpoint in earlier where checkpoint.size == frontier.size && checkpoint.root != frontier.root {
                add("trust.recount_root", ["size": "\(checkpoint.size)", "root": frontier.root.hex])
            }
        }
    }
}
