import Match
import Trust
import Vocabulary

/// Codes, rows and lists for tests.
enum Make {
    /// The n-th of a series of valid codes.
    static func code(_ n: Int) throws -> CompanyCode {
        let digits = String("0000\(n)".suffix(4))
        guard let code = CompanyCode.completing("913205" + "83" + "MA1X" + digits) else {
            throw Failure("test.no_code", ["n": "\(n)"])
        }
        return code
    }

    static func header(
        _ title: String = "示例名单", indicator: IndicatorID? = nil, award: String? = nil, year: Int? = nil,
        from: String? = nil, until: String? = nil
    ) -> ListHeader {
        ListHeader(
            title: title, issuer: "示例厅", document: "示例〔2024〕1号", date: day("2024-06-01"),
            validFrom: from.map(day), validUntil: until.map(day), year: year, indicator: indicator, award: award)
    }

    static func day(_ text: String) -> CivilDay { CivilDay(text) ?? CivilDay(daysSince1970: 0) }

    static func list(_ rows: [ListRow], _ header: ListHeader = header()) -> OfficialList {
        OfficialList(
            id: ListID("list-" + header.title), header: header, digest: Digest.sha256(of: Array(header.title.utf8)),
            rows: rows)
    }

    static func decide(_ subject: MatchSubject, _ rows: [ListRow], platform: Bool = false) -> MatchDecision {
        MatchLadder(ListIndex(list(rows))).decide(subject, asksPlatform: platform)
    }
}
