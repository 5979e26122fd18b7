import Foundation
import GRDB
import Review
import Trust
import Vocabulary

extension SQLitePanelStore: NoticeStore {
    public func contacts(_ round: RoundID) async throws -> NoticeContacts? {
        try await database.read { db in
            try Row.fetchOne(db, sql: "SELECT * FROM notice_contacts WHERE round = ?", arguments: [round.rawValue])
                .map { row in
                    NoticeContacts(
                        round: round, office: row["office"], officePhone: row["office_phone"],
                        inspection: row["inspection"], inspectionPhone: row["inspection_phone"], mail: row["mail"],
                        address: row["address"], version: row["version"])
                }
        }
    }

    public func keep(_ contacts: NoticeContacts, entry: AuditEntry) async throws {
        try await database.write(entry) { db in
            let stored =
                try Int.fetchOne(
                    db, sql: "SELECT version FROM notice_contacts WHERE round = ?", arguments: [contacts.round.rawValue]
                ) ?? 0
            if stored != contacts.version - 1 { throw Failure("review.stale", ["what": contacts.round.rawValue]) }
            try db.execute(
                literal: """
                    INSERT OR REPLACE INTO notice_contacts (round, office, office_phone, inspection, inspection_phone,
                                                            mail, address, version)
                    VALUES (\(contacts.round.rawValue), \(contacts.office), \(contacts.officePhone),
                            \(contacts.inspection), \(contacts.inspectionPhone), \(contacts.mail), \(contacts.address),
                            \(contacts.version))
                    """)
        }
    }

    public func notices(_ round: RoundID) async throws -> [PublicNotice] {
        try await database.read { db in
            try Row.fetchAll(
                db, sql: "SELECT * FROM public_notice WHERE round = ? ORDER BY number", arguments: [round.rawValue]
            ).map { row in
                guard let starts = CivilDay(row["starts_on"] as String), let ends = CivilDay(row["ends_on"] as String)
                else { throw Self.damaged("public_notice", round.rawValue) }
                return PublicNotice(
                    round: round, number: row["number"], days: row["days"], startsOn: starts, endsOn: ends,
                    computation: row["computation"], by: AccountID(row["account"] as String),
                    at: Instant(milliseconds: row["at_ms"]), logIndex: row["log_index"])
            }
        }
    }

    public func start(_ notice: PublicNotice, entry: AuditEntry) async throws {
        try await database.write(entry) { db in
            try db.execute(
                literal: """
                    INSERT INTO public_notice (round, number, days, starts_on, ends_on, computation, account, at_ms,
                                               log_index)
                    VALUES (\(notice.round.rawValue), \(notice.number), \(notice.days), \(notice.startsOn.description),
                            \(notice.endsOn.description), \(notice.computation), \(notice.by.rawValue),
                            \(notice.at.milliseconds), \(try Self.nextIndex(db)))
                    """)
        }
    }
}
