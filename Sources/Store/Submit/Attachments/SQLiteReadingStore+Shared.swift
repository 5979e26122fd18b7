import Foundation
import GRDB
import Submit
import Trust
import Vocabulary

extension SQLiteReadingStore {
    /// Files of the platform with what other platforms of the round share with them: same bytes, same numbers, near texts.
    public func shared(_ round: RoundID, _ platform: PlatformID) async throws -> [SharedEvidence] {
        try await reading { db in
            try Self.files(db, round, platform) + Self.numbers(db, round, platform) + Self.texts(db, round, platform)
        }
    }

    /// More of one kind are not looked for.
    private static let most = 200

    /// Pairs of present uses: mine `e`, theirs `o`.
    private static let columns = """
        e.round, e.platform, e.indicator, e.digest, e.name, o.platform AS o_platform, o.indicator AS o_indicator,
        o.digest AS o_digest, o.name AS o_name
        """
    private static let pairs = """
        e.round = ? AND e.platform = ? AND e.removed_at_ms IS NULL AND o.removed_at_ms IS NULL AND o.round = e.round
        AND o.platform <> e.platform
        """

    private static func files(_ db: GRDB.Database, _ round: RoundID, _ platform: PlatformID) throws -> [SharedEvidence]
    {
        try Row.fetchAll(
            db,
            sql: """
                SELECT \(columns) FROM evidence e JOIN evidence o ON o.digest = e.digest WHERE \(pairs)
                ORDER BY e.id, o.id LIMIT \(most)
                """, arguments: [round.rawValue, platform.rawValue]
        ).compactMap { shared($0, .file) }
    }

    private static func numbers(
        _ db: GRDB.Database, _ round: RoundID, _ platform: PlatformID
    ) throws -> [SharedEvidence] {
        // A national standard is drafted by many: the same one in two submissions is no surprise.
        try Row.fetchAll(
            db,
            sql: """
                SELECT \(columns), n.form, n.number, n.page
                FROM evidence e JOIN evidence_number n ON n.digest = e.digest
                JOIN evidence_number m ON m.number = n.number AND m.form = n.form AND m.digest <> n.digest
                JOIN evidence o ON o.digest = m.digest
                WHERE \(pairs) AND n.form <> 'standard' ORDER BY e.id, n.page, o.id LIMIT \(most)
                """, arguments: [round.rawValue, platform.rawValue]
        ).compactMap { row in
            shared(row, .number(ReadNumber(form: row["form"], number: row["number"], page: row["page"])))
        }
    }

    private static func texts(_ db: GRDB.Database, _ round: RoundID, _ platform: PlatformID) throws -> [SharedEvidence]
    {
        let rows = try Row.fetchAll(
            db,
            sql: """
                SELECT DISTINCT \(columns), p.minima, q.minima AS o_minima
                FROM evidence e JOIN text_print p ON p.digest = e.digest
                JOIN text_band b ON b.digest = e.digest
                JOIN text_band c ON c.band = b.band AND c.hash = b.hash AND c.digest <> b.digest
                JOIN text_print q ON q.digest = c.digest
                JOIN evidence o ON o.digest = c.digest
                WHERE \(pairs) ORDER BY e.id, o.id LIMIT \(most)
                """, arguments: [round.rawValue, platform.rawValue])
        return rows.compactMap { row in
            guard let mine = print(row["minima"]), let theirs = print(row["o_minima"]) else { return nil }
            let likeness = mine.likeness(theirs)
            return likeness >= TextPrint.nearLikeness ? shared(row, .text(likeness: likeness)) : nil
        }
    }

    private static func print(_ data: Data) -> TextPrint? {
        let bytes = [UInt8](data)
        guard bytes.count == 4 * TextPrint.size else { return nil }
        return TextPrint(
            minima: (0..<TextPrint.size).map { index in
                bytes[(4 * index)..<(4 * index + 4)].reduce(UInt32(0)) { $0 << 8 | UInt32($1) }
            })
    }

    private static func shared(_ row: Row, _ kind: SharedEvidence.Kind) -> SharedEvidence? {
        guard let digest = Digest(row["digest"] as Data), let other = Digest(row["o_digest"] as Data) else {
            return nil
        }
        return SharedEvidence(
            kind: kind, cell: CellAddress(row: row), digest: digest, name: row["name"],
            other: CellAddress(
                round: RoundID(row["round"] as String), platform: PlatformID(row["o_platform"] as String),
                indicator: IndicatorID(row["o_indicator"] as String)),
            otherDigest: other, otherName: row["o_name"])
    }
}
