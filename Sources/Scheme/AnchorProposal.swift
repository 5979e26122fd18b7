import Foundation
import Vocabulary

/// A floor and a target proposed from a field of values: its 10th and 95th percentile, rounded to two digits.
///
/// Percentiles are those of the values that are there, by linear interpolation between order statistics (position
/// `p (n − 1)`). Source: R. J. Hyndman and Y. Fan, "Sample Quantiles in Statistical Packages", 1996, type 7. For log
/// rules zeros are left out, since no logarithmic floor can be 0; how many is told.
public struct AnchorProposal: Sendable, Hashable, Codable {
    public var number: Int
    public var indicator: IndicatorID
    public var rule: String
    /// How many values the percentiles rest on.
    public var count: Int
    public var zeros: Int
    public var missing: Int
    public var lowest: Double
    public var tenth: Double
    public var median: Double
    public var ninetyFifth: Double
    public var highest: Double
    public var floor: Double
    public var target: Double
    /// Nil where the field gives none: fewer than ten values, or both ends equal.
    public var proposedFloor: Double?
    public var proposedTarget: Double?

    /// Fewer values than this carry no percentile.
    public static let leastCount = 10

    /// Proposals for every indicator whose rule has a floor and a target, in printed order.
    /// - Parameter values: for each indicator the values of all units; nil for a unit without one.
    public static func proposals(
        for scheme: IndicatorScheme, values: [IndicatorID: [Double?]]
    ) -> [AnchorProposal] {
        scheme.indicators.compactMap { indicator in
            switch indicator.rule {
            case .linear(let floor, let target):
                return proposal(indicator, "linear", floor.value, target.value, values[indicator.id] ?? [])
            case .log(let floor, let target, _):
                return proposal(indicator, "log", floor.value, target.value, values[indicator.id] ?? [])
            default: return nil
            }
        }
    }

    private static func proposal(
        _ indicator: Indicator, _ rule: String, _ floor: Double, _ target: Double, _ field: [Double?]
    ) -> AnchorProposal? {
        let present = field.compactMap { $0 }
        let zeros = present.count { $0 == 0 }
        let used = (rule == "log" ? present.filter { $0 > 0 } : present).sorted()
        guard let lowest = used.first, let highest = used.last else { return nil }
        var result = AnchorProposal(
            number: indicator.number, indicator: indicator.id, rule: rule, count: used.count, zeros: zeros,
            missing: field.count - present.count, lowest: lowest, tenth: percentile(0.1, of: used),
            median: percentile(0.5, of: used), ninetyFifth: percentile(0.95, of: used), highest: highest,
            floor: floor, target: target, proposedFloor: nil, proposedTarget: nil)
        let (low, high) = (rounded(result.tenth), rounded(result.ninetyFifth))
        if used.count >= leastCount, low < high {
            result.proposedFloor = low
            result.proposedTarget = high
        }
        return result
    }

    /// - Parameter sorted: ascending, not empty.
    static func percentile(_ share: Double, of sorted: [Double]) -> Double {
        let position = share * Double(sorted.count - 1)
        let below = Int(position)
        guard below + 1 < sorted.count else { return sorted[sorted.count - 1] }
        return sorted[below] + (position - Double(below)) * (sorted[below + 1] - sorted[below])
    }

    /// Two significant digits, half away from zero.
    static func rounded(_ value: Double) -> Double {
        guard value != 0, value.isFinite else { return value }
        let exponent = Int(Foundation.floor(Foundation.log10(abs(value)))) - 1
        let scale = Foundation.pow(10, Double(abs(exponent)))
        return exponent >= 0 ? (value / scale).rounded() * scale : (value * scale).rounded() / scale
    }
}
