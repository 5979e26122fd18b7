import Scheme
import Vocabulary

/// The figures of one unit's cells, ratios worked out.
struct CellFigures {
    let unit: RatedUnit

    /// What an indicator of one figure is scored by.
    struct Single {
        var value: ScoreValue?
        var sentences: [Sentence] = []
        var notes: [Finding] = []
    }

    func part(_ indicator: Indicator, _ part: String) -> ScoreValue? { unit.values["\(indicator.id).\(part)"] }

    /// The figures to show, in the scheme's order; the indicator's own first when it is given or worked out.
    func lines(_ indicator: Indicator, single: ScoreValue?) -> [ValueLine] {
        var out: [ValueLine] = []
        if indicator.parts.isEmpty || single != nil {
            out.append(
                ValueLine(
                    id: indicator.id.rawValue, title: indicator.title, unit: indicator.unit, value: single))
        }
        for part in indicator.parts + indicator.auxiliaries {
            let figure = self.part(indicator, part.id)
            let isScored = indicator.parts.contains(part) && single == nil
            if !isScored && figure == nil { continue }
            out.append(
                ValueLine(id: "\(indicator.id).\(part.id)", title: part.title, unit: part.unit, value: figure))
        }
        return out
    }

    /// The indicator's own figure: as given, else the quotient its scheme names.
    func single(_ indicator: Indicator) -> Single {
        if let given = unit.values[indicator.id.rawValue] { return Single(value: given) }
        guard let ratio = indicator.ratio else { return Single() }
        guard let numerator = figure(ratio.numerator, indicator),
            let denominator = figure(ratio.denominator, indicator)
        else { return Single() }
        var out = Single()
        if denominator.number <= 0 {
            out.notes.append(
                Finding(
                    .warning, "score.ratio_without_denominator", at: indicator.id.rawValue,
                    ["denominator": denominator.text]))
            return out
        }
        var divisor = denominator
        if let least = ratio.denominatorAtLeast?.value, denominator.number < least {
            divisor = ScoreValue(least)
            out.sentences.append(
                Sentence("score.ratio_raised", ["denominator": denominator.text, "least": divisor.text]))
        }
        let share = Rounding.halfUp(numerator.number * 100 / divisor.number, places: indicator.valuePlaces).value
        let value = ScoreValue(share)
        out.value = value
        out.sentences.append(
            Sentence(
                "score.ratio", ["numerator": numerator.text, "denominator": divisor.text, "value": value.text]))
        return out
    }

    private func figure(_ id: String, _ indicator: Indicator) -> ScoreValue? {
        unit.values["\(indicator.id).\(id)"] ?? unit.values[id]
    }
}
