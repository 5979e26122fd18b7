import Foundation
import GRDB
import Review
import Trust
import Vocabulary

/// Rounds and participations in SQLite.
public struct SQLiteRoundStore: RoundStore {
    private let database: AuditedDatabase

    public init(_ database: AuditedDatabase) { self.database = database }

    public func rounds() async throws -> [Round] {
        try await database.read { db in
            try Row.fetchAll(db, sql: "SELECT * FROM round ORDER BY created_at_ms DESC, id").map(Self.round)
        }
    }

    public func round(_ id: RoundID) async throws -> Round? {
        try await database.read { db in
            try Row.fetchOne(db, sql: "SELECT * FROM round WHERE id = ?", arguments: [id.rawValue]).map(Self.round)
        }
    }

    public func create(_ round: Round, entry: AuditEntry) async throws -> Int {
        let scale = try Self.json(round.portScale.reduce(into: [:]) { $0[$1.key.rawValue] = $1.value })
        return try await database.write(entry) { db in
            if try Row.fetchOne(db, sql: "SELECT 1 FROM round WHERE id = ?", arguments: [round.id.rawValue]) != nil {
                throw Failure("review.round_exists", ["round": round.id.rawValue])
            }
            try db.execute(
                literal: """
                    INSERT INTO round (id, scheme, scheme_digest, title_zh, title_en, kind, state, suspended_from,
                                       cut_off, port_scale, created_at_ms, version)
                    VALUES (\(round.id.rawValue), \(round.scheme.rawValue), \(round.schemeDigest.bytes.data),
                            \(round.title.zh), \(round.title.en), \(round.kind.rawValue), \(round.state.rawValue),
                            \(round.suspendedFrom?.rawValue), \(round.cutOff.description), \(scale),
                            \(round.createdAt.milliseconds), \(round.version))
                    """)
        }.logIndex
    }

    public func change(_ round: Round, replacing version: Int, entry: AuditEntry) async throws -> Int {
        try await database.write(entry) { db in
            try db.execute(
                literal: """
                    UPDATE round SET state = \(round.state.rawValue), suspended_from = \(round.suspendedFrom?.rawValue),
                                     title_zh = \(round.title.zh), title_en = \(round.title.en),
                                     cut_off = \(round.cutOff.description), version = \(round.version)
                    WHERE id = \(round.id.rawValue) AND version = \(version)
                    """)
            if db.changesCount != 1 { throw Failure("review.stale", ["what": round.id.rawValue]) }
        }.logIndex
    }

    /// With the verifiers that it is assigned to, and the experts that may open something of it (assigned, and
    /// confidentiality signed), where the round has any.
    private static let selection = """
        SELECT *, EXISTS (SELECT 1 FROM verifier_assignment v WHERE v.round = participation.round) AS has_verifiers,
            (SELECT group_concat(DISTINCT v.account) FROM verifier_assignment v
             WHERE v.round = participation.round AND v.platform = participation.platform) AS verifiers,
            EXISTS (SELECT 1 FROM expert_draw d WHERE d.round = participation.round) AS has_draw,
            (SELECT group_concat(DISTINCT a.expert) FROM expert_assignment a
             JOIN expert_pledge p ON p.round = a.round AND p.expert = a.expert
             WHERE a.round = participation.round AND a.platform = participation.platform AND a.ended IS NULL) AS experts
        FROM participation
        """

    public func participations(_ round: RoundID, after: PlatformID?, limit: Int) async throws -> [Participation] {
        try await database.read { db in
            try Row.fetchAll(
                db, sql: Self.selection + " WHERE round = ? AND platform > ? ORDER BY platform LIMIT ?",
                arguments: [round.rawValue, after?.rawValue ?? "", limit]
            ).map(Self.participation)
        }
    }

    public func participation(_ round: RoundID, _ platform: PlatformID) async throws -> Participation? {
        try await database.read { db in
            try Row.fetchOne(
                db, sql: Self.selection + " WHERE round = ? AND platform = ?",
                arguments: [round.rawValue, platform.rawValue]
            ).map(Self.participation)
        }
    }

    public func participations(_ round: RoundID, company: CompanyCode) async throws -> [Participation] {
        try await database.read { db in
            try Row.fetchAll(
                db, sql: Self.selection + " WHERE round = ? AND company_code = ? ORDER BY platform",
                arguments: [round.rawValue, company.description]
            ).map(Self.participation)
        }
    }

