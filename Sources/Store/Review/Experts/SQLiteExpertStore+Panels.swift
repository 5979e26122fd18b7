import Foundation
import GRDB
import Review
import Trust
import Vocabulary

extension SQLiteExpertStore {
    public func book(_ round: RoundID, indicator: IndicatorID?, platform: PlatformID?) async throws -> ExpertBook {
        try await database.read { db in
            func rows(_ table: String, ofCells: Bool, order: String) throws -> [Row] {
                var sql = "SELECT * FROM \(table) WHERE round = ?"
                var arguments: StatementArguments = [round.rawValue]
                if let indicator {
                    sql += " AND indicator = ?"
                    arguments += [indicator.rawValue]
                }
                if let platform, ofCells {
                    sql += " AND platform = ?"
                    arguments += [platform.rawValue]
                }
                return try Row.fetchAll(db, sql: sql + " ORDER BY " + order, arguments: arguments)
            }
            var book = ExpertBook()
            book.draws = try rows("expert_draw", ofCells: false, order: "indicator").map(Self.draw)
            guard !book.draws.isEmpty else { return book }
            book.seats = try rows("expert_seat", ofCells: false, order: "indicator, panel, at_ms, expert").map(
                Self.seat)
            book.cases = try rows("expert_case", ofCells: true, order: "indicator, platform, panel").map { row in
                ExpertCase(
                    cell: CellAddress(row: row), panel: row["panel"], isAnchor: row["is_anchor"],
                    revealedAt: (row["revealed_at_ms"] as Int64?).map(Instant.init(milliseconds:)))
            }
            book.assignments = try rows(
                "expert_assignment", ofCells: true, order: "indicator, platform, panel, at_ms, expert"
            ).map { row in
                ExpertAssignment(
                    cell: CellAddress(row: row), panel: row["panel"], expert: AccountID(row["expert"] as String),
                    at: Instant(milliseconds: row["at_ms"]), ended: row["ended"])
            }
            book.sheets = try rows("mark_sheet", ofCells: true, order: "indicator, platform, expert, sitting")
                .map(Self.sheet)
            book.pledges = try Row.fetchAll(
                db, sql: "SELECT * FROM expert_pledge WHERE round = ? ORDER BY expert", arguments: [round.rawValue]
            ).map(Self.pledge)
            book.conflicts = try Row.fetchAll(
                db, sql: "SELECT * FROM expert_conflict WHERE round = ? ORDER BY expert, platform",
                arguments: [round.rawValue]
            ).map { row in
                ExpertConflict(
                    expert: AccountID(row["expert"] as String), platform: PlatformID(row["platform"] as String),
                    reason: row["reason"], at: Instant(milliseconds: row["at_ms"]))
            }
            return book
        }
    }

    public func freeze(entry: AuditEntry) async throws { try await database.write(entry) { _ in } }

    public func keep(_ draw: ExpertDrawRecord, round: RoundID, cases: [ExpertCase], entry: AuditEntry) async throws {
        let request = try Self.json(draw.request)
        let outcome = try Self.json(draw.outcome)
        try await database.write(entry) { db in
            try db.execute(
                literal: """
                    INSERT INTO expert_draw (round, indicator, request, outcome, checkpoint_size, drawn_by, at_ms)
                    VALUES (\(round.rawValue), \(draw.indicator.rawValue), \(request), \(outcome),
                            \(draw.checkpointSize), \(draw.by.rawValue), \(draw.at.milliseconds))
                    ON CONFLICT DO NOTHING
                    """)
            if db.changesCount != 1 {
                throw Failure("experts.drawn_already", ["indicator": draw.indicator.rawValue])
            }
            for (index, panel) in draw.outcome.panels.enumerated() {
                for (place, expert) in panel.enumerated() {
                    // One millisecond apart, so that seats keep the order of the draw.
                    try db.execute(
                        literal: """
                            INSERT INTO expert_seat (round, indicator, panel, expert, at_ms)
                            VALUES (\(round.rawValue), \(draw.indicator.rawValue), \(index + 1), \(expert.rawValue),
                                    \(draw.at.milliseconds + Int64(place)))
                            """)
                }
            }
            try Self.add(cases, at: draw.at, to: db)
        }
    }

    public func add(_ cases: [ExpertCase], at: Instant, entry: AuditEntry) async throws {
        try await database.write(entry) { db in try Self.add(cases, at: at, to: db) }
    }

    /// The cases, each with every seat of its panel that is held and has no conflict with the platform.
    private static func add(_ cases: [ExpertCase], at: Instant, to db: GRDB.Database) throws {
        for one in cases {
            let cell = one.cell
            try db.execute(
                literal: """
                    INSERT INTO expert_case (round, indicator, platform, panel, is_anchor)
                    VALUES (\(cell.round.rawValue), \(cell.indicator.rawValue), \(cell.platform.rawValue),
                            \(one.panel), \(one.isAnchor))
                    ON CONFLICT DO NOTHING
                    """)
            try db.execute(
                literal: """
                    INSERT INTO expert_assignment (round, indicator, platform, expert, panel, at_ms)
                    SELECT round, indicator, \(cell.platform.rawValue), expert, panel, at_ms FROM expert_seat s
                    WHERE round = \(cell.round.rawValue) AND indicator = \(cell.indicator.rawValue)
                      AND panel = \(one.panel) AND left_reason IS NULL AND is_stand_in = 0
                      AND NOT EXISTS (SELECT 1 FROM expert_conflict c WHERE c.round = s.round AND c.expert = s.expert
                                      AND c.platform = \(cell.platform.rawValue))
                    ON CONFLICT DO NOTHING
                    """)
        }
    }

