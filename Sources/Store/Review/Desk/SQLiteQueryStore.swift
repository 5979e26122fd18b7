import Foundation
import GRDB
import Review
import Trust
import Vocabulary

/// Queries in SQLite.
public struct SQLiteQueryStore: QueryStore {
    private let database: AuditedDatabase

    public init(_ database: AuditedDatabase) { self.database = database }

    public func queries(_ round: RoundID) async throws -> [SignalQuery] {
        try await database.read { db in
            try Row.fetchAll(db, sql: "SELECT * FROM query WHERE round = ? ORDER BY id", arguments: [round.rawValue])
                .map(Self.query)
        }
    }

    public func queries(_ round: RoundID, _ platform: PlatformID) async throws -> [SignalQuery] {
        try await database.read { db in
            try Row.fetchAll(
                db, sql: "SELECT * FROM query WHERE round = ? AND platform = ? ORDER BY id",
                arguments: [round.rawValue, platform.rawValue]
            ).map(Self.query)
        }
    }

    public func query(_ round: RoundID, _ id: Int) async throws -> SignalQuery? {
        try await database.read { db in
            try Row.fetchOne(
                db, sql: "SELECT * FROM query WHERE round = ? AND id = ?", arguments: [round.rawValue, id]
            ).map(Self.query)
        }
    }

    public func ask(_ new: SignalQuery, entry: AuditEntry) async throws -> Int {
        let sentence = try Self.sentence(new.signal)
        return try await database.write(entry) { db in
            let open = "SELECT 1 FROM query WHERE round = ? AND signal_key = ? AND approved_by IS NULL"
            if try Row.fetchOne(db, sql: open, arguments: [new.round.rawValue, new.signal.key]) != nil {
                throw Failure("desk.query_exists")
            }
            try db.execute(
                literal: """
                    INSERT INTO query (round, platform, indicator, signal, signal_key, row_numbers, code, sentence,
                                       question, asked_by, asked_at_ms, due, version)
                    VALUES (\(new.round.rawValue), \(new.signal.platform.rawValue),
                            \(new.signal.indicator?.rawValue ?? ""), \(new.signal.kind), \(new.signal.key),
                            \(RowNumbers.text(new.signal.rows)), \(new.signal.code), \(sentence), \(new.question),
                            \(new.askedBy.rawValue), \(new.askedAt.milliseconds), \(new.due.description), 1)
                    """)
            return Int(db.lastInsertedRowID)
        }.value
    }

    public func change(_ query: SignalQuery, entry: AuditEntry) async throws {
        let figures = try query.decision.map { try Figures.json($0.values) }
        try await database.write(entry) { db in
            try db.execute(
                literal: """
                    UPDATE query SET answer = \(query.answer?.text), answered_by = \(query.answer?.by.rawValue),
                        answered_at_ms = \(query.answer?.at.milliseconds), verdict = \(query.decision?.verdict.rawValue),
                        figures = \(figures), reason = \(query.decision?.reason),
                        proposed_by = \(query.decision?.proposedBy.rawValue),
                        proposed_at_ms = \(query.decision?.proposedAt.milliseconds),
                        approved_by = \(query.decision?.approvedBy?.rawValue),
                        approved_at_ms = \(query.decision?.approvedAt?.milliseconds), version = \(query.version)
                    WHERE id = \(query.id) AND version = \(query.version - 1)
                    """)
            if db.changesCount != 1 { throw Failure("review.stale", ["what": "\(query.id)"]) }
        }
    }

    /// Places and values of the sentence, as JSON.
    private struct Sentence: Codable {
        let places: [String]
        let values: [String: String]
    }

    private static func sentence(_ signal: RaisedSignal) throws -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        let data = try encoder.encode(Sentence(places: signal.places, values: signal.values))
        return String(decoding: data, as: UTF8.self)
    }

    private static func query(_ row: Row) throws -> SignalQuery {
        guard let due = CivilDay(row["due"] as String) else {
            throw Failure("store.row_damaged", ["table": "query", "row": "\(row["id"] as Int64)"])
        }
        let sentence = try JSONDecoder().decode(Sentence.self, from: Data((row["sentence"] as String).utf8))
        let indicator: String = row["indicator"]
        let signal = RaisedSignal(
            kind: row["signal"], platform: PlatformID(row["platform"] as String),
            indicator: indicator.isEmpty ? nil : IndicatorID(indicator), rows: RowNumbers.read(row["row_numbers"]),
            places: sentence.places, code: row["code"], values: sentence.values)
        return SignalQuery(
            id: row["id"], round: RoundID(row["round"] as String), signal: signal, question: row["question"],
            askedBy: AccountID(row["asked_by"] as String), askedAt: Instant(milliseconds: row["asked_at_ms"]),
            due: due, answer: answer(row), decision: try decision(row), version: row["version"])
    }

    private static func answer(_ row: Row) -> SignalQuery.Answer? {
        guard let text = row["answer"] as String?, let by = row["answered_by"] as String?,
            let at = row["answered_at_ms"] as Int64?
        else { return nil }
        return .init(text: text, by: AccountID(by), at: Instant(milliseconds: at))
    }

    private static func decision(_ row: Row) throws -> SignalQuery.Decision? {
        guard let verdict = (row["verdict"] as String?).flatMap({ SignalQuery.Verdict(rawValue: $0) }),
            let by = row["proposed_by"] as String?, let at = row["proposed_at_ms"] as Int64?,
            let reason = row["reason"] as String?
        else { return nil }
        return .init(
            verdict: verdict, values: try Figures.values(row["figures"] as String? ?? "{}", table: "query"),
            reason: reason, proposedBy: AccountID(by), proposedAt: Instant(milliseconds: at),
            approvedBy: (row["approved_by"] as String?).map { AccountID($0) },
            approvedAt: (row["approved_at_ms"] as Int64?).map { Instant(milliseconds: $0) })
    }
}
