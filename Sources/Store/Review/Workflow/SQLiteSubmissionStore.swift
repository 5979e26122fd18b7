import Foundation
import GRDB
import Review
import Trust
import Vocabulary

/// Moves, proposals and windows of submissions in SQLite.
public struct SQLiteSubmissionStore: SubmissionStore {
    private let database: AuditedDatabase

    public init(_ database: AuditedDatabase) { self.database = database }

    public func move(
        _ next: Participation, replacing version: Int, event: SubmissionEvent, quota: CityQuota?, entry: AuditEntry
    ) async throws -> Int {
        let details = try SQLiteMessageDesk.json(event.details)
        return try await database.write(entry) { db in
            if let quota, event.action == .recommend {
                let used = try Self.recommended(next.round, db)[quota.city, default: 0]
                if used >= quota.most { throw Failure("workflow.quota_used", ["quota": "\(quota.most)"]) }
            }
            try db.execute(
                literal: """
                    UPDATE participation SET submission = \(next.submission.rawValue),
                        returned_from = \(next.returnedFrom?.rawValue), version = \(next.version)
                    WHERE round = \(next.round.rawValue) AND platform = \(next.platform.rawValue)
                        AND version = \(version)
                    """)
            if db.changesCount != 1 { throw Failure("review.stale", ["what": next.platform.rawValue]) }
            // The entry is appended by this same transaction, right after this body: its index is the log's length.
            let index = try Int.fetchOne(db, sql: "SELECT coalesce(max(position) + 1, 0) FROM audit_log")
            try db.execute(
                literal: """
                    INSERT INTO submission_event
                        (round, platform, version, state_from, state_to, action, by, at_ms, reason, details, log_index)
                    VALUES (\(next.round.rawValue), \(next.platform.rawValue), \(next.version),
                            \(event.from.rawValue), \(event.to.rawValue), \(event.action.rawValue),
                            \(event.by?.rawValue), \(event.at.milliseconds), \(event.reason), \(details), \(index))
                    """)
        }.logIndex
    }

    public func events(_ round: RoundID, _ platform: PlatformID) async throws -> [SubmissionEvent] {
        try await database.read { db in
            try Row.fetchAll(
                db, sql: "SELECT * FROM submission_event WHERE round = ? AND platform = ? ORDER BY version",
                arguments: [round.rawValue, platform.rawValue]
            ).map(Self.event)
        }
    }

    public func lastEvents(_ round: RoundID) async throws -> [PlatformID: SubmissionEvent] {
        try await database.read { db in
            try Row.fetchAll(
                db,
                sql: """
                    SELECT submission_event.* FROM participation JOIN submission_event
                        ON submission_event.round = participation.round
                        AND submission_event.platform = participation.platform
                        AND submission_event.version = (
                            SELECT max(version) FROM submission_event AS late WHERE late.round = participation.round
                            AND late.platform = participation.platform)
                    WHERE participation.round = ?
                    """, arguments: [round.rawValue]
            ).reduce(into: [:]) { $0[PlatformID($1["platform"] as String)] = try Self.event($1) }
        }
    }

    public func recommended(_ round: RoundID) async throws -> [RegionCode: Int] {
        try await database.read { db in try Self.recommended(round, db) }
    }

    private static func recommended(_ round: RoundID, _ db: GRDB.Database) throws -> [RegionCode: Int] {
        try Row.fetchAll(
            db,
            sql: """
                SELECT substr(region, 1, 4) || '00' AS city, count(DISTINCT submission_event.platform) AS many
                FROM submission_event JOIN participation USING (round, platform)
                WHERE round = ? AND action = 'recommend' GROUP BY city
                """, arguments: [round.rawValue]
        ).reduce(into: [:]) { $0[RegionCode($1["city"] as String)] = $1["many"] }
    }

    public func propose(
        _ proposal: SubmissionProposal, _ round: RoundID, _ platform: PlatformID, entry: AuditEntry
    ) async throws -> Int {
        let details = try SQLiteMessageDesk.json(proposal.details)
        return try await database.write(entry) { db in
            try db.execute(
                literal: """
                    INSERT OR REPLACE INTO submission_proposal
                        (round, platform, version, action, by, at_ms, reason, details)
                    VALUES (\(round.rawValue), \(platform.rawValue), \(proposal.version), \(proposal.action.rawValue),
                            \(proposal.by.rawValue), \(proposal.at.milliseconds), \(proposal.reason), \(details))
                    """)
        }.logIndex
    }

    public func proposals(
        _ round: RoundID, _ platform: PlatformID, version: Int
    ) async throws -> [SubmissionProposal] {
        try await database.read { db in
            try Row.fetchAll(
                db,
                sql: """
                    SELECT * FROM submission_proposal WHERE round = ? AND platform = ? AND version = ? ORDER BY at_ms, by
                    """, arguments: [round.rawValue, platform.rawValue, version]
            ).map { row in
                SubmissionProposal(
                    action: try Self.value(row, "action"), by: AccountID(row["by"] as String),
                    at: Instant(milliseconds: row["at_ms"]), reason: row["reason"], details: try Self.details(row),
                    version: row["version"])
            }
        }
    }

    public func windows(_ round: RoundID) async throws -> [SubmissionWindow] {
        try await database.read { db in
            try Row.fetchAll(
                db, sql: "SELECT * FROM submission_window WHERE round = ? ORDER BY region", arguments: [round.rawValue]
            ).map { row in
                let region: String = row["region"]
                return SubmissionWindow(
                    region: region.isEmpty ? nil : RegionCode(region), opens: Instant(milliseconds: row["opens_at_ms"]),
                    closes: Instant(milliseconds: row["closes_at_ms"]), quota: row["quota"], version: row["version"])
            }
        }
    }

    public func set(_ window: SubmissionWindow, of round: RoundID, entry: AuditEntry) async throws -> Int {
        try await database.write(entry) { db in
            let region = window.region?.rawValue ?? ""
            let present = try Int.fetchOne(
                db, sql: "SELECT version FROM submission_window WHERE round = ? AND region = ?",
                arguments: [round.rawValue, region])
            guard (present ?? 0) + 1 == window.version else { throw Failure("review.stale", ["what": region]) }
            try db.execute(
                literal: """
                    INSERT OR REPLACE INTO submission_window (round, region, opens_at_ms, closes_at_ms, quota, version)
                    VALUES (\(round.rawValue), \(region), \(window.opens.milliseconds), \(window.closes.milliseconds),
                            \(window.quota), \(window.version))
                    """)
        }.logIndex
    }

    private static func event(_ row: Row) throws -> SubmissionEvent {
        SubmissionEvent(
            from: try value(row, "state_from"), to: try value(row, "state_to"), action: try value(row, "action"),
            by: (row["by"] as String?).map { AccountID($0) }, at: Instant(milliseconds: row["at_ms"]),
            reason: row["reason"], details: try details(row), version: row["version"], logIndex: row["log_index"])
    }

    private static func details(_ row: Row) throws -> [String: String] {
        try JSONDecoder().decode([String: String].self, from: Data((row["details"] as String).utf8))
    }

    private static func value<Value: RawRepresentable<String>>(_ row: Row, _ column: String) throws -> Value {
        guard let value = Value(rawValue: row[column]) else {
            throw Failure("store.row_damaged", ["table": "submission_event", "row": row["platform"]])
        }
        return value
    }
}
