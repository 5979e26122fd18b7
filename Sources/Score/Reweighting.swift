import Scheme
import Vocabulary

/// What the remaining indicators are multiplied by when others are left out (`missing: excluded`) under sums.
///
/// The points of what is left out go to the others of its group in proportion to their full points; of a group that is
/// left out whole, to the other groups of its section; of a section, to the other sections. Means need no factor:
/// their weights are of those that are there.
struct Reweighting {
    private var factors: [IndicatorID: Double] = [:]

    init(scheme: IndicatorScheme, isExcluded: (Indicator) -> Bool) {
        let base = scheme.sections.filter { !$0.isBonus }
        guard base.contains(where: { $0.groups.contains { $0.indicators.contains(where: isExcluded) } }) else { return }
        func isGone(_ group: Group) -> Bool { group.indicators.allSatisfy(isExcluded) }
        func isSectionGone(_ section: Section) -> Bool { section.groups.allSatisfy { isGone($0) } }
        let top =
            scheme.aggregation == .sum
            ? Reweighting.factor(base.map { ($0.points, !isSectionGone($0)) }) : 1
        for section in base {
            let middle =
                section.aggregation == .sum
                ? Reweighting.factor(section.groups.map { ($0.points, !isGone($0)) }) : 1
            for group in section.groups {
                let low =
                    group.aggregation == .sum
                    ? Reweighting.factor(group.indicators.map { ($0.points.value, !isExcluded($0)) }) : 1
                for indicator in group.indicators { factors[indicator.id] = top * middle * low }
            }
        }
    }

    subscript(id: IndicatorID) -> Double { factors[id] ?? 1 }

    /// Full points of all ÷ full points of those that are there; 1 when none is.
    private static func factor(_ parts: [(points: ExactDecimal, isThere: Bool)]) -> Double {
        let all = parts.reduce(ExactDecimal.zero) { $0 + $1.points }.doubleValue
        let there = parts.filter(\.isThere).reduce(ExactDecimal.zero) { $0 + $1.points }.doubleValue
        return there > 0 && there != all ? all / there : 1
    }
}
