import Collect
import Foundation
import GRDB
import Trust
import Vocabulary

/// Commitments, challenges and confirmations in SQLite.
public struct SQLiteChallengeStore: ChallengeStore {
    private let database: AuditedDatabase

    public init(_ database: AuditedDatabase) { self.database = database }

    // MARK: commitments

    public func commit(
        _ round: RoundID, _ platform: PlatformID, size: Int, root: Digest, at: Instant, entry: AuditEntry
    ) async throws -> InventoryCommitment {
        let (id, logIndex) = try await database.write(entry) { db in
            // The entry is appended by this transaction after the row: it takes the next place.
            let next = try Int.fetchOne(db, sql: "SELECT coalesce(max(position) + 1, 0) FROM audit_log") ?? 0
            try db.execute(
                literal: """
                    INSERT INTO inventory_commitment (round, platform, size, root, committed_at_ms, log_index)
                    VALUES (\(round.rawValue), \(platform.rawValue), \(size), \(root.bytes.data), \(at.milliseconds),
                            \(next))
                    """)
            return Int(db.lastInsertedRowID)
        }
        return InventoryCommitment(
            id: id, round: round, platform: platform, size: size, root: root, committedAt: at, logIndex: logIndex)
    }

    public func commitments(_ round: RoundID, _ platform: PlatformID) async throws -> [InventoryCommitment] {
        try await database.read { db in
            try Row.fetchAll(
                db, sql: "SELECT * FROM inventory_commitment WHERE round = ? AND platform = ? ORDER BY id DESC",
                arguments: [round.rawValue, platform.rawValue]
            ).map(Self.commitment)
        }
    }

    private static func commitment(_ row: Row) throws -> InventoryCommitment {
        InventoryCommitment(
            id: row["id"], round: RoundID(row["round"] as String), platform: PlatformID(row["platform"] as String),
            size: row["size"], root: try digest(row["root"], "inventory_commitment"),
            committedAt: Instant(milliseconds: row["committed_at_ms"]), logIndex: row["log_index"])
    }

    private static func digest(_ data: Data, _ table: String) throws -> Digest {
        guard let digest = Digest(bytes: [UInt8](data)) else {
            throw Failure("store.row_damaged", ["table": table, "row": "digest"])
        }
        return digest
    }

    // MARK: challenges

    public func draw(_ new: NewChallenge, entry: AuditEntry) async throws -> Challenge {
        let id = try await database.write(entry) { db in
            let round = new.commitment.round.rawValue
            let platform = new.commitment.platform.rawValue
            let open = try Int.fetchOne(
                db, sql: "SELECT id FROM challenge WHERE round = ? AND platform = ? AND due_at_ms > ?",
                arguments: [round, platform, new.drawnAt.milliseconds])
            if let open { throw Failure("collect.challenge-open", ["challenge": "\(open)"]) }
            let next = try Int.fetchOne(db, sql: "SELECT coalesce(max(position) + 1, 0) FROM audit_log") ?? 0
            try db.execute(
                literal: """
                    INSERT INTO challenge (commitment, round, platform, checkpoint_size, commitment_log_index, seed,
                                           drawn_at_ms, due_at_ms, log_index)
                    VALUES (\(new.commitment.id), \(round), \(platform), \(new.checkpointSize),
                            \(new.commitment.logIndex), \(new.seed.bytes.data), \(new.drawnAt.milliseconds),
                            \(new.dueAt.milliseconds), \(next))
                    """)
            let id = db.lastInsertedRowID
            let statement = try db.cachedStatement(
                sql: "INSERT INTO challenge_leaf (challenge, ordinal, place, is_handed_over) VALUES (?, ?, ?, ?)")
            for (ordinal, place) in new.places.enumerated() {
                try statement.execute(arguments: [id, ordinal, place, ordinal < new.handedOver])
            }
            return Int(id)
        }.value
        return try await challenge(id)
    }

    public func challenges(_ round: RoundID, _ platform: PlatformID?) async throws -> [Challenge] {
        try await database.read { db in
            try Int.fetchAll(
                db, sql: "SELECT id FROM challenge WHERE round = ? AND (? IS NULL OR platform = ?) ORDER BY id DESC",
                arguments: [round.rawValue, platform?.rawValue, platform?.rawValue]
            ).compactMap { try Self.challenge($0, db) }
        }
    }

    public func challenge(_ id: Int) async throws -> Challenge {
        guard let found = try await database.read({ db in try Self.challenge(id, db) }) else {
            throw Failure("collect.challenge-unknown", ["challenge": "\(id)"])
        }
        return found
    }

