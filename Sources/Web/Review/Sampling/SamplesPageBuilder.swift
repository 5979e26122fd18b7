import Access
import Review
import Scheme
import Vocabulary

/// Builds the board of a round's samples.
struct SamplesPageBuilder: Sendable {
    let access: SamplingAccess
    let lists: [SampledList]
    let owners: [PlatformID: Participation]
    /// Lists that a draw would take in: none frozen, or frozen and not drawn.
    let waiting: Int
    let offices: [(office: RegionCode, all: Int, judged: Int)]
    let stage: String
    let platform: String
    let notice: Notice?
    let words: SampleWords

    private var base: String { "/authority/rounds/\(access.round.id)/sampling" }
    private var language: Language { words.language }

    func page() -> SamplesPage {
        let shown = lists.filter { list in
            (stage.isEmpty || access.stage(list).rawValue == stage)
                && (platform.isEmpty || list.cell.platform.rawValue == platform)
        }
        let drawn = lists.reduce(0) { $0 + $1.tally.drawn }
        let judged = lists.reduce(0) { $0 + $1.tally.judged }
        let proved = lists.reduce(0) { $0 + $1.tally.proved }
        let ready = lists.count { access.stage($0) == .judged }
        let maySettle = access.principal.may(.runSampling)
        var acts: [HeadAct] = []
        if access.principal.hasSomewhere(.judgeSample) {
            acts.append(HeadAct(words.say("judge"), href: "\(base)/judge", isMain: true))
            acts.append(HeadAct(words.say("export"), href: "\(base)/rows.xlsx", isDownload: true))
            acts.append(HeadAct(words.say("import"), href: "\(base)/import"))
        }
        if maySettle { acts.append(HeadAct(words.say("verifiers"), href: "\(base)/verifiers")) }
        acts.append(HeadAct(words.say("site_title"), href: "/authority/rounds/\(access.round.id)/site-checks"))
        return SamplesPage(
            heading: Heading(
                words.say("title"), kicker: access.round.title[language], lead: words.say("lead"), acts: acts),
            notice: notice,
            facts: [
                fact("lists", lists.count), fact("rows_drawn", drawn), fact("proved", proved), fact("judged", judged),
            ],
            draw: maySettle && waiting > 0
                ? .init(
                    href: "\(base)/draw", title: words.say("draw"),
                    effect: words.say("draw_effect", ["count": "\(waiting)"])) : nil,
            settle: maySettle && ready > 0
                ? .init(
                    href: "\(base)/settle", title: words.say("settle"),
                    effect: words.say("settle_effect", ["count": "\(ready)"])) : nil,
            address: base, choices: choices(), hasLists: !shown.isEmpty,
            none: shown.isEmpty ? EmptyState(words.say(lists.isEmpty ? "none" : "none_filtered")) : nil,
            shown: words.say("shown", ["count": FigureFormat.grouped(shown.count)]), lists: shown.compactMap(line),
            hasOffices: !offices.isEmpty,
            offices: offices.map {
                .init(
                    title: access.scheme.regionTitle($0.office, language), judged: FigureFormat.grouped($0.judged),
                    all: FigureFormat.grouped($0.all), percent: $0.all == 0 ? 0 : $0.judged * 100 / $0.all,
                    href: "\(base)/judge?office=\($0.office)")
            })
    }

    private func fact(_ key: String, _ count: Int) -> Fact {
        Fact(label: words.say(key), figure: Figure(text: FigureFormat.grouped(count)), note: nil)
    }

    private func choices() -> [Choice] {
        let platforms = Set(lists.map(\.cell.platform)).sorted().map {
            (value: $0.rawValue, title: owners[$0]?.name ?? $0.rawValue)
        }
        return [
            Choice(
                "stage", label: words.say("state"),
                options: [(value: "", title: words.say("all"))]
                    + SampledList.Stage.allCases.map { (value: $0.rawValue, title: words.say("stage.\($0.rawValue)")) },
                selected: stage),
            Choice(
                "platform", label: words.say("platform"), options: [(value: "", title: words.say("all"))] + platforms,
                selected: platform),
        ]
    }

    private func line(_ list: SampledList) -> SamplesPage.Line? {
        guard let indicator = access.scheme.indicator(list.cell.indicator), let owner = owners[list.cell.platform]
        else { return nil }
        let share = access.results(list, indicator).values.first?.sharePercent
        return .init(
            href: "\(base)/\(list.cell.platform)/\(indicator.id)", platform: owner.name,
            indicator: words.indicator(indicator), rows: FigureFormat.grouped(list.rowCount),
            drawn: "\(list.tally.drawn)", proved: "\(list.tally.proved)", judged: "\(list.tally.judged)",
            share: share.map { "\($0)%" } ?? "", state: words.stage(access.stage(list)))
    }
}
