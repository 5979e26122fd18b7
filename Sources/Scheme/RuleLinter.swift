import Vocabulary

/// Checks of a rule against the points it is to give and the parts it speaks of.
struct RuleLinter {
    let scheme: IndicatorScheme
    let indicator: Indicator
    let faults: Faults

    func check(_ rule: Rule, points: ExactDecimal, path: String) {
        switch rule {
        case .linear(let floor, let target):
            if floor.value == target.value { faults.add("floor_equals_target", at: path, values(floor, target)) }
        case .log(let floor, let target, let foot): log(floor, target, foot, path)
        case .tiers(let tiers), .highestOnly(let tiers): check(tiers, points: points, path: "\(path).tiers")
        case .perItem(let worth, let setCaps, let cap): perItem(worth, setCaps, cap, points: points, path: path)
        case .allConditions:
            let conditions = (indicator.parts + indicator.auxiliaries).filter { $0.kind == .condition }
            if conditions.isEmpty { faults.add("conditions_missing", at: path) }
        case .mark:
            if scheme.expertMarking == nil { faults.add("expert_marking_missing", at: path) }
        case .sumOfParts(let parts): sum(parts, points: points, path: path)
        case .efficacy(let low, let high):
            if low.value >= high.value { faults.add("floor_above_target", at: "\(path).low", values(low, high)) }
        case .identity: break
        }
    }

    /// A rule that reads one value leaves the parts of an indicator without effect.
    func checkParts(path: String) {
        if !indicator.parts.isEmpty, !usesParts(indicator.rule) {
            faults.add("parts_unused", at: path, ["parts": indicator.parts.map(\.id).joined(separator: ", ")])
        }
    }

    private func usesParts(_ rule: Rule) -> Bool {
        switch rule {
        case .perItem, .sumOfParts, .allConditions: return true
        default: return false
        }
    }

    private func values(_ floor: Sourced<Double>, _ target: Sourced<Double>) -> [String: String] {
        ["floor": PlainNumber.text(floor.value), "target": PlainNumber.text(target.value)]
    }

    private func log(_ floor: Sourced<Double>, _ target: Sourced<Double>, _ foot: Sourced<Double>, _ path: String) {
        if floor.value <= 0 { faults.add("log_floor_not_positive", at: "\(path).floor") }
        if floor.value == target.value { faults.add("floor_equals_target", at: path, values(floor, target)) }
        if floor.value > target.value { faults.add("floor_above_target", at: "\(path).floor", values(floor, target)) }
        if !(0..<1).contains(foot.value), !foot.value.isNaN { faults.add("foot_out_of_range", at: "\(path).foot") }
    }

    private func check(_ tiers: [Tier], points: ExactDecimal, path: String) {
        for (index, pair) in zip(tiers, tiers.dropFirst()).enumerated() {
            let (lower, upper) = pair
            let place = "\(path)[\(index + 1)]"
            let named = [
                "lower": PlainNumber.text(lower.at.value), "upper": PlainNumber.text(upper.at.value),
                "lowerPoints": "\(lower.points.value)", "upperPoints": "\(upper.points.value)",
            ]
            if upper.at.value == lower.at.value { faults.add("tiers_overlap", at: place, named) }
            if upper.at.value < lower.at.value { faults.add("tiers_out_of_order", at: place, named) }
            if upper.at.value > lower.at.value, upper.points.value <= lower.points.value {
                faults.add("tiers_fall", at: place, named)
            }
        }
        if let top = tiers.map(\.points.value).max(), top != points {
            faults.add("tiers_miss_points", at: path, ["top": "\(top)", "points": "\(points)"])
        }
    }

    private func perItem(
        _ worth: [ItemWorth], _ setCaps: [SetCap], _ cap: Sourced<ExactDecimal>, points: ExactDecimal, path: String
    ) {
        for (index, item) in worth.enumerated() {
            known(item.part, at: "\(path).items[\(index)].part")
            if item.each.value > cap.value {
                let values = ["cap": "\(cap.value)", "each": "\(item.each.value)", "part": item.part]
                faults.add("cap_below_item", at: "\(path).cap", values)
            }
        }
        for (index, set) in setCaps.enumerated() {
            let place = "\(path).set-caps[\(index)]"
            for part in set.parts {
                known(part, at: "\(place).parts")
                guard let each = worth.first(where: { $0.part == part })?.each.value, each > set.cap.value else {
                    continue
                }
                let values = ["cap": "\(set.cap.value)", "each": "\(each)", "part": part]
                faults.add("cap_below_item", at: "\(place).cap", values)
            }
            if set.cap.value > cap.value {
                let values = ["cap": "\(cap.value)", "inner": "\(set.cap.value)"]
                faults.add("set_cap_above_cap", at: "\(place).cap", values)
            }
        }
        for part in indicator.parts where part.kind == .number && !worth.contains(where: { $0.part == part.id }) {
            faults.add("part_without_worth", at: path, ["part": part.id])
        }
        if cap.value != points {
            faults.add("cap_not_points", at: "\(path).cap", ["cap": "\(cap.value)", "points": "\(points)"])
        }
    }

    private func known(_ part: String, at place: String) {
        guard !indicator.parts.contains(where: { $0.id == part }) else { return }
        let known = indicator.parts.map(\.id).joined(separator: ", ")
        faults.add("part_unknown", at: place, ["part": part, "known": known])
    }

    private func sum(_ parts: [PartRule], points: ExactDecimal, path: String) {
        let sum = parts.reduce(ExactDecimal.zero) { $0 + $1.points.value }
        if sum != points {
            faults.add("points_do_not_add_up", at: "\(path).parts", ["stated": "\(points)", "sum": "\(sum)"])
        }
        for (index, part) in parts.enumerated() {
            let place = "\(path).parts[\(index)]"
            known(part.part, at: "\(place).part")
            check(part.rule, points: part.points.value, path: "\(place).rule")
            guard let name = part.dividedByTypeParameter else { continue }
            if scheme.types.isEmpty { faults.add("type_parameter_missing", at: place, ["name": name, "type": "–"]) }
            for type in scheme.types where (type.parameters[name]?.value ?? 0) <= 0 {
                let values = ["name": name, "type": type.title.zh]
                faults.add("type_parameter_missing", at: "\(place).divided-by", values)
            }
        }
        for part in indicator.parts where !parts.contains(where: { $0.part == part.id }) {
            faults.add("part_without_worth", at: path, ["part": part.id])
        }
    }
}
