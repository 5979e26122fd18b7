import Scheme
import Vocabulary

/// One indicator of one unit: value → rule → factors → rounded points.
struct IndicatorScorer {
    let scheme: IndicatorScheme
    let options: ScoringOptions
    let unit: RatedUnit
    let type: PlatformType?

    private var figures: CellFigures { CellFigures(unit: unit) }
    private var isRoundedHere: Bool { scheme.precision.level == .indicator }

    /// Digits after the point of an indicator's line; three more than published where only the index is rounded.
    private var places: Int { isRoundedHere ? scheme.precision.places : min(9, scheme.precision.places + 3) }

    /// True when there is nothing to score.
    func isMissing(_ indicator: Indicator) -> Bool {
        if unit.waiting.contains(indicator.id) { return false }
        switch indicator.rule {
        case .perItem(let worths, _, _): return worths.allSatisfy { figures.part(indicator, $0.part) == nil }
        case .sumOfParts(let rules): return rules.allSatisfy { figures.part(indicator, $0.part) == nil }
        case .allConditions where unit.values[indicator.id.rawValue] == nil:
            return indicator.conditions.allSatisfy { figures.part(indicator, $0.id) == nil }
        default: return figures.single(indicator).value == nil
        }
    }

    /// The line of the sheet. `reweighting`: what the points are multiplied by because others are left out.
    func score(_ indicator: Indicator, reweighting: Double) -> IndicatorScore {
        if unit.waiting.contains(indicator.id) {
            return empty(indicator, .waiting, Sentence("score.waiting"), Finding(.warning, "score.waiting_cell"))
        }
        let single = figures.single(indicator)
        if isMissing(indicator) { return missing(indicator, single.notes) }
        var working = work(indicator, single)
        withhold(indicator, &working)
        working.notes += single.notes
        working.sentences = single.sentences + working.sentences
        if let scale = unit.portScales[indicator.id], scale != ExactDecimal(1) {
            let figure = ["factor": Figures.trimmed(scale)]
            working.sentences.insert(Sentence("score.scaled_port", figure), at: 0)
            working.notes.append(note("score.scaled_port", figure))
        }
        return finish(indicator, working, single, factors(indicator, reweighting))
    }

    private func work(_ indicator: Indicator, _ single: CellFigures.Single) -> RuleWorking {
        let parts = PartRules(indicator: indicator, type: type) { figures.part(indicator, $0) }
        switch indicator.rule {
        case .perItem(let worths, let setCaps, let cap): return parts.perItem(worths, setCaps, cap)
        case .sumOfParts(let rules): return parts.sumOfParts(rules)
        case .allConditions where single.value == nil: return parts.allConditions()
        default:
            let rules = FigureRules(full: indicator.points.value, unit: indicator.unit)
            return single.value.flatMap { rules.work(indicator.rule, $0) }
                ?? RuleWorking(points: 0, formula: "", sentences: [])
        }
    }

    /// Nothing is earned while the value that the indicator cannot do without is zero or missing.
    private func withhold(_ indicator: Indicator, _ working: inout RuleWorking) {
        guard let needed = indicator.zeroWithout else { return }
        let value = unit.values[needed] ?? figures.part(indicator, needed)
        guard (value?.number ?? 0) <= 0 else { return }
        let title = (indicator.parts + indicator.auxiliaries).first { needed.hasSuffix($0.id) }?.title
        working.points = 0
        working.formula = "\(value?.text ?? "–") → 0"
        working.sentences = [
            Sentence("score.zero_without", titles: ["part": title ?? LocalizedText(zh: needed, en: needed)])
        ]
    }