    public func register(_ new: Participation, entry: AuditEntry) async throws -> Int {
        let aliases = try Self.json(new.aliases)
        return try await database.write(entry) { db in
            let taken = try Row.fetchOne(
                db, sql: "SELECT platform FROM participation WHERE round = ? AND (platform = ? OR company_code = ?)",
                arguments: [new.round.rawValue, new.platform.rawValue, new.company.code.description])
            if let taken {
                let platform: String = taken["platform"]
                throw platform == new.platform.rawValue
                    ? Failure("review.platform_exists", ["platform": platform])
                    : Failure("review.company_has_platform", ["platform": platform])
            }
            try db.execute(
                literal: """
                    INSERT INTO participation (round, platform, name, aliases, type, company_code, company_name, region,
                                               submission, returned_from, version)
                    VALUES (\(new.round.rawValue), \(new.platform.rawValue), \(new.name), \(aliases), \(new.type),
                            \(new.company.code.description), \(new.company.name), \(new.company.region.rawValue),
                            \(new.submission.rawValue), \(new.returnedFrom?.rawValue), \(new.version))
                    """)
        }.logIndex
    }

    public func change(_ changed: Participation, replacing version: Int, entry: AuditEntry) async throws -> Int {
        let aliases = try Self.json(changed.aliases)
        return try await database.write(entry) { db in
            try db.execute(
                literal: """
                    UPDATE participation SET name = \(changed.name), aliases = \(aliases), type = \(changed.type),
                        submission = \(changed.submission.rawValue), returned_from = \(changed.returnedFrom?.rawValue),
                        version = \(changed.version)
                    WHERE round = \(changed.round.rawValue) AND platform = \(changed.platform.rawValue)
                      AND version = \(version)
                    """)
            if db.changesCount != 1 { throw Failure("review.stale", ["what": changed.platform.rawValue]) }
        }.logIndex
    }

    private static func json(_ value: some Encodable) throws -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = .sortedKeys
        return String(decoding: try encoder.encode(value), as: UTF8.self)
    }

    private static func round(_ row: Row) throws -> Round {
        let scale = try JSONDecoder().decode([String: Int].self, from: Data((row["port_scale"] as String).utf8))
        guard let digest = Digest(row["scheme_digest"] as Data), let cutOff = CivilDay(row["cut_off"] as String),
            let kind = Round.Kind(rawValue: row["kind"]), let state = RoundState(rawValue: row["state"])
        else { throw Failure("store.row_damaged", ["table": "round", "row": row["id"]]) }
        return Round(
            id: RoundID(row["id"] as String), scheme: SchemeID(row["scheme"] as String), schemeDigest: digest,
            title: LocalizedText(zh: row["title_zh"], en: row["title_en"]), kind: kind, state: state,
            suspendedFrom: (row["suspended_from"] as String?).flatMap(RoundState.init(rawValue:)), cutOff: cutOff,
            portScale: scale.reduce(into: [:]) { $0[IndicatorID($1.key)] = $1.value },
            createdAt: Instant(milliseconds: row["created_at_ms"]), version: row["version"])
    }

    private static func participation(_ row: Row) throws -> Participation {
        let aliases = try JSONDecoder().decode([String].self, from: Data((row["aliases"] as String).utf8))
        guard let code = CompanyCode(row["company_code"] as String),
            let submission = SubmissionState(rawValue: row["submission"])
        else { throw Failure("store.row_damaged", ["table": "participation", "row": row["platform"]]) }
        let experts = (row["experts"] as String? ?? "").split(separator: ",").map { AccountID(String($0)) }
        var found = Participation(
            round: RoundID(row["round"] as String), platform: PlatformID(row["platform"] as String), name: row["name"],
            aliases: aliases, type: row["type"],
            company: PlatformOperator(
                code: code, name: row["company_name"], region: RegionCode(row["region"] as String)),
            submission: submission,
            returnedFrom: (row["returned_from"] as String?).flatMap(SubmissionState.init(rawValue:)),
            version: row["version"], experts: row["has_draw"] ? Set(experts) : nil)
        if row["has_verifiers"] {
            let accounts = (row["verifiers"] as String? ?? "").split(separator: ",").map { AccountID(String($0)) }
            found.verifiers = Set(accounts)
        }
        return found
    }
}
