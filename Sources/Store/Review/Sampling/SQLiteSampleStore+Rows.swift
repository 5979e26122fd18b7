import Foundation
import GRDB
import Review
import Trust
import Vocabulary

extension SQLiteSampleStore {
    private static let rowSelection = """
        SELECT r.*, l.round, l.platform, l.indicator, l.list_version,
               (SELECT count(*) FROM evidence e WHERE e.removed_at_ms IS NULL AND e.round = l.round
                AND e.platform = l.platform AND e.indicator = l.indicator
                AND e.requirement = 'sample/' || r.number) AS proofs
        FROM sample_row r JOIN sample_list l ON l.id = r.list
        """

    /// Rows of the newest frozen version of each list.
    private static let newest = """
        l.list_version = (SELECT max(o.list_version) FROM sample_list o
            WHERE o.round = l.round AND o.platform = l.platform AND o.indicator = l.indicator)
        """

    /// The condition of a filter after `WHERE`, with its arguments; `judged` only when asked for.
    private static func condition(
        _ round: RoundID, _ filter: DrawnRowFilter, judged: Bool
    ) -> (sql: String, arguments: StatementArguments) {
        var sql = "l.round = ? AND " + newest
        var arguments: StatementArguments = [round.rawValue]
        if let reach = filter.reach {
            func marks(_ count: Int) -> String { Array(repeating: "?", count: count).joined(separator: ", ") }
            sql += " AND (r.office IN (\(marks(reach.offices.count)))"
            arguments += StatementArguments(reach.offices.map(\.rawValue))
            sql += " OR l.platform IN (\(marks(reach.platforms.count))))"
            arguments += StatementArguments(reach.platforms.map(\.rawValue))
        }
        if let platform = filter.platform {
            sql += " AND l.platform = ?"
            arguments += [platform.rawValue]
        }
        if let indicator = filter.indicator {
            sql += " AND l.indicator = ?"
            arguments += [indicator.rawValue]
        }
        if let office = filter.office {
            sql += " AND r.office = ?"
            arguments += [office.rawValue]
        }
        switch filter.judged {
        case .open where judged: sql += " AND r.verdict IS NULL"
        case .good where judged: sql += " AND r.verdict = 'good'"
        case .bad where judged: sql += " AND r.verdict = 'bad'"
        default: break
        }
        return (sql, arguments)
    }

    public func rows(
        _ round: RoundID, _ filter: DrawnRowFilter, after: DrawnRowCursor?, limit: Int
    ) async throws -> [DrawnRow] {
        let condition = Self.condition(round, filter, judged: true)
        let cursor = after ?? DrawnRowCursor(list: -1, number: 0)
        return try await database.read { db in
            let sql =
                Self.rowSelection + " WHERE " + condition.sql
                + " AND (r.list, r.number) > (?, ?) ORDER BY r.list, r.number LIMIT ?"
            return try Row.fetchAll(
                db, sql: sql, arguments: condition.arguments + [cursor.list, cursor.number, limit]
            ).map(Self.drawnRow)
        }
    }

    public func row(_ cell: CellAddress, _ number: Int) async throws -> DrawnRow? {
        try await database.read { db in
            let sql =
                Self.rowSelection + " WHERE l.round = ? AND l.platform = ? AND l.indicator = ? AND r.number = ? AND "
                + Self.newest
            return try Row.fetchOne(db, sql: sql, arguments: cell.arguments + [number]).map(Self.drawnRow)
        }
    }

    public func counts(_ round: RoundID, _ filter: DrawnRowFilter) async throws -> (all: Int, judged: Int) {
        let condition = Self.condition(round, filter, judged: false)
        return try await database.read { db in
            let sql = """
                SELECT count(*) AS every, count(r.verdict) AS judged FROM sample_row r JOIN sample_list l ON l.id = r.list
                WHERE \(condition.sql)
                """
            let row = try Row.fetchOne(db, sql: sql, arguments: condition.arguments)
            return (row?["every"] ?? 0, row?["judged"] ?? 0)
        }
    }

    public func offices(_ round: RoundID) async throws -> [(office: RegionCode, all: Int, judged: Int)] {
        try await database.read { db in
            let sql = """
                SELECT r.office, count(*) AS every, count(r.verdict) AS judged
                FROM sample_row r JOIN sample_list l ON l.id = r.list
                WHERE l.round = ? AND \(Self.newest) GROUP BY r.office ORDER BY r.office
                """
            return try Row.fetchAll(db, sql: sql, arguments: [round.rawValue]).map {
                (RegionCode($0["office"] as String), $0["every"], $0["judged"])
            }
        }
    }

    // MARK: - Judgements

    public func judge(_ changes: [JudgementChange]) async throws {
        guard !changes.isEmpty else { return }
        _ = try await database.write { db in
            for change in changes {
                let isClosed = try Bool.fetchOne(
                    db,
                    sql: """
                        SELECT outcome IS NOT NULL OR EXISTS
                            (SELECT 1 FROM sample_decision d WHERE d.list = l.id AND d.state = 'proposed')
                        FROM sample_list l WHERE l.id = ?
                        """, arguments: [change.row.list])
                if isClosed ?? true {
                    throw Failure("sampling.list_settled", ["indicator": change.row.cell.indicator.rawValue])
                }
                let new = change.judgement
                try db.execute(
                    literal: """
                        UPDATE sample_row SET verdict = \(new.verdict.rawValue),
                            reason_code = \(new.reasonCode?.rawValue), note = \(new.note),
                            account = \(new.by.rawValue), at_ms = \(new.at.milliseconds), version = version + 1
                        WHERE list = \(change.row.list) AND number = \(change.row.number)
                          AND version = \(change.replacing)
                        """)
                if db.changesCount != 1 {
                    throw Failure("sampling.judged_meanwhile", ["row": "\(change.row.number)"])
                }
            }
            return ((), changes.map(\.entry))
        }
    }

