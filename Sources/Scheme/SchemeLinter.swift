import Vocabulary

/// Checks of a scheme as a whole, after its parts have been read one by one. Every check goes on after a fault.
struct SchemeLinter {
    let scheme: IndicatorScheme
    let faults: Faults

    func run() {
        identity()
        definitions()
        totals()
        for section in scheme.sections {
            for group in section.groups {
                for indicator in group.indicators {
                    let path = "sections[\(section.id)].groups[\(group.id)].indicators[\(indicator.id)]"
                    IndicatorLinter(scheme: scheme, indicator: indicator, path: path, faults: faults).run()
                }
            }
        }
        ConventionLinter(scheme: scheme, faults: faults).run()
    }

    /// Places of all indicators, in printed order.
    private var places: [(indicator: Indicator, path: String)] {
        scheme.sections.flatMap { section in
            section.groups.flatMap { group in
                group.indicators.map {
                    ($0, "sections[\(section.id)].groups[\(group.id)].indicators[\($0.id)]")
                }
            }
        }
    }

    /// Ids and numbers stand once in the whole scheme; within one list the reader has looked already.
    private func identity() {
        var ids: [String: String] = [:]
        var numbers: [Int: String] = [:]
        for (indicator, path) in places {
            let id = indicator.id.rawValue
            if let first = ids[id], first != path {
                faults.add("id_duplicate", at: "\(path).id", ["id": id, "first": String(faults.line(of: first))])
            }
            ids[id] = ids[id] ?? path
            if let first = numbers[indicator.number] {
                let values = ["number": String(indicator.number), "first": String(faults.line(of: "\(first).number"))]
                faults.add("number_duplicate", at: "\(path).number", values)
            }
            numbers[indicator.number] = numbers[indicator.number] ?? path
        }
        var groups: [String: String] = [:]
        for section in scheme.sections {
            for group in section.groups {
                let path = "sections[\(section.id)].groups[\(group.id)]"
                if let first = groups[group.id], first != path {
                    let values = ["id": group.id, "first": String(faults.line(of: first))]
                    faults.add("id_duplicate", at: "\(path).id", values)
                }
                groups[group.id] = groups[group.id] ?? path
            }
        }
    }

    /// Two indicators with one definition are one indicator counted twice, or a copying fault.
    private func definitions() {
        var seen: [String: (title: LocalizedText, path: String)] = [:]
        for (indicator, path) in places {
            var reported = false
            for text in [indicator.definition.zh, indicator.definition.en] where !text.isEmpty {
                let key = String(text.lowercased().filter { $0.isLetter || $0.isNumber })
                if let first = seen[key], first.path != path, !reported {
                    let line = String(faults.line(of: "\(first.path).definition"))
                    faults.add(
                        "definition_duplicate", at: "\(path).definition", ["other": first.title.zh, "first": line])
                    reported = true
                }
                seen[key] = seen[key] ?? (indicator.title, path)
            }
        }
    }

    private func totals() {
        guard scheme.aggregation == .sum else { return }
        let sum = scheme.sections.filter { !$0.isBonus }.reduce(ExactDecimal.zero) { $0 + $1.points }
        if let base = scheme.basePoints, base != sum {
            faults.add("base_does_not_add_up", at: "total.base", ["stated": "\(base)", "sum": "\(sum)"])
        }
        let bonus = scheme.sections.filter(\.isBonus).reduce(ExactDecimal.zero) { $0 + $1.points }
        guard scheme.sections.contains(where: \.isBonus) else {
            if scheme.bonusCap != nil { faults.add("bonus_cap_without_bonus", at: "total.bonus-cap") }
            return
        }
        if let cap = scheme.bonusCap?.value, cap > bonus {
            faults.add("bonus_cap_above_bonus", at: "total.bonus-cap", ["cap": "\(cap)", "sum": "\(bonus)"])
        }
    }
}
