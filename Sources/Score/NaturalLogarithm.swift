/// The engine's own natural logarithm and exponential.
///
/// The platform's libm may differ in the last bit from machine to machine; these use only the correctly rounded
/// operations of IEEE 754, so that their bits never do. Error of both: below 1 ulp (tests hold them against vectors of
/// 50 digits). Method: reduction to `x = 2^k m` and the series of `2 artanh((m − 1) ÷ (m + 1))`, leading terms in
/// double-double.
public enum NaturalLogarithm {
    /// ln x; −∞ at 0, not a number below.
    public static func of(_ x: Double) -> Double {
        if x.isNaN || x < 0 { return .nan }
        if x == 0 { return -.infinity }
        if x == .infinity { return x }
        var k = Int(x.exponent)
        var m = x.significand
        if m > 1.414_213_562_373_095_1 {
            m /= 2
            k += 1
        }
        if m == 1 { return Double(k) * ln2High + Double(k) * ln2Low }
        let s = quotient(m)
        let square = s.high * s.high
        var series = 0.0
        for coefficient in reciprocalsOfOdd { series = series * square + coefficient }
        // ln m = 2 s + 2 s³ (1/3 + s²/5 + …)
        let tail = 2 * (s.high * square * series) + 2 * s.low
        let exponentPart = DoubleDouble.sum(Double(k) * ln2High, 2 * s.high)
        return exponentPart.high + (exponentPart.low + (Double(k) * ln2Low + tail))
    }

    /// e to the power of x.
    public static func exponential(_ x: Double) -> Double {
        if x.isNaN { return x }
        if x > 709.8 { return .infinity }
        if x < -745.2 { return 0 }
        let k = (x / (ln2High + ln2Low)).rounded(.toNearestOrEven)
        let reduced = DoubleDouble.sum(x - k * ln2High, -(k * ln2Low))
        let r = reduced.high
        var series = 0.0
        for coefficient in reciprocalsOfFactorials { series = series * r + coefficient }
        // e^r = 1 + (r + r²/2 + …) with the low part of r added where it counts
        let tail = r * r * series + reduced.low + reduced.low * r
        let head = DoubleDouble.quickSum(1, r)
        return scaled(head.high + (head.low + tail), by: Int(k))
    }

    /// `(m − 1) ÷ (m + 1)` in double-double.
    private static func quotient(_ m: Double) -> DoubleDouble {
        let numerator = m - 1
        let denominator = DoubleDouble.sum(m, 1)
        let high = numerator / denominator.high
        let back = DoubleDouble.product(high, denominator.high)
        let rest = (numerator - back.high) - back.low - high * denominator.low
        return DoubleDouble.quickSum(high, rest / denominator.high)
    }

    /// `value × 2^k`, in two steps where one would leave the range of exponents.
    private static func scaled(_ value: Double, by k: Int) -> Double {
        let half = k / 2
        return value * Double(sign: .plus, exponent: half, significand: 1)
            * Double(sign: .plus, exponent: k - half, significand: 1)
    }

    /// The first 32 bits of ln 2, so that products with exponents are exact, and the rest.
    private static let ln2High = 0x1.62e42feep-1
    private static let ln2Low = 0x1.a39ef35793c76p-33

    /// 1/27, 1/25, … 1/3.
    private static let reciprocalsOfOdd: [Double] = stride(from: 27, through: 3, by: -2).map { 1 / Double($0) }

    /// 1/16!, 1/15!, … 1/2!.
    private static let reciprocalsOfFactorials: [Double] = {
        var factorial = 1.0
        var out: [Double] = []
        for n in 2...16 {
            factorial *= Double(n)
            out.append(1 / factorial)
        }
        return out.reversed()
    }()
}
