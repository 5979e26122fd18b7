import Foundation
import GRDB
import Review
import Trust
import Vocabulary

extension SQLitePanelStore: ObjectionStore {
    public func objections(_ round: RoundID, after: Int, limit: Int) async throws -> [Objection] {
        try await database.read { db in
            try Row.fetchAll(
                db, sql: "SELECT * FROM objection WHERE round = ? AND number > ? ORDER BY number LIMIT ?",
                arguments: [round.rawValue, after, limit]
            ).map(Self.objection)
        }
    }

    public func objection(_ id: String) async throws -> Objection? {
        try await database.read { db in
            try Row.fetchOne(db, sql: "SELECT * FROM objection WHERE id = ?", arguments: [id]).map(Self.objection)
        }
    }

    public func objector(_ id: String) async throws -> Objector? {
        let store = self
        return try await database.read { db in try store.objector(id, db) }
    }

    func objector(_ id: String, _ db: GRDB.Database) throws -> Objector? {
        let sealed = try Data.fetchOne(db, sql: "SELECT sealed FROM objector WHERE objection = ?", arguments: [id])
        if let sealed { return try opened(sealed, of: id) }
        return try Row.fetchOne(db, sql: "SELECT * FROM objector_clear WHERE objection = ?", arguments: [id])
            .map { try Self.clear($0, id) }
    }

    public func count(_ round: RoundID, since: Instant) async throws -> Int {
        try await database.read { db in
            try Int.fetchOne(
                db, sql: "SELECT count(*) FROM objection WHERE round = ? AND at_ms >= ?",
                arguments: [round.rawValue, since.milliseconds]) ?? 0
        }
    }

    public func openCount(_ round: RoundID, _ platform: PlatformID?) async throws -> Int {
        try await database.read { db in
            try Int.fetchOne(
                db,
                sql: """
                    SELECT count(*) FROM objection
                    WHERE round = ? AND state IN ('received', 'accepted') AND (? IS NULL OR platform = ?)
                    """,
                arguments: [round.rawValue, platform?.rawValue, platform?.rawValue]) ?? 0
        }
    }

    public func receive(_ objection: Objection, _ objector: Objector, entry: AuditEntry) async throws -> Objection {
        let sealed = try sealed(objector, of: objection.id)
        return try await database.write(entry) { db in
            let number = try Int.fetchOne(
                db, sql: "SELECT coalesce(max(number), 0) + 1 FROM objection WHERE round = ?",
                arguments: [objection.round.rawValue])
            let index = try Self.nextIndex(db)
            let kept = Objection(
                id: objection.id, round: objection.round, number: number ?? 1, notice: objection.notice,
                platform: objection.platform, indicator: objection.indicator, facts: objection.facts,
                at: objection.at, computationBefore: objection.computationBefore, logIndex: index)
            try db.execute(
                literal: """
                    INSERT INTO objection (id, round, number, notice, platform, indicator, facts, state, at_ms,
                                           computation_before, version, log_index)
                    VALUES (\(kept.id), \(kept.round.rawValue), \(kept.number), \(kept.notice),
                            \(kept.platform.rawValue), \(kept.indicator?.rawValue), \(kept.facts), 'received',
                            \(kept.at.milliseconds), \(kept.computationBefore), 1, \(index))
                    """)
            try db.execute(literal: "INSERT INTO objector (objection, sealed) VALUES (\(kept.id), \(sealed))")
            return kept
        }.value
    }

    public func change(_ changed: Objection, replacing version: Int, entry: AuditEntry) async throws {
        try await database.write(entry) { db in
            try db.execute(
                literal: """
                    UPDATE objection SET
                        state = \(changed.state.rawValue), contact_proof = \(changed.contactProof?.rawValue),
                        contact_note = \(changed.contactNote), refusal = \(changed.refusal?.rawValue),
                        decision_reason = \(changed.decisionReason), decided_by = \(changed.decidedBy?.rawValue),
                        decided_at_ms = \(changed.decidedAt?.milliseconds), heard = \(changed.heard),
                        heard_at_ms = \(changed.heardAt?.milliseconds), letter_number = \(changed.letterNumber),
                        letter = \(changed.letter), answered_by = \(changed.answeredBy?.rawValue),
                        answered_at_ms = \(changed.answeredAt?.milliseconds), version = \(version + 1),
                        log_index = \(try Self.nextIndex(db))
                    WHERE id = \(changed.id) AND version = \(version)
                    """)
            if db.changesCount != 1 { throw Failure("review.stale", ["what": "\(changed.number)"]) }
        }
    }

    private static func objection(_ row: Row) throws -> Objection {
        guard let state = Objection.State(rawValue: row["state"]) else { throw damaged("objection", row["id"]) }
        func instant(_ name: String) -> Instant? { (row[name] as Int64?).map { Instant(milliseconds: $0) } }
        func account(_ name: String) -> AccountID? { (row[name] as String?).map { AccountID($0) } }
        var found = Objection(
            id: row["id"], round: RoundID(row["round"] as String), number: row["number"], notice: row["notice"],
            platform: PlatformID(row["platform"] as String),
            indicator: (row["indicator"] as String?).map { IndicatorID($0) }, facts: row["facts"], state: state,
            at: Instant(milliseconds: row["at_ms"]), computationBefore: row["computation_before"],
            version: row["version"], logIndex: row["log_index"])
        found.contactProof = (row["contact_proof"] as String?).flatMap(Objection.ContactProof.init(rawValue:))
        found.contactNote = row["contact_note"]
        found.refusal = (row["refusal"] as String?).flatMap(Objection.Refusal.init(rawValue:))
        found.decisionReason = row["decision_reason"]
        found.decidedBy = account("decided_by")
        found.decidedAt = instant("decided_at_ms")
        found.heard = row["heard"]
        found.heardAt = instant("heard_at_ms")
        found.letterNumber = row["letter_number"]
        found.letter = row["letter"]
        found.answeredBy = account("answered_by")
        found.answeredAt = instant("answered_at_ms")
        return found
    }
}
