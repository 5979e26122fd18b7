import Vocabulary

/// Sections, groups, and the points they state.
enum StructureReading {
    static func section(_ block: SchemeBlock) -> Section {
        let section = Section(
            id: block.string("id") ?? "", title: block.text("title", needsOrigin: true), isBonus: block.flag("bonus"),
            weight: block.number("weight", required: false),
            aggregation: block.choice("aggregation", Aggregation.self, required: false)?.value ?? .sum,
            groups: block.blocks("groups", .group, required: true).map(group))
        if section.aggregation == .sum { check(block, stated: section.points) }
        return section
    }

    static func group(_ block: SchemeBlock) -> Group {
        let group = Group(
            id: block.string("id") ?? "", title: block.text("title", needsOrigin: true),
            aggregation: block.choice("aggregation", Aggregation.self, required: false)?.value ?? .sum,
            indicators: block.blocks("indicators", .indicator, required: true).map(IndicatorReading.indicator))
        if group.aggregation == .sum { check(block, stated: group.points) }
        return group
    }

    /// Where a total is stated it must be the sum of what stands below.
    private static func check(_ block: SchemeBlock, stated sum: ExactDecimal) {
        guard block.has("points"), let stated = block.decimal("points")?.value, stated != sum else { return }
        block.faults.add(
            "points_do_not_add_up", at: block.path("points"), ["stated": "\(stated)", "sum": "\(sum)"])
    }
}
