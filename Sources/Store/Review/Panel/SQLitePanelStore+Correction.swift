import Foundation
import GRDB
import Review
import Trust
import Vocabulary

extension SQLitePanelStore: CorrectionStore {
    public func corrections(_ round: RoundID) async throws -> [Correction] {
        try await database.read { db in
            try Row.fetchAll(
                db, sql: "SELECT * FROM correction WHERE round = ? ORDER BY number", arguments: [round.rawValue]
            ).map(Self.correction)
        }
    }

    public func propose(_ new: Correction, entry: AuditEntry) async throws -> Correction {
        let (before, after) = (try Figures.json(new.before), try Figures.json(new.after))
        return try await database.write(entry) { db in
            let isOpen = try Bool.fetchOne(
                db,
                sql: """
                    SELECT EXISTS (SELECT 1 FROM correction WHERE round = ? AND platform = ? AND state = 'proposed')
                    """, arguments: [new.round.rawValue, new.platform.rawValue])
            if isOpen == true { throw Failure("panel.correction_open", ["platform": new.platform.rawValue]) }
            let number = try Int.fetchOne(
                db, sql: "SELECT coalesce(max(number), 0) + 1 FROM correction WHERE round = ?",
                arguments: [new.round.rawValue])
            let index = try Self.nextIndex(db)
            let kept = Correction(
                round: new.round, number: number ?? 1, kind: new.kind, platform: new.platform,
                indicator: new.indicator, before: new.before, after: new.after, reason: new.reason,
                document: new.document, proposedBy: new.proposedBy, proposedAt: new.proposedAt,
                computationBefore: new.computationBefore, logIndex: index)
            try db.execute(
                literal: """
                    INSERT INTO correction (round, number, kind, platform, indicator, before_figures, after_figures,
                                            reason, document, state, proposed_by, proposed_at_ms, computation_before,
                                            log_index)
                    VALUES (\(kept.round.rawValue), \(kept.number), \(kept.kind.rawValue), \(kept.platform.rawValue),
                            \(kept.indicator?.rawValue), \(before), \(after), \(kept.reason), \(kept.document),
                            'proposed', \(kept.proposedBy.rawValue), \(kept.proposedAt.milliseconds),
                            \(kept.computationBefore), \(index))
                    """)
            return kept
        }.value
    }

    public func decide(_ decided: Correction, entry: AuditEntry) async throws {
        try await database.write(entry) { db in
            try db.execute(
                literal: """
                    UPDATE correction SET
                        state = \(decided.state.rawValue), decided_by = \(decided.decidedBy?.rawValue),
                        decided_at_ms = \(decided.decidedAt?.milliseconds), decision_reason = \(decided.decisionReason),
                        computation_after = \(decided.computationAfter), log_index = \(try Self.nextIndex(db))
                    WHERE round = \(decided.round.rawValue) AND number = \(decided.number) AND state = 'proposed'
                    """)
            if db.changesCount != 1 { throw Failure("panel.correction_decided", ["number": "\(decided.number)"]) }
        }
    }

    private static func correction(_ row: Row) throws -> Correction {
        guard let kind = Correction.Kind(rawValue: row["kind"]), let state = Correction.State(rawValue: row["state"])
        else { throw damaged("correction", "\(row["number"] as Int)") }
        var found = Correction(
            round: RoundID(row["round"] as String), number: row["number"], kind: kind,
            platform: PlatformID(row["platform"] as String),
            indicator: (row["indicator"] as String?).map { IndicatorID($0) },
            before: try Figures.values(row["before_figures"], table: "correction"),
            after: try Figures.values(row["after_figures"], table: "correction"), reason: row["reason"],
            document: row["document"], state: state, proposedBy: AccountID(row["proposed_by"] as String),
            proposedAt: Instant(milliseconds: row["proposed_at_ms"]), computationBefore: row["computation_before"],
            logIndex: row["log_index"])
        found.decidedBy = (row["decided_by"] as String?).map { AccountID($0) }
        found.decidedAt = (row["decided_at_ms"] as Int64?).map { Instant(milliseconds: $0) }
        found.decisionReason = row["decision_reason"]
        found.computationAfter = row["computation_after"]
        return found
    }
}
