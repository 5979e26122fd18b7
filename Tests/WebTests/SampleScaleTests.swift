import Foundation
import Review
import Submit
import Testing
import Trust
import Vocabulary

/// A field like the province's: 60 platforms with 3 800 rows each, all of them in release and with `HENG_SCALE=1`, six in
/// a debug build.
@Suite("Verification by sample at scale")
struct SampleScaleTests {
    #if DEBUG
        private static let platforms = ProcessInfo.processInfo.environment["HENG_SCALE"] == "1" ? 60 : 6
    #else
        private static let platforms = 60
    #endif
    private static let lists = [
        ("companies-served", 3600), ("solutions", 90), ("ip-results", 98), ("parks-served", 12),
    ]

    private func fields(_ indicator: String, _ row: Int) -> [String: String] {
        let code = SampleRound.code(row)
        switch indicator {
        case "companies-served": return ["name": "客户\(row)", "code": code, "product": "云枢"]
        case "solutions": return ["title": "方案\(row)", "customer": code, "region": "320500"]
        case "ip-results": return ["kind": "copyright", "copyright": "2024SR\(1_000_000 + row)", "title": "软件\(row)"]
        default: return ["park": "园区\(row)", "level": "city", "region": "320500"]
        }
    }

    private func fill(_ round: SampleRound) async throws {
        let services = round.site.services
        for number in 2...max(2, Self.platforms) {
            let code = try #require(CompanyCode.completing("91320500MB\(String("000000\(number)".suffix(6)))"))
            let owner = Participation(
                round: "r1", platform: PlatformID("q\(number)"), name: "平台\(number)", type: "comprehensive",
                company: PlatformOperator(code: code, name: "公司\(number)", region: "320500"),
                submission: .verification)
            func entry(_ kind: AuditKind, _ cell: IndicatorID? = nil) -> AuditEntry {
                AuditEntry(
                    kind, actor: .system("test"), at: round.clock.now(),
                    subject: AuditSubject(round: "r1", platform: owner.platform, indicator: cell),
                    salt: SystemRandomSource().salt())
            }
            try await services.rounds.register(owner, entry: entry("platform.registered"))
            let changes = Self.lists.map { indicator, count in
                let cell = CellAddress(round: "r1", platform: owner.platform, indicator: IndicatorID(indicator))
                let rows = (0..<count).map { ItemRow(number: $0 + 2, fields: fields(indicator, $0)) }
                return DeclaredChange(
                    declaration: Declaration(
                        cell: cell, values: [indicator: ExactDecimal(count)], by: "test", at: round.clock.now(),
                        version: 1),
                    list: ItemList(cell: cell, rows: rows, by: "test", at: round.clock.now(), version: 1),
                    entry: entry("cell.listed", cell.indicator))
            }
            try await services.cells.declarations.save(changes)
        }
    }

    @Test("A field of platforms is drawn in one go, and judging stays quick")
    func scale() async throws {
        let round = try await SampleRound(customers: 12)
        try await fill(round)
        let clock = ContinuousClock()
        var report: [String: Any] = [:]
        let drawing = try await clock.measure {
            let answer = try await round.ask(.post, "/api/v1/rounds/r1/samples", as: "operator", "{}")
            try #require(answer.status == 201, "\(answer.body.prefix(300))")
            report = answer.json ?? [:]
        }
        let lists = report["lists"] as? [[String: Any]] ?? []
        let rows = lists.reduce(0) { $0 + ($1["rows"] as? Int ?? 0) }
        let drawn = lists.reduce(0) { $0 + ($1["drawn"] as? Int ?? 0) }
        #expect(rows == (Self.platforms - 1) * 3800)
        #expect(drawn == (Self.platforms - 1) * (59 * 3 + 12))
        round.afterTheDueDay()
        var times: [Duration] = []
        var next = "/authority/rounds/r1/sampling/judge"
        for _ in 0..<15 {
            times.append(
                try await clock.measure {
                    let page = try await round.site.ask(.get, next, as: "city-clerk")
                    try #require(page.status == 200)
                    let match = try #require(page.body.firstMatch(of: /href="([^"]*after=[^"]*)" data-judge-skip/))
                    next = String(match.1).replacing("&amp;", with: "&")
                })
        }
        let board = try await clock.measure {
            let answer = try await round.site.ask(.get, "/authority/rounds/r1/sampling", as: "operator")
            #expect(answer.status == 200)
        }
        let cell = CellAddress(round: "r1", platform: "q2", indicator: "companies-served")
        let own = DrawnRowFilter(reach: .init(offices: ["320500"]), platform: "q2", indicator: cell.indicator)
        let store = try round.site.services.people.sampling.samples()
        let first = try #require(try await store.rows("r1", own, after: nil, limit: 1).first)
        let judging = try await clock.measure {
            let answer = try await round.ask(
                .put, "/api/v1/rounds/r1/platforms/q2/samples/companies-served/rows/\(first.number)/judgement",
                as: "city-clerk", #"{"verdict":"good"}"#, tag: 0)
            #expect(answer.status == 200, "\(answer.body)")
        }
        let slowest = times.max() ?? .zero
        print("SCALE rows \(rows) drawn \(drawn) draw \(drawing) page \(slowest) board \(board) judgement \(judging)")
        // Generous, since tests run unoptimised and beside others; the figures are printed.
        #expect(drawing < .seconds(120) && slowest < .seconds(5) && board < .seconds(10))
    }
}
