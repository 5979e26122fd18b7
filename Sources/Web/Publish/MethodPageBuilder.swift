import Publish
import Review
import Scheme
import Vocabulary
import Wording

/// Builds the method page out of the edition as people read it.
struct MethodPageBuilder: Sendable {
    let round: Round
    let scheme: IndicatorScheme
    let language: Language

    private func say(_ key: String, _ values: [String: String] = [:]) -> String {
        Catalogue.of(language).text("web.method.\(key)", values)
    }

    func page() -> MethodPage {
        let method = MethodWriter(scheme, language).method()
        return MethodPage(
            heading: Heading(
                say("title"), kicker: round.title[language], lead: say("lead", ["title": method.title]),
                acts: [
                    HeadAct(say("download"), href: "/api/v1/schemes/\(scheme.id)/file", isDownload: true)
                ]),
            facts: facts(),
            oursNote: say("ours_note", ["ours": "\(method.ownValues)", "all": "\(method.allValues)"]),
            sections: method.sections.enumerated().map { section($1, number: $0 + 1) },
            conventions: method.conventions.map { .init(title: $0.title, text: $0.text, isOurs: $0.isOurs) })
    }

    private func facts() -> [Fact] {
        var all = [
            Fact(
                label: say("fact_indicators"), figure: Figure(count: scheme.indicators.count, language),
                note: scheme.bonusCap.map { say("fact_bonus", ["cap": FigureFormat.trimmed($0.value)]) })
        ]
        for mode in CollectionMode.allCases {
            let count = scheme.indicators.filter { $0.mode == mode }.count
            if count > 0 {
                let label = Catalogue.of(language).text("publish.method.mode.\(mode.rawValue)")
                all.append(Fact(label: label, figure: Figure(count: count, language), note: nil))
            }
        }
        return all
    }

    private func section(_ section: MethodSection, number: Int) -> MethodPage.Section {
        MethodPage.Section(
            n: "\(number)", id: section.id, title: section.title, points: section.points,
            pointsSentence: say(section.isBonus ? "bonus_points" : "points", ["points": section.points]),
            groups: section.groups.map { group in
                MethodPage.Group(
                    title: group.title, pointsSentence: say("points", ["points": group.points]),
                    indicators: group.indicators.map { line($0, number: number) })
            })
    }

    private func line(_ indicator: MethodIndicator, number: Int) -> MethodPage.Line {
        MethodPage.Line(
            number: "\(indicator.number)", id: indicator.id, title: indicator.title, mode: indicator.mode,
            unit: indicator.unit, window: indicator.window, windowIsOurs: indicator.windowIsOurs,
            definition: indicator.definition, rule: indicator.rule, ruleIsOurs: indicator.ruleIsOurs,
            evidence: indicator.details, curve: indicator.curve.map { curve($0, number: number) },
            points: indicator.points, pointsAreOurs: indicator.pointsAreOurs)
    }

    /// The rule as a path in a field of 100 × 40, points growing upwards.
    private func curve(_ curve: MethodCurve, number: Int) -> MethodPage.Curve {
        let steps = curve.points.map { point in
            "\(FigureFormat.fixed(point.x * 100, places: 1)) \(FigureFormat.fixed(40 - 38 * point.y, places: 1))"
        }
        return MethodPage.Curve(n: "\(number)", path: "M" + steps.joined(separator: "L"), end: curve.end)
    }
}
