import Foundation
import GRDB
import Review
import Scheme
import Trust
import Vocabulary

/// Verified values and returns in SQLite.
public struct SQLiteVerificationStore: VerificationStore {
    private let database: AuditedDatabase

    public init(_ database: AuditedDatabase) { self.database = database }

    private static let selection = "SELECT * FROM verification WHERE is_void = 0"

    public func verification(_ cell: CellAddress) async throws -> Verification? {
        try await database.read { db in
            try Row.fetchOne(
                db, sql: Self.selection + " AND round = ? AND platform = ? AND indicator = ?", arguments: cell.arguments
            ).map(Self.verification)
        }
    }

    public func verifications(_ round: RoundID, _ platform: PlatformID) async throws -> [Verification] {
        try await database.read { db in
            try Row.fetchAll(
                db, sql: Self.selection + " AND round = ? AND platform = ? ORDER BY indicator",
                arguments: [round.rawValue, platform.rawValue]
            ).map(Self.verification)
        }
    }

    public func verifications(_ round: RoundID) async throws -> [Verification] {
        try await database.read { db in
            try Row.fetchAll(
                db, sql: Self.selection + " AND round = ? ORDER BY platform, indicator", arguments: [round.rawValue]
            ).map(Self.verification)
        }
    }

    public func verifiedVersion(_ cell: CellAddress) async throws -> Int {
        try await database.read { db in try Self.version(cell, db) }
    }

    public func record(_ changes: [VerificationChange], replacing: [CellAddress: Int]) async throws -> [Int] {
        guard !changes.isEmpty else { return [] }
        return try await database.write { db in
            // The entries follow one another, so that each row can carry the index of its own.
            let first = try Int.fetchOne(db, sql: "SELECT coalesce(max(position) + 1, 0) FROM audit_log") ?? 0
            for (offset, change) in changes.enumerated() {
                let cell = change.verification.cell
                let version = try Self.version(cell, db)
                if let seen = replacing[cell], seen != version {
                    throw Failure("review.stale", ["what": cell.indicator.rawValue])
                }
                try Self.write(change.verification, version: version + 1, logIndex: first + offset, to: db)
            }
            return ((), changes.map(\.entry))
        }.logIndices
    }

    private static func version(_ cell: CellAddress, _ db: GRDB.Database) throws -> Int {
        try Int.fetchOne(
            db, sql: "SELECT version FROM verification WHERE round = ? AND platform = ? AND indicator = ?",
            arguments: cell.arguments) ?? 0
    }

    private static func write(_ new: Verification, version: Int, logIndex: Int, to db: GRDB.Database) throws {
        let figures = try Figures.json(new.values)
        try db.execute(
            literal: """
                INSERT INTO verification (round, platform, indicator, figures, evidence_level, completeness, basis,
                                          reason, account, at_ms, version, log_index)
                VALUES (\(new.cell.round.rawValue), \(new.cell.platform.rawValue), \(new.cell.indicator.rawValue),
                        \(figures), \(new.evidenceLevel?.rawValue), \(new.completeness?.description),
                        \(new.basis.rawValue), \(new.reason), \(new.by.rawValue), \(new.at.milliseconds), \(version),
                        \(logIndex))
                ON CONFLICT (round, platform, indicator) DO UPDATE SET
                    figures = excluded.figures, evidence_level = excluded.evidence_level,
                    completeness = excluded.completeness, basis = excluded.basis, reason = excluded.reason,
                    account = excluded.account, at_ms = excluded.at_ms, version = excluded.version,
                    log_index = excluded.log_index, is_void = 0
                """)
    }

    // MARK: - Returns

    private static let lastReturns = """
        SELECT * FROM cell_return WHERE id IN
            (SELECT max(id) FROM cell_return WHERE round = ? AND is_closed = 0 GROUP BY platform, indicator)
        """

    public func returns(_ round: RoundID, _ platform: PlatformID) async throws -> [CellReturn] {
        try await database.read { db in
            try Row.fetchAll(
                db, sql: Self.lastReturns + " AND platform = ? ORDER BY indicator",
                arguments: [round.rawValue, platform.rawValue]
            ).map(Self.cellReturn)
        }
    }

    public func returns(_ round: RoundID) async throws -> [CellReturn] {
        try await database.read { db in
            try Row.fetchAll(
                db, sql: Self.lastReturns + " ORDER BY platform, indicator", arguments: [round.rawValue]
            ).map(Self.cellReturn)
        }
    }

    public func `return`(_ cell: CellReturn, entry: AuditEntry) async throws -> Int {
        try await database.write(entry) { db in
            try db.execute(
                literal: """
                    INSERT INTO cell_return (round, platform, indicator, reason_code, reason, declared_version, account,
                                             at_ms)
                    VALUES (\(cell.cell.round.rawValue), \(cell.cell.platform.rawValue),
                            \(cell.cell.indicator.rawValue), \(cell.reasonCode.rawValue), \(cell.reason),
                            \(cell.declaredVersion), \(cell.by.rawValue), \(cell.at.milliseconds))
                    """)
            try db.execute(
                literal: """
                    UPDATE verification SET is_void = 1, version = version + 1
                    WHERE is_void = 0 AND round = \(cell.cell.round.rawValue)
                      AND platform = \(cell.cell.platform.rawValue) AND indicator = \(cell.cell.indicator.rawValue)
                    """)
        }.logIndex
    }

    private static func verification(_ row: Row) throws -> Verification {
        guard let basis = Verification.Basis(rawValue: row["basis"]) else {
            throw Failure("store.row_damaged", ["table": "verification", "row": row["indicator"]])
        }
        return Verification(
            cell: CellAddress(row: row), values: try Figures.values(row["figures"], table: "verification"),
            evidenceLevel: (row["evidence_level"] as Int?).flatMap(EvidenceLevel.init(rawValue:)),
            completeness: (row["completeness"] as String?).flatMap { ExactDecimal($0) }, basis: basis,
            reason: row["reason"], by: AccountID(row["account"] as String), at: Instant(milliseconds: row["at_ms"]),
            version: row["version"], logIndex: row["log_index"])
    }

    private static func cellReturn(_ row: Row) throws -> CellReturn {
        CellReturn(
            cell: CellAddress(row: row), reasonCode: CellReturn.ReasonCode(rawValue: row["reason_code"]) ?? .other,
            reason: row["reason"], declaredVersion: row["declared_version"], by: AccountID(row["account"] as String),
            at: Instant(milliseconds: row["at_ms"]), rows: RowNumbers.read(row["row_numbers"]))
    }
}
