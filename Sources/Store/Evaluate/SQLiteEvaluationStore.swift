import Evaluate
import Foundation
import GRDB
import Trust
import Vocabulary

/// Computations in SQLite.
public struct SQLiteEvaluationStore: EvaluationStore {
    private let database: AuditedDatabase

    public init(_ database: AuditedDatabase) { self.database = database }

    /// Everything but the inputs, which are large.
    private static let columns = """
        round, number, state, started_by, started_at_ms, finished_at_ms, scheme_digest, lot_seed, inputs_digest,
        result_digest, waiting_count, findings, failure
        """

    public func runs(_ round: RoundID) async throws -> [EvaluationRun] {
        try await fetch("WHERE round = ? ORDER BY number DESC", [round.rawValue])
    }

    public func run(_ round: RoundID, _ number: Int) async throws -> EvaluationRun? {
        try await fetch("WHERE round = ? AND number = ?", [round.rawValue, number]).first
    }

    public func latest(_ round: RoundID) async throws -> EvaluationRun? {
        try await fetch("WHERE round = ? AND state = 'finished' ORDER BY number DESC LIMIT 1", [round.rawValue]).first
    }

    public func running() async throws -> [EvaluationRun] {
        try await fetch("WHERE state = 'running' ORDER BY round, number", [])
    }

    private func fetch(_ condition: String, _ arguments: StatementArguments) async throws -> [EvaluationRun] {
        try await database.read { db in
            try Row.fetchAll(
                db, sql: "SELECT \(Self.columns) FROM evaluation_run \(condition)", arguments: arguments
            ).map(Self.run)
        }
    }

    public func inputs(_ round: RoundID, _ number: Int) async throws -> FrozenInputs? {
        let bytes = try await database.read { db in
            try Data.fetchOne(
                db, sql: "SELECT inputs FROM evaluation_run WHERE round = ? AND number = ?",
                arguments: [round.rawValue, number])
        }
        return try bytes.map { try FrozenInputs(bytes: [UInt8]($0)) }
    }

    public func begin(_ run: EvaluationRun, entry: AuditEntry) async throws -> EvaluationRun {
        try await database.write(entry) { db in
            let round = run.round.rawValue
            let isBusy = try Bool.fetchOne(
                db, sql: "SELECT EXISTS (SELECT 1 FROM evaluation_run WHERE round = ? AND state = 'running')",
                arguments: [round])
            if isBusy == true { throw Failure("evaluate.already_running", ["round": round]) }
            let number = try Int.fetchOne(
                db, sql: "SELECT coalesce(max(number), 0) + 1 FROM evaluation_run WHERE round = ?", arguments: [round])
            let begun = EvaluationRun(
                round: run.round, number: number ?? 1, startedBy: run.startedBy, startedAt: run.startedAt,
                schemeDigest: run.schemeDigest, lotSeed: run.lotSeed)
            try db.execute(
                literal: """
                    INSERT INTO evaluation_run (round, number, state, started_by, started_at_ms, scheme_digest, lot_seed)
                    VALUES (\(round), \(begun.number), 'running', \(begun.startedBy.rawValue),
                            \(begun.startedAt.milliseconds), \(begun.schemeDigest.bytes.data), \(String(begun.lotSeed)))
                    """)
            return begun
        }.value
    }

    public func end(_ run: EvaluationRun, inputs: FrozenInputs?, entry: AuditEntry) async throws {
        let findings = String(decoding: try JSONEncoder().encode(run.findings), as: UTF8.self)
        try await database.write(entry) { db in
            try db.execute(
                literal: """
                    UPDATE evaluation_run SET
                        state = \(run.state.rawValue), finished_at_ms = \(run.finishedAt?.milliseconds),
                        inputs = \(inputs?.bytes.data), inputs_digest = \(run.inputsDigest?.bytes.data),
                        result_digest = \(run.resultDigest?.bytes.data), waiting_count = \(run.waitingCount),
                        findings = \(findings), failure = \(run.failure)
                    WHERE round = \(run.round.rawValue) AND number = \(run.number) AND state = 'running'
                    """)
            if db.changesCount != 1 { throw Failure("evaluate.not_running", ["number": "\(run.number)"]) }
        }
    }

    private static func run(_ row: Row) throws -> EvaluationRun {
        let findings = try JSONDecoder().decode([Finding].self, from: Data((row["findings"] as String).utf8))
        guard let state = EvaluationRun.State(rawValue: row["state"]),
            let scheme = Digest(row["scheme_digest"] as Data),
            let seed = UInt64(row["lot_seed"] as String)
        else { throw Failure("store.row_damaged", ["table": "evaluation_run", "row": "\(row["number"] as Int)"]) }
        let waiting: Int = row["waiting_count"]
        return EvaluationRun(
            round: RoundID(row["round"] as String), number: row["number"], state: state,
            startedBy: AccountID(row["started_by"] as String), startedAt: Instant(milliseconds: row["started_at_ms"]),
            finishedAt: (row["finished_at_ms"] as Int64?).map { Instant(milliseconds: $0) }, schemeDigest: scheme,
            lotSeed: seed, inputsDigest: (row["inputs_digest"] as Data?).flatMap { Digest($0) },
            resultDigest: (row["result_digest"] as Data?).flatMap { Digest($0) }, isProvisional: waiting > 0,
            waitingCount: waiting, findings: findings, failure: row["failure"])
    }
}
