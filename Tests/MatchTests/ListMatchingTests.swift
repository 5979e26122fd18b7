import Match
import Scheme
import Testing
import Vocabulary

@Suite("What lists are worth")
struct ListMatchingTests {
    private static let cutOff = Make.day("2025-12-31")

    private func text(_ zh: String) -> LocalizedText { LocalizedText(zh: zh, en: zh) }

    private func honours() -> Indicator {
        func part(_ id: String) -> Part {
            Part(id: id, title: text(id), unit: text("项"), valuePlaces: 0, kind: .number)
        }
        func source(_ id: String, _ title: String, _ part: String, _ awards: [String] = []) -> OfficialListSource {
            OfficialListSource(
                id: id, title: text(title), issuer: text("部"), part: part, year: 2024, awards: awards, origin: .source)
        }
        return Indicator(
            number: 31, id: "honours", title: text("平台荣誉"), definition: text("x"), unit: text("项"), mode: .list,
            subject: .platform, window: Sourced(.listYear(2024), .source), points: Sourced(ExactDecimal(4), .default),
            rule: .perItem([], setCaps: [], cap: Sourced(ExactDecimal(4), .default)),
            parts: [part("dynamic-evaluation"), part("case-lists")],
            lists: [
                source("dynamic-2024", "2024年度动态评价", "dynamic-evaluation", ["A", "B"]),
                source("ai-2024", "人工智能典型案例", "case-lists"), source("data-2024", "实数融合典型案例", "case-lists"),
            ])
    }

    private func specialised() -> Indicator {
        func tier(_ at: Double, _ code: String, _ title: String) -> Tier {
            Tier(at: Sourced(at, .source), points: Sourced(ExactDecimal(1), .default), title: text(title), code: code)
        }
        return Indicator(
            number: 32, id: "specialised-new", title: text("专精特新"), definition: text("x"), unit: text("项"),
            mode: .registry, subject: .operator, window: Sourced(.onCutOff, .default),
            points: Sourced(ExactDecimal(2), .default),
            rule: .highestOnly([
                tier(1, "provincial-sme", "省专精特新中小企业"), tier(2, "little-giant", "国家专精特新“小巨人”"),
                tier(3, "champion", "国家制造业单项冠军"),
            ]))
    }

    private var titles: [Scheme.Dictionary] {
        [
            Scheme.Dictionary(
                id: "titles", title: text("称号"), origin: .default,
                entries: [.init(code: "champion", title: text("制造业单项冠军企业"), aliases: ["单项冠军示范企业"])])
        ]
    }

    private func settle(_ indicator: Indicator, _ lists: [OfficialList]) throws -> MatchedAwards {
        let subject = MatchSubject(
            id: "P01", code: try Make.code(1), name: "江苏衡山科技有限公司", platform: "衡山平台", platformAliases: [])
        return ListMatching(
            indicator: indicator, dictionaries: titles, lists: lists.map(ListIndex.init), cutOff: Self.cutOff
        ).settle(subject)
    }

    private func row(_ number: Int = 2, level: String? = nil, project: String? = nil) throws -> ListRow {
        ListRow(
            number: number, company: "江苏衡山科技有限公司", code: try Make.code(1), platform: "衡山平台", level: level,
            project: project)
    }

    @Test("Several cases and several batches of one list count once, two lists count twice")
    func listsOnce() throws {
        let awards = try settle(
            honours(),
            [
                Make.list([try row(2, project: "a"), try row(3, project: "b")], Make.header("第一批", award: "ai-2024")),
                Make.list([try row()], Make.header("第二批", award: "ai-2024")),
                Make.list([try row()], Make.header("实数融合典型案例")),
                Make.list([try row()], Make.header("随后公布的案例", award: "case-lists")),
            ])
        #expect(awards.values["honours.case-lists"] == ExactDecimal(3))
        #expect(awards.values["honours.dynamic-evaluation"] == .zero)
        #expect(awards.missingLists == ["dynamic-2024"])
        #expect(awards.awards.allSatisfy { $0.standing == .counts })
    }

