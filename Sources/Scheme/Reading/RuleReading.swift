import Vocabulary

/// Rules; which keys a rule carries depends on its `kind`.
enum RuleReading {
    static let kinds: [SchemeKeys] = [
        .linear, .log, .tiers, .highestOnly, .perItem, .allConditions, .mark, .sumOfParts, .efficacy, .identity,
    ]

    static func rule(_ parent: SchemeBlock) -> Rule {
        guard let node = parent.node("rule") else {
            parent.missing("rule")
            return .identity
        }
        let name = node.mapping?["kind"]?.scalar?.string ?? ""
        guard let kind = kinds.first(where: { $0.rawValue == name }) else {
            let choices = kinds.map(\.rawValue).joined(separator: ", ")
            parent.faults.add("rule_kind_unknown", at: parent.path("rule"), ["value": name, "choices": choices])
            return .identity
        }
        guard let block = parent.block("rule", kind) else { return .identity }
        let rule = read(block)
        if [.mark, .identity, .allConditions].contains(kind) { block.recordSelf(name) }
        return rule
    }

    private static func read(_ block: SchemeBlock) -> Rule {
        switch block.kind {
        case .linear: return linear(block)
        case .log:
            return .log(
                floor: number(block, "floor"), target: number(block, "target"), foot: number(block, "foot"))
        case .tiers: return .tiers(block.blocks("tiers", .tier, required: true).map(tier))
        case .highestOnly: return .highestOnly(block.blocks("tiers", .tier, required: true).map(tier))
        case .perItem: return perItem(block)
        case .allConditions: return .allConditions
        case .mark: return .mark
        case .sumOfParts: return .sumOfParts(block.blocks("parts", .partRule, required: true).map(partRule))
        case .efficacy: return .efficacy(low: number(block, "low"), high: number(block, "high"))
        default: return .identity
        }
    }

    /// A floor above the target is a fault unless the file says that less is better.
    private static func linear(_ block: SchemeBlock) -> Rule {
        let (floor, target) = (number(block, "floor"), number(block, "target"))
        let lessIsBetter = block.flag("less-is-better")
        if !lessIsBetter, floor.value > target.value {
            let values = ["floor": PlainNumber.text(floor.value), "target": PlainNumber.text(target.value)]
            block.faults.add("floor_above_target", at: block.path("floor"), values)
        }
        return .linear(floor: floor, target: target)
    }

    private static func number(_ block: SchemeBlock, _ key: String) -> Sourced<Double> {
        block.number(key) ?? Sourced(.nan, .default)
    }

    private static func points(_ block: SchemeBlock, _ key: String) -> Sourced<ExactDecimal> {
        block.decimal(key) ?? Sourced(.zero, .default)
    }

    private static func tier(_ block: SchemeBlock) -> Tier {
        Tier(
            at: number(block, "at"), points: points(block, "points"),
            title: block.has("title") ? block.text("title") : nil, code: block.string("code", required: false))
    }

    private static func perItem(_ block: SchemeBlock) -> Rule {
        let worth = block.blocks("items", .itemWorth, required: true).map { item in
            ItemWorth(part: item.string("part") ?? "", each: points(item, "each"))
        }
        let caps = block.blocks("set-caps", .setCap).map { item in
            SetCap(parts: item.strings("parts", required: true), cap: points(item, "cap"))
        }
        return .perItem(worth, setCaps: caps, cap: points(block, "cap"))
    }

    private static func partRule(_ block: SchemeBlock) -> PartRule {
        PartRule(
            part: block.string("part") ?? "", points: points(block, "points"), rule: rule(block),
            dividedByTypeParameter: block.string("divided-by", required: false))
    }
}