    private func factors(_ indicator: Indicator, _ reweighting: Double) -> [Factor] {
        var out: [Factor] = []
        for reduction in indicator.reductions where figures.part(indicator, reduction.without)?.number == 0 {
            let title = indicator.auxiliaries.first { $0.id == reduction.without }?.title
            let sentence = Sentence(
                "score.factor_reduction", ["factor": Figures.text(reduction.factor.value)],
                titles: ["part": title ?? LocalizedText(zh: reduction.without, en: reduction.without)])
            out.append(Factor(kind: .reduction, value: reduction.factor.value, sentence: sentence))
        }
        if options.evidenceCounts, let evidence = unit.evidence[indicator.id], let worth = scheme.evidenceWorth {
            out += CellFactors(worth: worth).factors(evidence, indicator)
        }
        if reweighting != 1 {
            let sentence = Sentence("score.factor_reweighting", ["factor": Figures.result(reweighting)])
            out.append(Factor(kind: .reweighting, value: reweighting, sentence: sentence))
        }
        return out
    }

    private func finish(
        _ indicator: Indicator, _ working: RuleWorking, _ single: CellFigures.Single, _ factors: [Factor]
    ) -> IndicatorScore {
        var working = working
        let unrounded = factors.reduce(working.points) { $0 * $1.value }
        let outcome = Rounding.halfUp(unrounded, places: places)
        if !factors.isEmpty {
            let base = working.formula.contains("→") || working.formula.contains(" + ")
            working.formula = base ? "(\(working.formula))" : working.formula
            for factor in factors { working.formula += " × \(Figures.result(factor.value))" }
            working.sentences += factors.map(\.sentence)
        }
        if !working.formula.contains("→") || !factors.isEmpty {
            working.formula += " = \(Figures.result(unrounded))"
        }
        if isRoundedHere {
            let figures = [
                "unrounded": Figures.result(unrounded), "places": "\(places)", "points": outcome.value.description,
            ]
            if Figures.trimmed(outcome.value) != Figures.result(unrounded) {
                working.sentences.append(Sentence("score.rounded", figures))
            }
            if let code = outcome.boundary?.code { working.notes.append(note(code, figures)) }
        }
        return IndicatorScore(
            id: indicator.id, number: indicator.number, title: indicator.title, unit: indicator.unit, state: .scored,
            values: figures.lines(indicator, single: single.value), formula: working.formula,
            sentences: working.sentences, limits: working.limits, factors: factors, unrounded: unrounded,
            points: outcome.value, full: indicator.points.value, origin: indicator.points.origin,
            notes: working.notes.map { placed($0, indicator) })
    }

    private func missing(_ indicator: Indicator, _ notes: [Finding]) -> IndicatorScore {
        let note = Finding(.note, "score.missing_value")
        switch indicator.missing {
        case .zero: return empty(indicator, .missing, Sentence("score.missing_zero"), note, notes)
        case .excluded: return empty(indicator, .excluded, Sentence("score.missing_excluded"), note, notes)
        case .unrated: return empty(indicator, .missing, Sentence("score.missing_unrated"), note, notes)
        }
    }

    private func empty(
        _ indicator: Indicator, _ state: IndicatorScore.State, _ sentence: Sentence, _ note: Finding,
        _ more: [Finding] = []
    ) -> IndicatorScore {
        IndicatorScore(
            id: indicator.id, number: indicator.number, title: indicator.title, unit: indicator.unit, state: state,
            values: figures.lines(indicator, single: nil), formula: "–", sentences: [sentence], limits: nil,
            factors: [], unrounded: 0, points: ExactDecimal(coefficient: 0, places: places),
            full: indicator.points.value, origin: indicator.points.origin,
            notes: ([note] + more).map { placed($0, indicator) })
    }

    private func note(_ code: String, _ values: [String: String]) -> Finding { Finding(.note, code, values) }

    /// The finding with its place: the indicator, within the unit's sheet.
    private func placed(_ finding: Finding, _ indicator: Indicator) -> Finding {
        let place = finding.place.isEmpty ? indicator.id.rawValue : finding.place
        return Finding(finding.severity, finding.code, at: place, finding.values)
    }
}
