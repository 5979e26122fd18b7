import Score
import Vocabulary

/// Two results of one round side by side: who moves, by how much, and through which indicators.
public struct ResultComparison: Sendable, Hashable, Codable {
    /// One platform before and after; nil where it is in one of the two only, or not rated.
    public struct Row: Sendable, Hashable, Codable {
        public let unit: String
        public let rankBefore: Int?
        public let rankAfter: Int?
        public let totalBefore: ExactDecimal?
        public let totalAfter: ExactDecimal?
        /// Among the limited list (the first ten) before and after.
        public let isListedBefore: Bool
        public let isListedAfter: Bool
        /// Only indicators whose points differ, in the printed order.
        public let indicators: [IndicatorMove]

        /// Places gained (above 0) or lost; nil unless ranked in both.
        public var placesGained: Int? {
            guard let rankBefore, let rankAfter else { return nil }
            return rankBefore - rankAfter
        }

        /// Anything of what a reader may care about differs.
        public var isMoved: Bool {
            rankBefore != rankAfter || totalBefore != totalAfter || isListedBefore != isListedAfter
                || !indicators.isEmpty
        }
    }

    /// One indicator's points before and after.
    public struct IndicatorMove: Sendable, Hashable, Codable {
        public let indicator: IndicatorID
        public let before: ExactDecimal?
        public let after: ExactDecimal?
    }

    /// Every platform of either result: by the rank after, those without one last, then by id.
    public let rows: [Row]

    public init(before: ScoreField, after: ScoreField) {
        let (old, new) = (ResultComparison.byUnit(before), ResultComparison.byUnit(after))
        let listedBefore = Set(before.limitedList.map(\.unit))
        let listedAfter = Set(after.limitedList.map(\.unit))
        rows = Set(old.keys).union(new.keys).map { unit in
            Row(
                unit: unit, rankBefore: old[unit]?.rank, rankAfter: new[unit]?.rank, totalBefore: old[unit]?.total,
                totalAfter: new[unit]?.total, isListedBefore: listedBefore.contains(unit),
                isListedAfter: listedAfter.contains(unit),
                indicators: ResultComparison.moves(old[unit], new[unit]))
        }.sorted {
            ($0.rankAfter ?? Int.max, $0.rankBefore ?? Int.max, $0.unit)
                < ($1.rankAfter ?? Int.max, $1.rankBefore ?? Int.max, $1.unit)
        }
    }

    /// Those of whom anything differs, in the same order.
    public var moved: [Row] { rows.filter(\.isMoved) }
    /// Rank or list membership differ somewhere: money may move.
    public var changesRanks: Bool {
        rows.contains { $0.rankBefore != $0.rankAfter || $0.isListedBefore != $0.isListedAfter }
    }

    private static func byUnit(_ field: ScoreField) -> [String: UnitScore] {
        field.units.reduce(into: [:]) { $0[$1.unit] = $1 }
    }

    private static func moves(_ before: UnitScore?, _ after: UnitScore?) -> [IndicatorMove] {
        guard let before, let after else { return [] }
        let old = before.sheet.indicators.reduce(into: [IndicatorID: ExactDecimal]()) { $0[$1.id] = $1.points }
        return after.sheet.indicators.compactMap { line in
            let points = old[line.id]
            return points == line.points
                ? nil : IndicatorMove(indicator: line.id, before: points, after: line.points)
        }
    }
}
