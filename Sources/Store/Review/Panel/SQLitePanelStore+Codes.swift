import Foundation
import GRDB
import Review
import Trust
import Vocabulary

extension SQLitePanelStore: ContactCodeStore {
    private static func place(_ id: String) -> String { "objection-code/\(id)" }

    public func keepCode(_ id: String, _ code: ContactCode, at now: Instant) async throws {
        let sealed = try sealing().seal(Array(code.code.utf8), place: Self.place(id)).data
        try await database.housekeeping { db in
            let before = try Row.fetchOne(
                db, sql: "SELECT asked, asked_at_ms FROM objection_code WHERE objection = ?", arguments: [id])
            let asked: Int = before?["asked"] ?? 0
            if asked >= ContactCode.most { throw Failure("panel.code_too_often", ["most": "\(ContactCode.most)"]) }
            if let last: Int64 = before?["asked_at_ms"], now.milliseconds < last + ContactCode.pause * 1000 {
                throw Failure("panel.code_too_soon", ["retryAfterSeconds": "\(ContactCode.pause)"])
            }
            try db.execute(
                literal: """
                    INSERT OR REPLACE INTO objection_code (objection, salt, digest, tries, runs_out_ms, sealed, language,
                                                           state, asked, asked_at_ms, attempts, next_at_ms)
                    VALUES (\(id), \(code.salt.data), \(code.digest.bytes.data), 0, \(code.runsOut.milliseconds),
                            \(sealed), \(code.language.rawValue), 'waiting', \(asked + 1), \(now.milliseconds), 0,
                            \(now.milliseconds))
                    """)
        }
    }

    public func codeStanding(_ id: String) async throws -> ContactCodeStanding? {
        try await database.read { db in
            try Row.fetchOne(db, sql: "SELECT * FROM objection_code WHERE objection = ?", arguments: [id]).map { row in
                guard let state = ContactCodeStanding.State(rawValue: row["state"]) else {
                    throw Self.damaged("objection_code", id)
                }
                return ContactCodeStanding(
                    state: state, asked: row["asked"], askedAt: Instant(milliseconds: row["asked_at_ms"]),
                    sentAt: (row["sent_at_ms"] as Int64?).map { Instant(milliseconds: $0) })
            }
        }
    }

    public func dueCodes(at now: Instant, limit: Int) async throws -> [DueContactCode] {
        let seal = try sealing()
        let store = self
        return try await database.read { db in
            let rows = try Row.fetchAll(
                db,
                sql: """
                    SELECT c.objection, c.sealed, c.language, c.attempts, o.number, o.round
                    FROM objection_code c JOIN objection o ON o.id = c.objection
                    WHERE c.state = 'waiting' AND c.next_at_ms <= ? ORDER BY c.next_at_ms, c.objection LIMIT ?
                    """, arguments: [now.milliseconds, limit])
            return try rows.compactMap { row in
                let id: String = row["objection"]
                guard let mail = try store.objector(id, db)?.contact, let sealed: Data = row["sealed"] else {
                    return nil
                }
                let code = try seal.open([UInt8](sealed), place: Self.place(id))
                return DueContactCode(
                    objection: id, number: row["number"], round: RoundID(row["round"] as String), mail: mail,
                    code: String(decoding: code, as: UTF8.self),
                    language: Language(rawValue: row["language"]) ?? .zhHans, attempts: row["attempts"])
            }
        }
    }

    public func codeSent(_ id: String, at now: Instant) async throws {
        try await database.housekeeping { db in
            try db.execute(
                sql: """
                    UPDATE objection_code SET state = 'sent', sealed = NULL, sent_at_ms = ?, attempts = attempts + 1
                    WHERE objection = ? AND state = 'waiting'
                    """, arguments: [now.milliseconds, id])
        }
    }

