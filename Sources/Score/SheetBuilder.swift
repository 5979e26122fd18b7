import Scheme
import Vocabulary

/// Builds one unit's sheet: indicators, groups, sections, total.
struct SheetBuilder {
    let scheme: IndicatorScheme
    let options: ScoringOptions
    let unit: RatedUnit

    /// A level's result: what is printed, what is computed on with, and whether anything of it is there.
    private struct Level {
        var exact: ExactDecimal
        var double: Double
        var isThere: Bool
        var weight: Double
    }

    private var isRoundedBelow: Bool { scheme.precision.level == .indicator }
    private var places: Int { isRoundedBelow ? scheme.precision.places : min(9, scheme.precision.places + 3) }
    private var zero: ExactDecimal { ExactDecimal(coefficient: 0, places: places) }

    func sheet() -> ScoreSheet {
        let scorer = IndicatorScorer(
            scheme: scheme, options: options, unit: unit, type: scheme.platformType(named: unit.type))
        let reweighting = Reweighting(scheme: scheme) { $0.missing == .excluded && scorer.isMissing($0) }
        var sections: [SectionScore] = []
        var base: [Level] = []
        var bonusLeft = scheme.bonusCap?.value
        var bonus = zero
        for section in scheme.sections {
            let (groups, level) = self.groups(section, scorer, reweighting)
            var points = level.exact
            if section.isBonus {
                if let left = bonusLeft {
                    points = min(points, left).rounded(places: places)
                    bonusLeft = left - points
                }
                bonus = bonus + points
            } else {
                base.append(level)
            }
            sections.append(
                SectionScore(
                    id: section.id, title: section.title, isBonus: section.isBonus, full: section.points,
                    groups: groups, beforeCap: level.exact, points: points))
        }
        return total(sections, base, bonus, scorer)
    }

    private func groups(
        _ section: Section, _ scorer: IndicatorScorer, _ reweighting: Reweighting
    ) -> ([GroupScore], Level) {
        var groups: [GroupScore] = []
        var levels: [Level] = []
        for group in section.groups {
            let lines = group.indicators.map { scorer.score($0, reweighting: reweighting[$0.id]) }
            let parts = zip(group.indicators, lines).map { indicator, line in
                Level(
                    exact: line.points, double: line.unrounded, isThere: line.state != .excluded,
                    weight: indicator.weight?.value ?? 1)
            }
            let level = combined(parts, group.aggregation, weight: 1)
            levels.append(level)
            groups.append(
                GroupScore(
                    id: group.id, title: group.title, full: group.points, indicators: lines, points: level.exact))
        }
        return (groups, combined(levels, section.aggregation, weight: section.weight?.value ?? 1))
    }

    /// Sums of rounded parts stay exact; means of rounded parts are rounded again; an index is computed in doubles and
    /// printed with three digits more than it is published with.
    private func combined(_ parts: [Level], _ aggregation: Aggregation, weight: Double) -> Level {
        let there = parts.filter(\.isThere)
        guard !there.isEmpty else { return Level(exact: zero, double: 0, isThere: false, weight: weight) }
        if isRoundedBelow, aggregation == .sum {
            let sum = there.reduce(zero) { $0 + $1.exact }
            return Level(exact: sum, double: sum.doubleValue, isThere: true, weight: weight)
        }
        let values = there.map { (isRoundedBelow ? $0.exact.doubleValue : $0.double, $0.weight) }
        let double = Aggregating.combine(values, aggregation) ?? 0
        let exact = Rounding.halfUp(double, places: places).value
        return Level(exact: exact, double: double, isThere: true, weight: weight)
    }

    private func total(
        _ sections: [SectionScore], _ base: [Level], _ bonus: ExactDecimal, _ scorer: IndicatorScorer
    ) -> ScoreSheet {
        let isUnrated = scheme.indicators.contains { $0.missing == .unrated && scorer.isMissing($0) }
        let level = combined(base, scheme.aggregation, weight: 1)
        guard !isUnrated, level.isThere else {
            return ScoreSheet(sections: sections, total: nil, totalWithoutBonus: nil, unroundedTotal: nil)
        }
        let plain =
            isRoundedBelow ? level.exact : Rounding.halfUp(level.double, places: scheme.precision.places).value
        let published = (plain + bonus).rounded(places: scheme.precision.places)
        return ScoreSheet(
            sections: sections, total: published, totalWithoutBonus: plain,
            unroundedTotal: level.double + bonus.doubleValue)
    }
}

extension IndicatorScheme {
    /// The type by its id or by its title in either language.
    func platformType(named name: String?) -> PlatformType? {
        guard let name else { return nil }
        return types.first { $0.id == name || $0.title.zh == name || $0.title.en == name }
    }
}
