/// Exponential, logarithm and normal quantile from the four IEEE operations alone, so that every machine gives the
/// same bits; a platform's own libm may differ in the last one.
enum ExactFunctions {
    /// e^x for |x| below 700; relative error below 1e-14.
    static func exponential(_ x: Double) -> Double {
        let ln2 = 0.693147180559945309
        let halvings = (x / ln2).rounded()
        let rest = x - halvings * ln2
        var term = 1.0
        var sum = 1.0
        for step in 1...20 {
            term = term * rest / Double(step)
            sum += term
        }
        let factor = halvings < 0 ? 0.5 : 2.0
        for _ in 0..<Int(halvings.magnitude) { sum *= factor }
        return sum
    }

    /// ln x for positive x; absolute error below 1e-14.
    static func logarithm(_ x: Double) -> Double {
        let ln2 = 0.693147180559945309
        var mantissa = x
        var doublings = 0.0
        while mantissa > 1.5 {
            mantissa *= 0.5
            doublings += 1
        }
        while mantissa < 0.75 {
            mantissa *= 2
            doublings -= 1
        }
        let ratio = (mantissa - 1) / (mantissa + 1)
        let square = ratio * ratio
        var power = ratio
        var sum = 0.0
        for odd in stride(from: 1.0, through: 41.0, by: 2.0) {
            sum += power / odd
            power *= square
        }
        return doublings * ln2 + 2 * sum
    }

    /// The number below which a normal variable falls with probability p, 0 < p < 1; relative error below 1.2e-9.
    /// Source: P. J. Acklam, "An algorithm for computing the inverse normal cumulative distribution function" (2003).
    static func normalQuantile(_ p: Double) -> Double {
        if p > 0.5 { return -normalQuantile(1 - p) }
        if p >= 0.02425 {
            let q = p - 0.5
            let r = q * q
            let numerator = horner(
                r,
                [
                    -3.969683028665376e+01, 2.209460984245205e+02, -2.759285104469687e+02, 1.383577518672690e+02,
                    -3.066479806614716e+01, 2.506628277459239e+00,
                ])
            let denominator = horner(
                r,
                [
                    -5.447609879822406e+01, 1.615858368580409e+02, -1.556989798598866e+02, 6.680131188771972e+01,
                    -1.328068155288572e+01, 1,
                ])
            return numerator * q / denominator
        }
        let q = (-2 * logarithm(p)).squareRoot()
        let numerator = horner(
            q,
            [
                -7.784894002430293e-03, -3.223964580411365e-01, -2.400758277161838e+00, -2.549732539343734e+00,
                4.374664141464968e+00, 2.938163982698783e+00,
            ])
        let denominator = horner(
            q, [7.784695709041462e-03, 3.224671290700398e-01, 2.445134137142996e+00, 3.754408661907416e+00, 1])
        return numerator / denominator
    }

    private static func horner(_ x: Double, _ coefficients: [Double]) -> Double {
        coefficients.reduce(0) { $0 * x + $1 }
    }
}
