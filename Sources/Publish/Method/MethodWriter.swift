import Scheme
import Vocabulary
import Wording

/// Writes a scheme out as people read it, in one language.
public struct MethodWriter: Sendable {
    let scheme: IndicatorScheme
    let language: Language

    public init(_ scheme: IndicatorScheme, _ language: Language) {
        self.scheme = scheme
        self.language = language
    }

    func say(_ key: String, _ values: [String: String] = [:]) -> String {
        Catalogue.of(language).text("publish.method.\(key)", values)
    }

    func number(_ value: Double) -> String { MethodNumber.text(value, language) }

    /// One indicator's rule in a sentence or two.
    public func rule(of indicator: Indicator) -> String {
        RuleSentence(scheme: scheme, indicator: indicator, language: language).text()
    }

    public func method() -> Method {
        Method(
            title: scheme.title[language], edition: scheme.edition, digest: scheme.digest.hex,
            ownValues: scheme.unconfirmed.count, allValues: scheme.provenance.count,
            sections: scheme.sections.map(section), conventions: ConventionWriter(writer: self).all(),
            rubric: rubric(),
            dictionaries: scheme.dictionaries.map { dictionary in
                MethodDictionary(
                    id: dictionary.id, title: dictionary.title[language], isOurs: dictionary.origin == .default,
                    entries: dictionary.entries.map { $0.title[language] })
            })
    }

    private func section(_ section: Section) -> MethodSection {
        MethodSection(
            id: section.id, title: section.title[language], points: MethodNumber.points(section.points),
            isBonus: section.isBonus,
            groups: section.groups.map { group in
                MethodGroup(
                    id: group.id, title: group.title[language], points: MethodNumber.points(group.points),
                    indicators: group.indicators.map(indicator))
            })
    }

    private func indicator(_ indicator: Indicator) -> MethodIndicator {
        MethodIndicator(
            number: indicator.number, id: indicator.id.rawValue, title: indicator.title[language],
            definition: indicator.definition[language], unit: indicator.unit[language],
            mode: say("mode.\(indicator.mode.rawValue)"), subject: say("subject.\(indicator.subject.rawValue)"),
            window: window(indicator.window.value), windowIsOurs: indicator.window.origin == .default,
            points: MethodNumber.points(indicator.points.value),
            pointsAreOurs: indicator.points.origin == .default,
            rule: RuleSentence(scheme: scheme, indicator: indicator, language: language).text(),
            ruleIsOurs: ruleIsOurs(indicator), details: details(indicator), curve: curve(indicator))
    }

    /// Whether anything of the rule is ours, the kind of a rule without figures included.
    private func ruleIsOurs(_ indicator: Indicator) -> Bool {
        if RuleSentence.isOurs(indicator.rule) { return true }
        return scheme.provenance.contains { $0.path.hasSuffix("[\(indicator.id)].rule") && $0.origin == .default }
    }

    func window(_ window: Window) -> String {
        switch window {
        case .portMonthsMean:
            return say("window.port_months_mean", ["count": String(scheme.calendar?.portMonthCount.value ?? 0)])
        case .end: return say("window.end")
        case .dataYear: return say("window.data_year", ["year": String(scheme.calendar?.dataYear.value ?? 0)])
        case .onCutOff: return say("window.on_cut_off")
        case .upToCutOff: return say("window.up_to_cut_off")
        case .years(let first, let last) where first == last: return say("window.year", ["year": String(first)])
        case .years(let first, let last):
            return say("window.years", ["first": String(first), "last": String(last)])
        case .listYear(let year): return say("window.list_year", ["year": String(year)])
        case .given: return say("window.given")
        }
    }

    private func joined(_ words: [String]) -> String { words.joined(separator: say("word_separator")) }

    private func details(_ indicator: Indicator) -> [String] {
        var lines: [String] = []
        if let ratio = indicator.ratio { lines.append(self.ratio(ratio, of: indicator)) }
        if let factors = scheme.evidenceWorth?.factors[indicator.evidenceClass] {
            let named = zip(EvidenceLevel.allCases, factors).map { "E\($0.rawValue) × \(number($1.value))" }
            lines.append(say("evidence_factors", ["list": joined(named)]))
        }
        for reduction in indicator.reductions {
            let title = indicator.auxiliaries.first { $0.id == reduction.without }?.title[language] ?? ""
            lines.append(say("reduction", ["title": title, "factor": number(reduction.factor.value)]))
        }
        if indicator.zeroWithout != nil { lines.append(say("zero_without")) }
        if indicator.isSampled, let sampling = scheme.sampling {
            let large = indicator.points.value >= sampling.largeFrom.value
            let draw = large ? sampling.drawLarge.value : sampling.draw.value
            lines.append(say("sampled", ["whole": String(sampling.wholeUpTo.value), "draw": String(draw)]))
        }
        if !indicator.aspects.isEmpty {
            lines.append(say("aspects", ["list": joined(indicator.aspects.map { $0[language] })]))
        }
        if !indicator.lists.isEmpty {
            lines.append(say("lists", ["list": joined(indicator.lists.map { $0.title[language] })]))
        }
        if !indicator.items.isEmpty {
            lines.append(say("columns", ["list": joined(indicator.items.map { $0.title[language] })]))
        }
        if let limit = indicator.itemLimit { lines.append(say("item_limit", ["count": String(limit.value)])) }
        if !indicator.evidence.isEmpty {
            lines.append(say("evidence", ["list": joined(indicator.evidence.map { $0.title[language] })]))
        }
        if !indicator.auxiliaries.isEmpty {
            lines.append(say("auxiliaries", ["list": joined(indicator.auxiliaries.map { $0.title[language] })]))
        }
        return lines
    }

    private func ratio(_ ratio: Ratio, of indicator: Indicator) -> String {
        let values = ["numerator": title(ratio.numerator), "denominator": title(ratio.denominator)]
        guard let least = ratio.denominatorAtLeast else { return say("ratio", values) }
        return say("ratio_at_least", values.merging(["least": number(least.value)]) { own, _ in own })
    }

    /// The title of a value id: an indicator's, a part's or an auxiliary figure's.
    private func title(_ valueID: String) -> String {
        for indicator in scheme.indicators {
            if indicator.id.rawValue == valueID { return indicator.title[language] }
            for part in indicator.parts + indicator.auxiliaries where "\(indicator.id).\(part.id)" == valueID {
                return part.title[language]
            }
        }
        return valueID
    }

    private func curve(_ indicator: Indicator) -> MethodCurve? {
        RuleCurve.curve(indicator.rule, points: indicator.points.value).map { points, end in
            MethodCurve(points: points, end: number(end))
        }
    }

    private func rubric() -> MethodRubric? {
        guard let marking = scheme.expertMarking else { return nil }
        let tops = [100.0] + marking.bands.dropLast().map { $0.from.value - 1 }
        let bands = zip(marking.bands, tops).map { band, top in
            "\(band.title[language]) \(number(band.from.value))–\(number(top))"
        }
        let lines = marking.rubric.map { line in
            MethodRubric.Line(
                title: line.title[language], points: MethodNumber.points(line.points.value),
                steps: line.steps.map { $0[language] }, isOurs: line.points.origin == .default)
        }
        return MethodRubric(bands: bands, lines: lines)
    }
}
