import Scheme
import Vocabulary
import Wording

/// A rule as a sentence, with its figures in it.
struct RuleSentence {
    let scheme: IndicatorScheme
    let indicator: Indicator
    let language: Language

    private var catalogue: Catalogue { Catalogue.of(language) }

    func text() -> String { text(indicator.rule, points: indicator.points.value, unit: indicator.unit[language]) }

    private func say(_ key: String, _ values: [String: String] = [:]) -> String {
        catalogue.text("publish.method.rule.\(key)", values)
    }

    private func number(_ value: Double) -> String { MethodNumber.text(value, language) }

    private func text(_ rule: Rule, points: ExactDecimal, unit: String) -> String {
        var values = ["points": MethodNumber.points(points), "unit": unit]
        switch rule {
        case .linear(let floor, let target):
            values["floor"] = number(floor.value)
            values["target"] = number(target.value)
            return say(floor.value > target.value ? "linear_less" : "linear", values)
        case .log(let floor, let target, let foot):
            values["floor"] = number(floor.value)
            values["target"] = number(target.value)
            values["foot"] = MethodNumber.percent(foot.value)
            values["rest"] = MethodNumber.percent(1 - foot.value)
            return say(foot.value == 0 ? "log_plain" : "log", values)
        case .tiers(let tiers): return say("tiers", ["list": list(tiers, unit: unit)])
        case .highestOnly(let tiers): return say("highest_only", ["list": list(tiers, unit: unit)])
        case .perItem(let worth, let caps, let cap): return perItem(worth, caps, cap.value)
        case .allConditions:
            let conditions = (indicator.parts + indicator.auxiliaries).filter { $0.kind == .condition }
            values["list"] = joined(conditions.map { $0.title[language] })
            return say("all_conditions", values)
        case .mark: return say("mark", values)
        case .sumOfParts(let parts): return joined(parts.map { part($0, unit: unit) })
        case .efficacy(let low, let high):
            values["floor"] = number(low.value)
            values["target"] = number(high.value)
            return say("efficacy", values)
        case .identity: return say("identity", values)
        }
    }

    private func joined(_ clauses: [String]) -> String {
        clauses.joined(separator: catalogue.text("publish.method.clause_separator"))
    }

    private func list(_ tiers: [Tier], unit: String) -> String {
        joined(
            tiers.map { tier in
                let name = tier.title?[language] ?? "\(number(tier.at.value)) \(unit)"
                return say("tier", ["title": name, "points": MethodNumber.points(tier.points.value)])
            })
    }

    private func title(of part: String) -> String {
        indicator.parts.first { $0.id == part }?.title[language] ?? part
    }

    private func perItem(_ worth: [ItemWorth], _ caps: [SetCap], _ cap: ExactDecimal) -> String {
        var clauses = worth.map {
            say("each", ["title": title(of: $0.part), "points": MethodNumber.points($0.each.value)])
        }
        for set in caps {
            let names = set.parts.map(title(of:)).joined(separator: catalogue.text("publish.method.word_separator"))
            clauses.append(say("set_cap", ["title": names, "points": MethodNumber.points(set.cap.value)]))
        }
        return say("per_item", ["list": joined(clauses), "points": MethodNumber.points(cap)])
    }

    private func part(_ part: PartRule, unit: String) -> String {
        let points = MethodNumber.points(part.points.value)
        guard let name = part.dividedByTypeParameter else {
            let inner = text(part.rule, points: part.points.value, unit: unit)
            return say("part", ["title": title(of: part.part), "points": points, "rule": inner])
        }
        let asked = scheme.types.map { "\($0.title[language]) \(number($0.parameters[name]?.value ?? 0))" }
        let types = asked.joined(separator: catalogue.text("publish.method.word_separator"))
        return say("part_by_type", ["title": title(of: part.part), "points": points, "types": types])
    }

    /// Whether any figure of the rule is ours alone.
    static func isOurs(_ rule: Rule) -> Bool {
        switch rule {
        case .linear(let a, let b), .efficacy(let a, let b): return a.origin == .default || b.origin == .default
        case .log(let a, let b, let c): return [a, b, c].contains { $0.origin == .default }
        case .tiers(let tiers), .highestOnly(let tiers):
            return tiers.contains { $0.at.origin == .default || $0.points.origin == .default }
        case .perItem(let worth, let caps, let cap):
            return cap.origin == .default || worth.contains { $0.each.origin == .default }
                || caps.contains { $0.cap.origin == .default }
        case .sumOfParts(let parts): return parts.contains { $0.points.origin == .default || isOurs($0.rule) }
        case .allConditions, .mark, .identity: return false
        }
    }
}
