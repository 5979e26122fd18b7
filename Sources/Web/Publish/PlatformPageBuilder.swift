import Review
import Scheme
import Score
import Vocabulary
import Wording

/// Builds a platform's page: where it stands, against its type's median, and its sheet.
struct PlatformPageBuilder: Sendable {
    let result: PublishedResult
    let participation: Participation
    let unit: UnitScore
    let sight: Sight
    /// Declared values by value id; empty for those who may not see values.
    let declared: [String: ExactDecimal]
    let verifications: [IndicatorID: Verification]
    let language: Language

    var catalogue: Catalogue { Catalogue.of(language) }
    var scheme: IndicatorScheme { result.scheme }
    func say(_ key: String, _ values: [String: String] = [:]) -> String {
        catalogue.text("web.platform.\(key)", values)
    }

    func page() -> PlatformPage {
        let peers = result.units(ofType: participation.type)
        let type = result.type(participation, language)
        let standings = standings(peers, type)
        let seesSheet = sight.points
        return PlatformPage(
            heading: Heading(
                participation.name, kicker: result.round.title[language],
                lead: say(
                    "lead",
                    [
                        "company": participation.company.name, "city": result.city(participation, language),
                        "type": type,
                    ])),
            notice: unit.isProvisional ? Notice(say("provisional"), .watch) : nil,
            resultHref: "/rounds/\(result.round.id)/result", roundTitle: catalogue.text("web.result.title"),
            facts: facts(peers, type), hasScore: seesSheet, empty: seesSheet ? nil : EmptyState(say("hidden")),
            sections: seesSheet ? sectionBars(peers, type) : [],
            medianNote: say("median_note", ["count": "\(peers.count)", "type": type]),
            radar: seesSheet ? radar(peers, type) : nil, strengths: seesSheet ? standings.strengths : [],
            gaps: seesSheet ? standings.gaps : [],
            sheetHref: seesSheet ? "/api/v1/rounds/\(result.round.id)/platforms/\(unit.unit)/sheet" : nil,
            sheet: seesSheet ? sheet() : [], sumSentence: sumSentence(),
            total: unit.total?.description ?? catalogue.text("web.result.unrated"))
    }

    // MARK: Where it stands

    private func facts(_ peers: [UnitScore], _ type: String) -> [Fact] {
        var all: [Fact] = []
        if sight.totals, let total = unit.total {
            let base = scheme.sections.filter { !$0.isBonus }.reduce(ExactDecimal.zero) { $0 + $1.points }
            let note = scheme.bonusCap.map {
                say("base", ["base": FigureFormat.trimmed(base), "bonus": FigureFormat.trimmed($0.value)])
            }
            all.append(Fact(label: say("total"), figure: Figure(text: total.description), note: note))
        }
        let ranked = result.field.units.filter { $0.rank != nil }.count
        if sight.ranks, let rank = unit.rank {
            all.append(Fact(label: say("rank"), figure: Figure(text: "\(rank)", unit: "/ \(ranked)"), note: nil))
        }
        if sight.ranks, let rank = unit.rankInType {
            all.append(
                Fact(
                    label: say("rank_in_type", ["type": type]),
                    figure: Figure(text: "\(rank)", unit: "/ \(peers.count)"),
                    note: nil))
        }
        if sight.totals, let grade = scheme.grades.first(where: { $0.id == unit.grade }) {
            all.append(
                Fact(
                    label: say("grade"), figure: Figure(text: grade.title[language]),
                    note: grade.floor.origin == .default ? say("grade_is_ours") : nil))
        }
        return all
    }

    private func sectionBars(_ peers: [UnitScore], _ type: String) -> [PlatformPage.SectionBar] {
        unit.sheet.sections.enumerated().map { index, section in
            let full = cap(section)
            let median = peers.compactMap { $0.sheet.section(section.id)?.points.doubleValue }.median ?? 0
            let values = [
                "points": "\(section.points)", "type": type,
                "median": FigureFormat.fixed(median, places: scheme.precision.places),
            ]
            return PlatformPage.SectionBar(
                n: "\(index + 1)", title: section.title[language], points: "\(section.points)",
                of: FigureFormat.trimmed(full), width: BalanceBar.percent(share(section.points.doubleValue, full)),
                median: BalanceBar.percent(share(median, full)), sentence: say("against_median", values))
        }
    }

