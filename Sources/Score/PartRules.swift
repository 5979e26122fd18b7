import Scheme
import Vocabulary

/// Rules over the several parts of an indicator, with formula and sentences.
struct PartRules {
    let indicator: Indicator
    /// The unit's type; nil where it has none.
    let type: PlatformType?
    /// The part's figure; nil: missing.
    let value: (_ part: String) -> ScoreValue?

    private var p: Double { indicator.points.value.doubleValue }

    private func title(_ part: String) -> LocalizedText {
        figures.first { $0.id == part }?.title ?? LocalizedText(zh: part, en: part)
    }

    private var figures: [Part] { indicator.parts + indicator.auxiliaries }

    private func note(_ code: String, _ part: String) -> Finding {
        Finding(.note, code, at: "\(indicator.id).\(part)", ["part": part])
    }

    /// Each accepted item earns its points; sets of parts are capped first, then the whole.
    func perItem(_ worths: [ItemWorth], _ setCaps: [SetCap], _ cap: Sourced<ExactDecimal>) -> RuleWorking {
        var earned: [String: Double] = [:]
        var terms: [String: String] = [:]
        var out = RuleWorking(points: 0, formula: "", sentences: [])
        for worth in worths {
            guard let count = value(worth.part) else {
                out.notes.append(note("score.part_missing", worth.part))
                continue
            }
            let points = max(0, count.number) * worth.each.value.doubleValue
            let each = Figures.trimmed(worth.each.value)
            earned[worth.part] = points
            terms[worth.part] = "\(count) × \(each)"
            out.sentences.append(
                Sentence(
                    "score.item", ["value": count.text, "each": each, "result": Figures.result(points)],
                    titles: ["part": title(worth.part)]))
        }
        var pieces: [String] = []
        var total = 0.0
        var inSets: Set<String> = []
        for set in setCaps {
            let parts = set.parts.filter { earned[$0] != nil }
            inSets.formUnion(parts)
            guard !parts.isEmpty else { continue }
            let sum = parts.reduce(0) { $0 + (earned[$1] ?? 0) }
            let limit = set.cap.value.doubleValue
            let capText = Figures.trimmed(set.cap.value)
            total += min(sum, limit)
            pieces.append("min(\(capText), \(parts.compactMap { terms[$0] }.joined(separator: " + ")))")
            if sum > limit {
                out.sentences.append(
                    Sentence(
                        "score.item_set_capped", ["sum": Figures.result(sum), "cap": capText],
                        titles: ["parts": joined(parts)]))
                out.notes.append(Finding(.note, "score.capped", at: indicator.id.rawValue, ["cap": capText]))
            }
        }
        for worth in worths where !inSets.contains(worth.part) {
            guard let points = earned[worth.part], let term = terms[worth.part] else { continue }
            total += points
            pieces.append(term)
        }
        let limit = min(p, cap.value.doubleValue)
        let capText = Figures.result(limit)
        out.formula = "min(\(capText), \(pieces.joined(separator: " + ")))"
        if total > limit {
            out.sentences.append(Sentence("score.item_capped", ["sum": Figures.result(total), "cap": capText]))
            out.notes.append(Finding(.note, "score.capped", at: indicator.id.rawValue, ["cap": capText]))
        } else {
            out.sentences.append(Sentence("score.item_sum", ["sum": Figures.result(total), "cap": capText]))
        }
        out.points = min(limit, total)
        return out
    }

    private func joined(_ parts: [String]) -> LocalizedText {
        LocalizedText(
            zh: parts.map { title($0).zh }.joined(separator: "\u{3001}"),
            en: parts.map { title($0).en }.joined(separator: ", "))
    }

    /// Every condition holds: all points; one fails or is not shown: none.
    func allConditions() -> RuleWorking {
        let full = Figures.trimmed(indicator.points.value)
        var out = RuleWorking(points: 0, formula: "", sentences: [])
        var isMet = true
        var terms: [String] = []
        for part in indicator.conditions {
            let figure = value(part.id)
            terms.append(figure?.text ?? "–")
            if figure == nil { out.notes.append(note("score.part_missing", part.id)) }
            if figure?.number != 1 {
                isMet = false
                out.sentences.append(Sentence("score.condition_unmet", titles: ["part": part.title]))
            }
        }
        out.points = isMet ? p : 0
        out.formula = terms.joined(separator: " ∧ ") + (isMet ? " → \(full)" : " → 0")
        out.sentences.append(Sentence(isMet ? "score.conditions_met" : "score.conditions_unmet", ["full": full]))
        return out
    }

    /// The sum of rules with points of their own.
    func sumOfParts(_ rules: [PartRule]) -> RuleWorking {
        var out = RuleWorking(points: 0, formula: "", sentences: [])
        var formulas: [String] = []
        for rule in rules {
            guard let figure = value(rule.part) else {
                out.notes.append(note("score.part_missing", rule.part))
                out.sentences.append(Sentence("score.part_missing_zero", titles: ["part": title(rule.part)]))
                formulas.append("0")
                continue
            }
            let working = work(rule, figure)
            out.points += working.points
            out.sentences += working.sentences
            formulas.append(working.formula.contains("→") ? "(\(working.formula))" : working.formula)
        }
        out.formula = formulas.joined(separator: " + ")
        out.points = min(p, out.points)
        return out
    }

    private func work(_ rule: PartRule, _ figure: ScoreValue) -> RuleWorking {
        let unit = indicator.parts.first { $0.id == rule.part }?.unit ?? indicator.unit
        let rules = FigureRules(full: rule.points.value, unit: unit)
        let full = Figures.trimmed(rule.points.value)
        var working: RuleWorking
        if let parameter = rule.dividedByTypeParameter {
            let asked = type?.parameters[parameter]?.value ?? 0
            let share = asked > 0 ? min(1, max(0, figure.number / asked)) : 0
            let quotient = "min(1, \(figure) ÷ \(Figures.text(asked)))"
            let covered = ScoreValue(share)
            working = rules.work(rule.rule, covered) ?? RuleWorking(points: 0, formula: "", sentences: [])
            working.formula = "\(full) × \(quotient)"
            working.sentences = [
                Sentence(
                    "score.coverage",
                    [
                        "value": figure.text, "asked": Figures.text(asked), "percent": Figures.percent(share),
                        "full": full, "result": Figures.result(working.points),
                    ], titles: ["part": title(rule.part), "type": type?.title ?? LocalizedText(zh: "–", en: "–")])
            ]
            if !isPlainShare(rule.rule) { working.formula = "\(full) × f(\(quotient))" }
            return working
        }
        working = rules.work(rule.rule, figure) ?? RuleWorking(points: 0, formula: "", sentences: [])
        let lead = Sentence(
            "score.part", ["full": full, "result": Figures.result(working.points)],
            titles: ["part": title(rule.part)])
        working.sentences.insert(lead, at: 0)
        return working
    }

    /// A linear rule from 0 to 1: the points are the share itself.
    private func isPlainShare(_ rule: Rule) -> Bool {
        if case .linear(let floor, let target) = rule { return floor.value == 0 && target.value == 1 }
        return false
    }
}
