/// An unevaluated sum of two doubles, about 106 bits; the exact building blocks of `NaturalLogarithm`.
///
/// Only +, −, × and ÷ of IEEE 754 are used, without fused operations, so that every machine gives the same bits.
/// Source: T. J. Dekker, "A floating-point technique for extending the available precision", Numer. Math. 18 (1971).
struct DoubleDouble {
    var high: Double
    var low: Double

    /// `a + b` exactly.
    static func sum(_ a: Double, _ b: Double) -> DoubleDouble {
        let high = a + b
        let part = high - a
        return DoubleDouble(high: high, low: (a - (high - part)) + (b - part))
    }

    /// `a + b` exactly when `|a| ≥ |b|`.
    static func quickSum(_ a: Double, _ b: Double) -> DoubleDouble {
        let high = a + b
        return DoubleDouble(high: high, low: b - (high - a))
    }

    /// `a × b` exactly, for magnitudes far from overflow and underflow.
    static func product(_ a: Double, _ b: Double) -> DoubleDouble {
        let high = a * b
        let (aHigh, aLow) = split(a)
        let (bHigh, bLow) = split(b)
        return DoubleDouble(high: high, low: ((aHigh * bHigh - high) + aHigh * bLow + aLow * bHigh) + aLow * bLow)
    }

    private static func split(_ value: Double) -> (Double, Double) {
        let scaled = 134_217_729.0 * value
        let high = scaled - (scaled - value)
        return (high, value - high)
    }
}