    public func codeFailed(_ id: String, next: Instant?) async throws {
        try await database.housekeeping { db in
            try db.execute(
                sql: """
                    UPDATE objection_code SET attempts = attempts + 1, state = ?, next_at_ms = coalesce(?, next_at_ms),
                        sealed = iif(? IS NULL, NULL, sealed)
                    WHERE objection = ? AND state = 'waiting'
                    """,
                arguments: [
                    next == nil ? "dead" : "waiting", next?.milliseconds, next?.milliseconds, id,
                ])
        }
    }

    public func tryCode(
        _ id: String, at now: Instant, check: @Sendable @escaping ([UInt8], Digest) -> Bool
    ) async throws -> Bool {
        try await database.housekeeping { db in
            try db.execute(
                sql: """
                    UPDATE objection_code SET tries = tries + 1
                    WHERE objection = ? AND tries < 5 AND runs_out_ms > ?
                    """, arguments: [id, now.milliseconds])
            guard db.changesCount == 1,
                let row = try Row.fetchOne(
                    db, sql: "SELECT * FROM objection_code WHERE objection = ?", arguments: [id]),
                let digest = Digest(row["digest"] as Data), check([UInt8](row["salt"] as Data), digest)
            else { return false }
            try db.execute(sql: "DELETE FROM objection_code WHERE objection = ?", arguments: [id])
            return true
        }
    }
}

// MARK: Who objects

/// What of an objector is sealed: all of it.
private struct ObjectorFields: Codable {
    let name: String
    let identityKind: String
    let identity: String
    let contactKind: String
    let contact: String
}

extension SQLitePanelStore {
    /// - Throws: `privacy.no_key` where the store was opened without one.
    func sealing() throws(Failure) -> DataSeal {
        guard let seal else { throw Failure("privacy.no_key") }
        return seal
    }

    func sealed(_ objector: Objector, of id: String) throws -> Data {
        let fields = ObjectorFields(
            name: objector.name, identityKind: objector.identityKind.rawValue, identity: objector.identity,
            contactKind: objector.contactKind.rawValue, contact: objector.contact)
        return try sealing().seal([UInt8](JSONEncoder().encode(fields)), place: "objector/\(id)").data
    }

    func opened(_ sealed: Data, of id: String) throws -> Objector {
        let bytes = try sealing().open([UInt8](sealed), place: "objector/\(id)")
        let fields = try JSONDecoder().decode(ObjectorFields.self, from: Data(bytes))
        guard let identity = Objector.IdentityKind(rawValue: fields.identityKind),
            let contact = Objector.ContactKind(rawValue: fields.contactKind)
        else { throw Self.damaged("objector", id) }
        return Objector(
            name: fields.name, identityKind: identity, identity: fields.identity, contactKind: contact,
            contact: fields.contact)
    }

    static func clear(_ row: Row, _ id: String) throws -> Objector {
        guard let identity = Objector.IdentityKind(rawValue: row["id_kind"]),
            let contact = Objector.ContactKind(rawValue: row["contact_kind"])
        else { throw damaged("objector_clear", id) }
        return Objector(
            name: row["name"], identityKind: identity, identity: row["id_number"], contactKind: contact,
            contact: row["contact"])
    }

    /// Seals what an earlier release kept in clear, and leaves nothing of it in the file.
    /// - Returns: how many objectors were sealed.
    @discardableResult
    public func sealClear() async throws -> Int {
        _ = try sealing()
        let store = self
        let count = try await database.housekeeping { db in
            try db.execute(sql: "PRAGMA secure_delete = ON")
            let rows = try Row.fetchAll(db, sql: "SELECT * FROM objector_clear")
            for row in rows {
                let id: String = row["objection"]
                let sealed = try store.sealed(try Self.clear(row, id), of: id)
                try db.execute(literal: "INSERT INTO objector (objection, sealed) VALUES (\(id), \(sealed))")
            }
            try db.execute(sql: "DELETE FROM objector_clear")
            return rows.count
        }
        if count > 0 { try await database.rewrite() }
        return count
    }
}