    private static func challenge(_ id: Int, _ db: GRDB.Database) throws -> Challenge? {
        guard let row = try Row.fetchOne(db, sql: "SELECT * FROM challenge WHERE id = ?", arguments: [id]),
            let committed = try Row.fetchOne(
                db, sql: "SELECT * FROM inventory_commitment WHERE id = ?", arguments: [row["commitment"] as Int])
        else { return nil }
        let confirmations = try Row.fetchAll(
            db, sql: "SELECT * FROM leaf_confirmation WHERE challenge = ? ORDER BY id", arguments: [id])
        let byLeaf = [Int: [Row]](grouping: confirmations) { $0["ordinal"] }
        let leaves = try Row.fetchAll(
            db, sql: "SELECT * FROM challenge_leaf WHERE challenge = ? ORDER BY ordinal", arguments: [id]
        ).map { try leaf($0, byLeaf[$0["ordinal"]] ?? []) }
        return Challenge(
            id: id, commitment: try commitment(committed), checkpointSize: row["checkpoint_size"],
            seed: try digest(row["seed"], "challenge"), drawnAt: Instant(milliseconds: row["drawn_at_ms"]),
            dueAt: Instant(milliseconds: row["due_at_ms"]), logIndex: row["log_index"], leaves: leaves)
    }

    private static func leaf(_ row: Row, _ confirmations: [Row]) throws -> Challenge.Leaf {
        let answer = try (row["answer"] as String?).map {
            try JSONDecoder().decode(LeafAnswer.self, from: Data($0.utf8))
        }
        return Challenge.Leaf(
            ordinal: row["ordinal"], place: row["place"],
            verdict: (row["verdict"] as String?).flatMap { LeafVerdict(rawValue: $0) }, answer: answer,
            answeredAt: (row["answered_at_ms"] as Int64?).map { Instant(milliseconds: $0) },
            isHandedOver: row["is_handed_over"], confirmations: confirmations.compactMap(confirmation))
    }

    private static func confirmation(_ row: Row) -> LeafConfirmation? {
        guard let role = LeafConfirmation.Role(rawValue: row["role"]),
            let says = LeafConfirmation.Word(rawValue: row["says"])
        else { return nil }
        return LeafConfirmation(
            role: role, says: says, note: row["note"], place: row["place"],
            photo: (row["photo"] as Data?).flatMap { Digest(bytes: [UInt8]($0)) },
            by: (row["account"] as String?).map { AccountID($0) }, at: Instant(milliseconds: row["at_ms"]))
    }

    public func answer(
        _ challenge: Int, _ answers: [JudgedAnswer], at: Instant, entry: AuditEntry
    ) async throws -> Int {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        let texts = try answers.map { String(decoding: try encoder.encode($0.answer), as: UTF8.self) }
        return try await database.write(entry) { db in
            guard try Int.fetchOne(db, sql: "SELECT 1 FROM challenge WHERE id = ?", arguments: [challenge]) != nil
            else { throw Failure("collect.challenge-unknown", ["challenge": "\(challenge)"]) }
            let statement = try db.cachedStatement(
                sql: """
                    UPDATE challenge_leaf SET verdict = ?, answer = ?, answered_at_ms = ?
                    WHERE challenge = ? AND ordinal = ? AND verdict IS NOT 'good'
                    """)
            for (judged, text) in zip(answers, texts) {
                try statement.execute(arguments: [
                    judged.verdict.rawValue, text, at.milliseconds, challenge, judged.ordinal,
                ])
            }
        }.logIndex
    }

    // MARK: confirmation

    public func makeLink(_ challenge: Int, ordinal: Int, token: Digest, entry: AuditEntry) async throws -> Int {
        try await database.write(entry) { db in
            try db.execute(
                literal: """
                    UPDATE challenge_leaf SET token = \(token.bytes.data)
                    WHERE challenge = \(challenge) AND ordinal = \(ordinal) AND is_handed_over = 1
                    """)
            if db.changesCount != 1 { throw Failure("collect.leaf-unknown", ["leaf": "\(ordinal)"]) }
        }.logIndex
    }

    public func leaf(token: Digest) async throws -> (challenge: Challenge, leaf: Challenge.Leaf)? {
        try await database.read { db in
            guard
                let row = try Row.fetchOne(
                    db, sql: "SELECT challenge, ordinal FROM challenge_leaf WHERE token = ?",
                    arguments: [token.bytes.data]),
                let found = try Self.challenge(row["challenge"], db),
                let leaf = found.leaves.first(where: { $0.ordinal == row["ordinal"] })
            else { return nil }
            return (found, leaf)
        }
    }

    public func confirm(
        _ challenge: Int, ordinal: Int, _ confirmation: LeafConfirmation, entry: AuditEntry
    ) async throws -> Int {
        try await database.write(entry) { db in
            let isHanded = try Bool.fetchOne(
                db, sql: "SELECT is_handed_over FROM challenge_leaf WHERE challenge = ? AND ordinal = ?",
                arguments: [challenge, ordinal])
            guard isHanded == true else { throw Failure("collect.leaf-unknown", ["leaf": "\(ordinal)"]) }
            try db.execute(
                literal: """
                    INSERT INTO leaf_confirmation (challenge, ordinal, role, says, note, place, photo, account, at_ms)
                    VALUES (\(challenge), \(ordinal), \(confirmation.role.rawValue), \(confirmation.says.rawValue),
                            \(confirmation.note), \(confirmation.place), \(confirmation.photo?.bytes.data),
                            \(confirmation.by?.rawValue), \(confirmation.at.milliseconds))
                    """)
        }.logIndex
    }
}
