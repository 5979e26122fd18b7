import Foundation
import GRDB
import Review
import Trust
import Vocabulary

extension SQLiteExpertStore {
    public func draft(_ cell: CellAddress, _ expert: AccountID, sitting: Int) async throws -> MarkDraft? {
        try await database.read { db in
            let sql = """
                SELECT * FROM mark_draft
                WHERE round = ? AND platform = ? AND indicator = ? AND expert = ? AND sitting = ?
                """
            return try Row.fetchOne(db, sql: sql, arguments: cell.arguments + [expert.rawValue, sitting])
                .map(Self.draft)
        }
    }

    public func drafts(_ round: RoundID, _ expert: AccountID) async throws -> [CellAddress: MarkDraft] {
        try await database.read { db in
            let rows = try Row.fetchAll(
                db, sql: "SELECT * FROM mark_draft WHERE round = ? AND expert = ? ORDER BY sitting",
                arguments: [round.rawValue, expert.rawValue])
            return [CellAddress: MarkDraft](try rows.map { (CellAddress(row: $0), try Self.draft($0)) }) { $1 }
        }
    }

    public func save(_ draft: MarkDraft, _ cell: CellAddress, _ expert: AccountID, sitting: Int) async throws {
        let criteria = try Self.json(draft.criteria)
        try await database.housekeeping { db in
            try db.execute(
                literal: """
                    INSERT INTO mark_draft (round, indicator, platform, expert, sitting, criteria, mark, comment, at_ms,
                                            version)
                    VALUES (\(cell.round.rawValue), \(cell.indicator.rawValue), \(cell.platform.rawValue),
                            \(expert.rawValue), \(sitting), \(criteria), \(draft.mark), \(draft.comment),
                            \(draft.at.milliseconds), \(draft.version))
                    ON CONFLICT (round, indicator, platform, expert, sitting) DO UPDATE SET
                        criteria = excluded.criteria, mark = excluded.mark, comment = excluded.comment,
                        at_ms = excluded.at_ms, version = excluded.version
                    WHERE mark_draft.version = excluded.version - 1
                    """)
            if db.changesCount != 1 { throw Failure("review.stale", ["what": cell.indicator.rawValue]) }
        }
    }

    public func handIn(_ sheet: MarkSheet, replacing version: Int, entry: AuditEntry) async throws {
        let criteria = try Self.json(sheet.criteria.map(\.description))
        let mark = sheet.expertMark(version: version + 1)
        try await database.write(entry) { db in
            try SQLiteMarkStore.give(mark, to: db)
            let cell = sheet.cell
            try db.execute(
                literal: """
                    INSERT INTO mark_sheet (round, indicator, platform, expert, sitting, criteria, mark, comment, at_ms,
                                            nonce)
                    VALUES (\(cell.round.rawValue), \(cell.indicator.rawValue), \(cell.platform.rawValue),
                            \(sheet.expert.rawValue), \(sheet.sitting), \(criteria), \(sheet.mark.description),
                            \(sheet.comment), \(sheet.at.milliseconds), \(sheet.nonce))
                    ON CONFLICT (round, indicator, platform, expert, sitting) DO UPDATE SET
                        criteria = excluded.criteria, mark = excluded.mark, comment = excluded.comment,
                        at_ms = excluded.at_ms, nonce = excluded.nonce
                    """)
            try db.execute(
                literal: """
                    DELETE FROM mark_draft
                    WHERE round = \(cell.round.rawValue) AND indicator = \(cell.indicator.rawValue)
                      AND platform = \(cell.platform.rawValue) AND expert = \(sheet.expert.rawValue)
                      AND sitting = \(sheet.sitting)
                    """)
        }
    }

    public func remarks(_ cell: CellAddress) async throws -> [MarkRemark] {
        try await database.read { db in
            let sql =
                "SELECT * FROM mark_remark WHERE round = ? AND platform = ? AND indicator = ? ORDER BY id LIMIT 500"
            return try Row.fetchAll(db, sql: sql, arguments: cell.arguments).map { row in
                MarkRemark(
                    cell: CellAddress(row: row), expert: AccountID(row["expert"] as String), text: row["remark"],
                    at: Instant(milliseconds: row["at_ms"]))
            }
        }
    }

    public func say(_ remark: MarkRemark, entry: AuditEntry) async throws {
        try await database.write(entry) { db in
            try db.execute(
                literal: """
                    INSERT INTO mark_remark (round, indicator, platform, expert, remark, at_ms)
                    VALUES (\(remark.cell.round.rawValue), \(remark.cell.indicator.rawValue),
                            \(remark.cell.platform.rawValue), \(remark.expert.rawValue), \(remark.text),
                            \(remark.at.milliseconds))
                    """)
        }
    }

    private static func draft(_ row: Row) throws -> MarkDraft {
        MarkDraft(
            criteria: try decoded([String].self, row["criteria"]), mark: row["mark"], comment: row["comment"],
            at: Instant(milliseconds: row["at_ms"]), version: row["version"])
    }

    static func sheet(_ row: Row) throws -> MarkSheet {
        let damaged = Failure("store.row_damaged", ["table": "mark_sheet", "row": row["expert"]])
        guard let mark = ExactDecimal(row["mark"] as String) else { throw damaged }
        let criteria = try decoded([String].self, row["criteria"]).map { text in
            guard let value = ExactDecimal(text) else { throw damaged }
            return value
        }
        return MarkSheet(
            cell: CellAddress(row: row), expert: AccountID(row["expert"] as String), sitting: row["sitting"],
            criteria: criteria, mark: mark, comment: row["comment"], at: Instant(milliseconds: row["at_ms"]),
            nonce: row["nonce"])
    }
}

extension SQLiteExpertStore: MarkReadiness {
    public func readiness(_ round: RoundID) async throws -> [CellAddress: CaseStanding] {
        try await book(round, indicator: nil, platform: nil).standings()
    }
}
