import Scheme
import Vocabulary

/// Rules over one figure, with formula and sentence.
struct FigureRules {
    let full: ExactDecimal
    let unit: LocalizedText

    private var p: Double { full.doubleValue }
    private var fullText: String { Figures.trimmed(full) }

    /// Nil for rules that are made of several figures.
    func work(_ rule: Rule, _ value: ScoreValue) -> RuleWorking? {
        switch rule {
        case .linear(let floor, let target): return linear(value, floor, target)
        case .log(let floor, let target, let foot): return log(value, floor, target, foot)
        case .tiers(let tiers): return tier(value, tiers, isHighestOnly: false)
        case .highestOnly(let tiers): return tier(value, tiers, isHighestOnly: true)
        case .allConditions: return conditions(value)
        case .mark: return mark(value)
        case .efficacy(let low, let high): return efficacy(value, low, high)
        case .identity: return identity(value)
        case .perItem, .sumOfParts: return nil
        }
    }

    private func sentence(_ code: String, _ value: ScoreValue, _ more: [String: String]) -> Sentence {
        let figures = ["value": value.text, "full": fullText].merging(more) { _, new in new }
        return Sentence(code, figures, titles: ["unit": unit])
    }

    private func linear(_ value: ScoreValue, _ floor: Sourced<Double>, _ target: Sourced<Double>) -> RuleWorking {
        let points = RuleArithmetic.linear(value.number, floor: floor.value, target: target.value, p: p)
        let (low, high) = (Figures.text(floor.value), Figures.text(target.value))
        let limits = Limits(floor: floor, target: target, foot: nil)
        let figures = ["floor": low, "target": high, "result": Figures.result(points)]
        if points >= p {
            let sign = floor.value <= target.value ? "≥" : "≤"
            return RuleWorking(
                points: p, formula: "\(value) \(sign) \(high) → \(fullText)",
                sentences: [sentence("score.linear_full", value, figures)], limits: limits)
        }
        if points <= 0 {
            let sign = floor.value <= target.value ? "≤" : "≥"
            return RuleWorking(
                points: 0, formula: "\(value) \(sign) \(low) → 0",
                sentences: [sentence("score.linear_none", value, figures)], limits: limits)
        }
        return RuleWorking(
            points: points, formula: "\(fullText) × (\(value) − \(low)) ÷ (\(high) − \(low))",
            sentences: [sentence("score.linear_between", value, figures)], limits: limits)
    }

    private func log(
        _ value: ScoreValue, _ floor: Sourced<Double>, _ target: Sourced<Double>, _ foot: Sourced<Double>
    ) -> RuleWorking {
        let x = value.number
        let points = RuleArithmetic.log(x, floor: floor.value, target: target.value, foot: foot.value, p: p)
        let (low, high, share) = (Figures.text(floor.value), Figures.text(target.value), Figures.text(foot.value))
        let figures = [
            "floor": low, "target": high, "foot": Figures.percent(foot.value), "result": Figures.result(points),
        ]
        let code: String
        let formula: String
        if x >= target.value {
            (code, formula) = ("score.log_full", "\(value) ≥ \(high) → \(fullText)")
        } else if x <= 0 {
            (code, formula) = ("score.log_zero", "\(value) → 0")
        } else if x < floor.value {
            (code, formula) = ("score.log_below", "\(fullText) × \(share) × \(value) ÷ \(low)")
        } else {
            let ratio = "ln(\(value) ÷ \(low)) ÷ ln(\(high) ÷ \(low))"
            let rest = Figures.result(1 - foot.value)
            code = "score.log_between"
            formula = foot.value == 0 ? "\(fullText) × \(ratio)" : "\(fullText) × (\(share) + \(rest) × \(ratio))"
        }
        return RuleWorking(
            points: points, formula: formula, sentences: [sentence(code, value, figures)],
            limits: Limits(floor: floor, target: target, foot: foot))
    }

    private func tier(_ value: ScoreValue, _ tiers: [Tier], isHighestOnly: Bool) -> RuleWorking {
        guard let reached = RuleArithmetic.tier(value.number, tiers) else {
            let lowest = tiers.map(\.at.value).min() ?? 0
            let figures = ["at": Figures.text(lowest)]
            return RuleWorking(
                points: 0, formula: "\(value) < \(Figures.text(lowest)) → 0",
                sentences: [sentence(isHighestOnly ? "score.highest_none" : "score.tier_none", value, figures)])
        }
        let points = min(p, reached.points.value.doubleValue)
        let at = Figures.text(reached.at.value)
        let figures = ["value": value.text, "at": at, "result": Figures.result(points)]
        let title = reached.title ?? LocalizedText(zh: at, en: at)
        return RuleWorking(
            points: points, formula: "\(value) ≥ \(at) → \(Figures.result(points))",
            sentences: [
                Sentence(
                    isHighestOnly ? "score.highest_reached" : "score.tier_reached", figures,
                    titles: ["unit": unit, "tier": title])
            ])
    }

    private func conditions(_ value: ScoreValue) -> RuleWorking {
        let isMet = value.number == 1
        return RuleWorking(
            points: isMet ? p : 0, formula: isMet ? "1 → \(fullText)" : "\(value) → 0",
            sentences: [sentence(isMet ? "score.conditions_met" : "score.conditions_unmet", value, [:])])
    }

    private func mark(_ value: ScoreValue) -> RuleWorking {
        let points = RuleArithmetic.mark(value.number, p: p)
        return RuleWorking(
            points: points, formula: "\(fullText) × \(value) ÷ 100",
            sentences: [sentence("score.mark", value, ["result": Figures.result(points)])])
    }

    private func efficacy(_ value: ScoreValue, _ low: Sourced<Double>, _ high: Sourced<Double>) -> RuleWorking {
        let points = RuleArithmetic.efficacy(value.number, low: low.value, high: high.value, p: p)
        let (from, to) = (Figures.text(low.value), Figures.text(high.value))
        let figures = ["floor": from, "target": to, "result": Figures.result(points)]
        let limits = Limits(floor: low, target: high, foot: nil)
        if value.number < low.value {
            return RuleWorking(
                points: 0, formula: "\(value) < \(from) → 0",
                sentences: [sentence("score.efficacy_none", value, figures)], limits: limits)
        }
        let formula =
            points >= p
            ? "\(value) ≥ \(to) → \(fullText)"
            : "\(fullText) × (60 + 40 × (\(value) − \(from)) ÷ (\(to) − \(from))) ÷ 100"
        return RuleWorking(
            points: points, formula: formula,
            sentences: [sentence("score.efficacy_reached", value, figures)], limits: limits)
    }

    private func identity(_ value: ScoreValue) -> RuleWorking {
        RuleWorking(
            points: value.number, formula: value.text, sentences: [sentence("score.identity", value, [:])])
    }
}
