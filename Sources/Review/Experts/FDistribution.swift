import Foundation

/// Quantiles of Fisher's F distribution.
enum FDistribution {
    /// The x with P(F ≤ x) = `probability` for `a` and `b` degrees of freedom (above 0, fractions allowed); bisection on
    /// the beta scale to a relative 1e-13.
    ///
    /// Source: P(F ≤ x) = I_{ax/(ax+b)}(a/2, b/2), Abramowitz & Stegun 26.6.2.
    static func quantile(_ probability: Double, _ a: Double, _ b: Double) -> Double {
        var low = 0.0
        var high = 1.0
        for _ in 0..<200 where high - low > 1e-15 {
            let middle = (low + high) / 2
            if incompleteBeta(middle, a / 2, b / 2) < probability { low = middle } else { high = middle }
        }
        let share = (low + high) / 2
        return share >= 1 ? .infinity : b * share / (a * (1 - share))
    }

    /// The regularised incomplete beta function I_x(p, q), 0…1.
    ///
    /// Source: continued fraction, Press et al., Numerical Recipes, 3rd ed., 6.4; modified Lentz, relative 1e-15.
    static func incompleteBeta(_ x: Double, _ p: Double, _ q: Double) -> Double {
        if x <= 0 { return 0 }
        if x >= 1 { return 1 }
        let scale: Double = lgamma(p + q) - lgamma(p) - lgamma(q)
        let powers: Double = p * log(x) + q * log(1 - x)
        let front: Double = exp(scale + powers)
        if x < (p + 1) / (p + q + 2) { return front * fraction(x, p, q) / p }
        return 1 - front * fraction(1 - x, q, p) / q
    }

    private static func fraction(_ x: Double, _ p: Double, _ q: Double) -> Double {
        let tiny = 1e-300
        func kept(_ value: Double) -> Double { abs(value) < tiny ? tiny : value }
        var c = 1.0
        var d = 1 / kept(1 - (p + q) * x / (p + 1))
        var result = d
        for m in 1...10_000 {
            let step = Double(m)
            let double: Double = p + 2 * step
            let even: Double = step * (q - step) * x / ((double - 1) * double)
            d = 1 / kept(1 + even * d)
            c = kept(1 + even / c)
            result *= d * c
            let odd: Double = -(p + step) * (p + q + step) * x / (double * (double + 1))
            d = 1 / kept(1 + odd * d)
            c = kept(1 + odd / c)
            result *= d * c
            if abs(d * c - 1) < 1e-15 { break }
        }
        return result
    }
}