    public func history(_ row: DrawnRow) async throws -> [SampleJudgement] {
        try await database.read { db in
            let sql = """
                SELECT verdict, reason_code, note, account, at_ms, version FROM sample_row_past
                WHERE list = ? AND number = ? UNION ALL
                SELECT verdict, reason_code, note, account, at_ms, version FROM sample_row
                WHERE list = ? AND number = ? AND version > 0 ORDER BY version
                """
            return try Row.fetchAll(db, sql: sql, arguments: [row.list, row.number, row.list, row.number])
                .compactMap(Self.judgement)
        }
    }

    // MARK: - Decisions

    public func decisions(_ list: Int64) async throws -> [SampleDecision] {
        try await database.read { db in
            try Row.fetchAll(
                db, sql: "SELECT * FROM sample_decision WHERE list = ? ORDER BY id DESC", arguments: [list]
            ).map(Self.decision)
        }
    }

    public func propose(_ decision: SampleDecision, entry: AuditEntry) async throws {
        let figures = try Figures.json(decision.figures)
        try await database.write(entry) { db in
            let isSettled = try Bool.fetchOne(
                db, sql: "SELECT outcome IS NOT NULL FROM sample_list WHERE id = ?", arguments: [decision.list])
            if isSettled ?? true { throw Failure("sampling.list_settled", ["indicator": "\(decision.list)"]) }
            try db.execute(
                literal: """
                    INSERT INTO sample_decision (list, outcome, figures, reason, proposed_by, proposed_at_ms, state)
                    VALUES (\(decision.list), \(decision.outcome.rawValue), \(figures), \(decision.reason),
                            \(decision.proposedBy.rawValue), \(decision.proposedAt.milliseconds), 'proposed')
                    ON CONFLICT DO NOTHING
                    """)
            if db.changesCount != 1 { throw Failure("sampling.already_proposed") }
        }
    }

    public func decide(
        _ decision: SampleDecision, approves: Bool, by: AccountID, at: Instant, words: String, entry: AuditEntry
    ) async throws {
        try await database.write(entry) { db in
            try db.execute(
                literal: """
                    UPDATE sample_decision SET state = \(approves ? "approved" : "rejected"),
                        decided_by = \(by.rawValue), decided_at_ms = \(at.milliseconds), decision = \(words)
                    WHERE id = \(decision.id) AND state = 'proposed'
                    """)
            if db.changesCount != 1 { throw Failure("review.stale", ["what": "\(decision.id)"]) }
        }
    }

    public func settle(
        _ list: SampledList, _ outcome: SampledList.Outcome, at: Instant, entry: AuditEntry
    ) async throws {
        try await database.write(entry) { db in
            try db.execute(
                literal: """
                    UPDATE sample_list SET outcome = \(outcome.rawValue), settled_at_ms = \(at.milliseconds),
                        version = version + 1
                    WHERE id = \(list.id) AND outcome IS NULL AND seed IS NOT NULL
                    """)
            if db.changesCount != 1 { throw Self.stale(list) }
        }
    }

    // MARK: - Rows of tables

    private static func drawnRow(_ row: Row) -> DrawnRow {
        DrawnRow(
            list: row["list"], cell: CellAddress(row: row), listVersion: row["list_version"], number: row["number"],
            stratum: row["stratum"], office: RegionCode(row["office"] as String), proofCount: row["proofs"],
            judgement: judgement(row))
    }

    private static func judgement(_ row: Row) -> SampleJudgement? {
        guard let verdict = (row["verdict"] as String?).flatMap(SampleJudgement.Verdict.init(rawValue:)) else {
            return nil
        }
        return SampleJudgement(
            verdict: verdict,
            reasonCode: (row["reason_code"] as String?).flatMap(SampleJudgement.ReasonCode.init(rawValue:)),
            note: row["note"], by: AccountID(row["account"] as String), at: Instant(milliseconds: row["at_ms"]),
            version: row["version"])
    }

    private static func decision(_ row: Row) throws -> SampleDecision {
        guard let outcome = SampledList.Outcome(rawValue: row["outcome"]),
            let state = SampleDecision.State(rawValue: row["state"])
        else { throw Failure("store.row_damaged", ["table": "sample_decision", "row": "\(row["id"] as Int64)"]) }
        return SampleDecision(
            id: row["id"], list: row["list"], outcome: outcome,
            figures: try Figures.values(row["figures"], table: "sample_decision"), reason: row["reason"],
            proposedBy: AccountID(row["proposed_by"] as String),
            proposedAt: Instant(milliseconds: row["proposed_at_ms"]), state: state,
            decidedBy: (row["decided_by"] as String?).map { AccountID($0) },
            decidedAt: (row["decided_at_ms"] as Int64?).map { Instant(milliseconds: $0) }, decision: row["decision"])
    }
}