    @Test(
        "Only the grades that the scheme names count",
        arguments: [("A", 1, Standing.counts), ("B", 1, .counts), ("C", 0, .gradeNotNamed), (nil, 0, .gradeNotNamed)]
            as [(String?, Int, Standing)])
    func grades(level: String?, value: Int, standing: Standing) throws {
        for award in ["dynamic-2024", "dynamic-evaluation"] {
            let awards = try settle(honours(), [Make.list([try row(level: level)], Make.header("x", award: award))])
            #expect(awards.values["honours.dynamic-evaluation"] == ExactDecimal(value))
            #expect(awards.awards.map(\.standing) == [standing])
        }
    }

    @Test("A list of another year, or one that the scheme cannot place, earns nothing and says so")
    func otherYear() throws {
        let other = try settle(
            honours(), [Make.list([try row()], Make.header("新增名单", award: "case-lists", year: 2023))])
        #expect(other.awards.map(\.standing) == [.otherYear])
        let unknown = try settle(honours(), [Make.list([try row()], Make.header("不相干的名单"))])
        #expect(unknown.awards.map(\.standing) == [.titleNotNamed])
        #expect(unknown.values["honours.case-lists"] == .zero)
    }

    private func registerRow(
        _ title: String, from: String? = "2023-01-01", until: String? = "2026-01-01", revoked: Bool = false
    ) throws -> ListRow {
        ListRow(
            number: 2, company: "江苏衡山科技有限公司", code: try Make.code(1), title: title,
            validFrom: from.map(Make.day), validUntil: until.map(Make.day), isRevoked: revoked)
    }

    @Test("Of several titles only the highest that is valid on the cut-off counts")
    func highestOnly() throws {
        let awards = try settle(
            specialised(),
            [
                Make.list([
                    try registerRow("省专精特新中小企业"), try registerRow("国家专精特新小巨人"),
                    try registerRow("单项冠军示范企业", until: "2025-12-30"),
                ])
            ])
        #expect(awards.values == ["specialised-new": ExactDecimal(2)])
        #expect(awards.awards.map(\.standing) == [.counts, .counts, .expired])
        #expect(awards.awards.map(\.earns) == ["provincial-sme", "little-giant", nil])
    }

    @Test(
        "The window of an award is held against the cut-off, both ends included",
        arguments: [
            ("2023-01-01", "2025-12-31", false, Standing.counts), ("2025-12-31", nil, false, .counts),
            (nil, nil, false, .counts), ("2026-01-01", "2027-01-01", false, .notYetValid),
            ("2020-01-01", "2025-12-30", false, .expired), ("2023-01-01", "2026-01-01", true, .revoked),
        ] as [(String?, String?, Bool, Standing)])
    func window(from: String?, until: String?, revoked: Bool, standing: Standing) throws {
        let row = try registerRow("制造业单项冠军企业", from: from, until: until, revoked: revoked)
        let awards = try settle(specialised(), [Make.list([row])])
        #expect(awards.awards.map(\.standing) == [standing])
        #expect(awards.values["specialised-new"] == ExactDecimal(standing == .counts ? 3 : 0))
    }

    @Test("A title that the scheme does not name earns nothing", arguments: ["创新型中小企业", "专精特新", "瞪羚企业"])
    func otherTitles(title: String) throws {
        let awards = try settle(specialised(), [Make.list([try registerRow(title)])])
        #expect(awards.awards.map(\.standing) == [.titleNotNamed])
        #expect(awards.values["specialised-new"] == .zero)
    }

    @Test("Whoever is on no list gets zero with the proof of absence, and candidates are counted")
    func absent() throws {
        let awards = try settle(
            specialised(), [Make.list([ListRow(number: 2, company: "江苏恒山科技有限公司", title: "国家制造业单项冠军")])])
        #expect(awards.values == ["specialised-new": .zero])
        #expect(awards.openCandidates.count == 1)
        #expect(awards.explanation.map(\.code) == ["match.proof_undecided_document", "match.open_candidates"])
    }
}
