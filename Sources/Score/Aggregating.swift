import Scheme

/// Means and sums of weighted parts; sums ignore the weights.
///
/// Geometric and harmonic means of a part at zero or below are zero. Weights need not add up to one.
enum Aggregating {
    /// Nil when there are no parts.
    static func combine(_ parts: [(value: Double, weight: Double)], _ aggregation: Aggregation) -> Double? {
        guard !parts.isEmpty else { return nil }
        let weights = parts.reduce(0) { $0 + $1.weight }
        switch aggregation {
        case .sum: return parts.reduce(0) { $0 + $1.value }
        case .arithmeticMean: return parts.reduce(0) { $0 + $1.value * $1.weight } / weights
        case .geometricMean:
            guard parts.allSatisfy({ $0.value > 0 }) else { return 0 }
            let logs = parts.reduce(0) { $0 + NaturalLogarithm.of($1.value) * $1.weight }
            return NaturalLogarithm.exponential(logs / weights)
        case .harmonicMean:
            guard parts.allSatisfy({ $0.value > 0 }) else { return 0 }
            return weights / parts.reduce(0) { $0 + $1.weight / $1.value }
        }
    }
}