    public func exchange(_ exchange: ExpertExchange, entry: AuditEntry) async throws {
        try await database.write(entry) { db in
            let (round, indicator) = (exchange.round.rawValue, exchange.indicator.rawValue)
            if exchange.leavesSeat {
                try db.execute(
                    literal: """
                        UPDATE expert_seat SET left_reason = \(exchange.reason)
                        WHERE round = \(round) AND indicator = \(indicator) AND panel = \(exchange.panel)
                          AND expert = \(exchange.leaving.rawValue) AND left_reason IS NULL
                        """)
                if db.changesCount != 1 { throw Failure("review.stale", ["what": exchange.leaving.rawValue]) }
            }
            if let taking = exchange.taking {
                try db.execute(
                    literal: """
                        INSERT INTO expert_seat (round, indicator, panel, expert, at_ms, is_stand_in)
                        VALUES (\(round), \(indicator), \(exchange.panel), \(taking.rawValue),
                                \(exchange.at.milliseconds), \(!exchange.leavesSeat))
                        ON CONFLICT DO NOTHING
                        """)
            }
            for cell in exchange.cells {
                try db.execute(
                    literal: """
                        UPDATE expert_assignment SET ended = \(exchange.reason)
                        WHERE round = \(round) AND indicator = \(indicator) AND platform = \(cell.platform.rawValue)
                          AND expert = \(exchange.leaving.rawValue) AND ended IS NULL
                        """)
                guard db.changesCount == 1, let taking = exchange.taking else { continue }
                try db.execute(
                    literal: """
                        INSERT INTO expert_assignment (round, indicator, platform, expert, panel, at_ms)
                        VALUES (\(round), \(indicator), \(cell.platform.rawValue), \(taking.rawValue),
                                \(exchange.panel), \(exchange.at.milliseconds))
                        ON CONFLICT DO NOTHING
                        """)
            }
        }
    }

    public func pledge(_ pledge: ExpertPledge, round: RoundID, entry: AuditEntry) async throws {
        try await database.write(entry) { db in
            try db.execute(
                literal: """
                    INSERT INTO expert_pledge (round, expert, text_version, digest, at_ms)
                    VALUES (\(round.rawValue), \(pledge.expert.rawValue), \(pledge.textVersion),
                            \(Data(pledge.digest.bytes)), \(pledge.at.milliseconds))
                    ON CONFLICT DO NOTHING
                    """)
        }
    }

    public func declare(_ conflict: ExpertConflict, round: RoundID, entry: AuditEntry) async throws {
        try await database.write(entry) { db in
            try db.execute(
                literal: """
                    INSERT INTO expert_conflict (round, expert, platform, reason, at_ms)
                    VALUES (\(round.rawValue), \(conflict.expert.rawValue), \(conflict.platform.rawValue),
                            \(conflict.reason), \(conflict.at.milliseconds))
                    ON CONFLICT DO NOTHING
                    """)
        }
    }

    public func reveal(_ cells: [CellAddress], at: Instant, entry: AuditEntry) async throws {
        guard !cells.isEmpty else { return }
        try await database.write(entry) { db in
            for cell in cells {
                try db.execute(
                    literal: """
                        UPDATE expert_case SET revealed_at_ms = \(at.milliseconds)
                        WHERE round = \(cell.round.rawValue) AND indicator = \(cell.indicator.rawValue)
                          AND platform = \(cell.platform.rawValue) AND revealed_at_ms IS NULL
                        """)
            }
        }
    }

    private static func draw(_ row: Row) throws -> ExpertDrawRecord {
        ExpertDrawRecord(
            indicator: IndicatorID(row["indicator"] as String),
            request: try decoded(ExpertDraw.Request.self, row["request"]),
            outcome: try decoded(ExpertDraw.Outcome.self, row["outcome"]), checkpointSize: row["checkpoint_size"],
            by: AccountID(row["drawn_by"] as String), at: Instant(milliseconds: row["at_ms"]))
    }

    private static func seat(_ row: Row) -> ExpertSeat {
        ExpertSeat(
            indicator: IndicatorID(row["indicator"] as String), panel: row["panel"],
            expert: AccountID(row["expert"] as String), at: Instant(milliseconds: row["at_ms"]),
            left: row["left_reason"], isStandIn: row["is_stand_in"])
    }

    private static func pledge(_ row: Row) throws -> ExpertPledge {
        guard let digest = Digest(bytes: [UInt8](row["digest"] as Data)) else {
            throw Failure("store.row_damaged", ["table": "expert_pledge", "row": row["expert"]])
        }
        return ExpertPledge(
            expert: AccountID(row["expert"] as String), textVersion: row["text_version"], digest: digest,
            at: Instant(milliseconds: row["at_ms"]))
    }
}
