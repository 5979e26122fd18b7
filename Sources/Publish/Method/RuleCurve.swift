import Foundation
import Scheme
import Vocabulary

/// Sampled curves of rules, for small pictures only; what counts is computed in Score.
enum RuleCurve {
    /// The curve and the value at the right end; nil for rules over several figures.
    static func curve(_ rule: Rule, points: ExactDecimal) -> (points: [MethodCurve.Point], end: Double)? {
        switch rule {
        case .linear(let floor, let target) where target.value > 0:
            return sampled(end: target.value) { (x: Double) in
                (x - floor.value) / (target.value - floor.value)
            }
        case .log(let floor, let target, let foot):
            return sampled(end: target.value) { (x: Double) in
                if x < floor.value { return foot.value * x / floor.value }
                return foot.value + (1 - foot.value) * log(x / floor.value) / log(target.value / floor.value)
            }
        case .tiers(let tiers), .highestOnly(let tiers): return steps(tiers, points: points)
        case .mark: return ([.init(x: 0, y: 0), .init(x: 1, y: 1)], 100)
        default: return nil
        }
    }

    private static func sampled(end: Double, _ share: (Double) -> Double) -> (points: [MethodCurve.Point], end: Double)
    {
        let points = (0...24).map { step in
            let x = Double(step) / 24
            return MethodCurve.Point(x: x, y: min(1, max(0, share(x * end))))
        }
        return (points, end)
    }

    private static func steps(_ tiers: [Tier], points: ExactDecimal) -> (points: [MethodCurve.Point], end: Double)? {
        guard let last = tiers.last?.at.value, last > 0, points > .zero else { return nil }
        var curve = [MethodCurve.Point(x: 0, y: 0)]
        for tier in tiers {
            let x = tier.at.value / last
            curve.append(MethodCurve.Point(x: x, y: curve[curve.count - 1].y))
            curve.append(MethodCurve.Point(x: x, y: tier.points.value.doubleValue / points.doubleValue))
        }
        return (curve, last)
    }
}