    /// What can be had in a section: the bonus is capped.
    func cap(_ section: SectionScore) -> ExactDecimal {
        section.isBonus ? min(section.full, scheme.bonusCap?.value ?? section.full) : section.full
    }

    private func share(_ points: Double, _ full: ExactDecimal) -> Double {
        full > .zero ? points / full.doubleValue : 0
    }

    private func radar(_ peers: [UnitScore], _ type: String) -> ChartView? {
        let groups = unit.sheet.sections.filter { !$0.isBonus }.flatMap(\.groups)
        guard groups.count > 2 else { return nil }
        let own = groups.map { share($0.points.doubleValue, $0.full) * 100 }
        let medians = groups.map { group -> Double in
            let values = peers.compactMap { peer in peer.sheet.groups.first { $0.id == group.id }?.points.doubleValue }
            return share(values.median ?? 0, group.full) * 100
        }
        let names = groups.map { name($0.title[language]) }
        let gaps = zip(own, medians).map { $0 - $1 }
        let best = gaps.indices.max { gaps[$0] < gaps[$1] } ?? 0
        let worst = gaps.indices.min { gaps[$0] < gaps[$1] } ?? 0
        let values = [
            "best": names[best], "worst": names[worst], "type": type, "lead": whole(abs(gaps[best])),
            "lag": whole(abs(gaps[worst])),
        ]
        let key = gaps[best] <= 0 ? "radar_all_below" : gaps[worst] >= 0 ? "radar_all_above" : "radar_mixed"
        let data = ChartView.Radar(
            axes: names,
            series: [
                .init(name: participation.name, values: own.map(tenth)),
                .init(name: say("median_of", ["type": type]), values: medians.map(tenth)),
            ])
        return ChartView(
            name: "radar-\(unit.unit)", data: ChartView.json(data), finding: say(key, values),
            unit: say("radar_unit"), summary: say("radar_summary", values),
            head: [say("group"), say("own"), say("median_of", ["type": type])],
            rows: names.indices.map {
                .init(cells: [
                    names[$0], FigureFormat.fixed(own[$0], places: 1) + "%",
                    FigureFormat.fixed(medians[$0], places: 1) + "%",
                ])
            })
    }

    private func whole(_ value: Double) -> String { FigureFormat.fixed(value, places: 0) }
    private func tenth(_ value: Double) -> Double { (value * 10).rounded() / 10 }

    /// The group's title without its number in brackets.
    private func name(_ title: String) -> String {
        guard let close = title.firstIndex(where: { $0 == ")" || $0 == "\u{FF09}" }),
            title.distance(from: title.startIndex, to: close) < 6
        else { return title }
        return String(title[title.index(after: close)...].drop { $0 == " " })
    }

    private func standings(
        _ peers: [UnitScore], _ type: String
    ) -> (strengths: [PlatformPage.Standing], gaps: [PlatformPage.Standing]) {
        var all: [(difference: Double, standing: PlatformPage.Standing)] = []
        for line in unit.sheet.indicators {
            guard let median = peers.compactMap({ $0.sheet.indicator(line.id)?.points.doubleValue }).median else {
                continue
            }
            let values = [
                "points": "\(line.points)", "full": FigureFormat.trimmed(line.full), "type": type,
                "median": FigureFormat.fixed(median, places: scheme.precision.places),
            ]
            all.append(
                (
                    line.points.doubleValue - median,
                    .init(
                        id: line.id.rawValue, title: line.title[language], text: say("standing", values))
                ))
        }
        let up = all.filter { $0.difference > 0.005 }.sorted { $0.difference > $1.difference }.prefix(4)
        let down = all.filter { $0.difference < -0.005 }.sorted { $0.difference < $1.difference }.prefix(4)
        return (up.map(\.standing), down.map(\.standing))
    }

    private func sumSentence() -> String {
        let sum = unit.sheet.sections.map(\.points.description).joined(separator: " + ")
        return say("sum", ["sum": sum])
    }
}
