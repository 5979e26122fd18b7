import Vocabulary

/// Rounding half up at a scheme's precision, the one place where a double becomes published digits.
///
/// A rule that gives exactly x.xx5 on paper may give a double a hair below. Doubles within `slack` of a half are taken
/// to be that half and go up; computed points carry an error far below it. Values within `reported` of a half are
/// reported. See `docs/decisions/0004-rounding.md`.
enum Rounding {
    /// Relative to the larger of 1 and the value.
    static let slack = 1e-12
    static let reported = 1e-9

    /// Where the double lay when it was within 1e-9 of the half between two decimals.
    enum Boundary {
        /// The half itself, as far as a double can tell; it goes up.
        case on
        case near

        /// The finding that reports it.
        var code: String { self == .on ? "score.on_boundary" : "score.near_boundary" }
    }

    struct Outcome {
        let value: ExactDecimal
        /// Nil for a double away from every half.
        let boundary: Boundary?
    }

    /// Half up, away from zero below zero; values beyond 9 × 10^14 keep the digits that a double has.
    static func halfUp(_ value: Double, places: Int) -> Outcome {
        let power = powerOfTen(places)
        let magnitude = abs(value)
        let scaled = magnitude * power
        guard scaled < 9e15 else {
            let clamped = Int64(min(scaled, 9e18))
            return Outcome(value: signed(clamped, value, places), boundary: nil)
        }
        let whole = scaled.rounded(.down)
        let distance = (scaled - whole - 0.5) / power
        let isUp = distance >= -slack * max(1, magnitude)
        let coefficient = Int64(whole) + (isUp ? 1 : 0)
        let isOn = abs(distance) <= slack * max(1, magnitude)
        let boundary: Boundary? = isOn ? .on : abs(distance) <= reported ? .near : nil
        return Outcome(value: signed(coefficient, value, places), boundary: boundary)
    }

    private static func signed(_ magnitude: Int64, _ value: Double, _ places: Int) -> ExactDecimal {
        ExactDecimal(coefficient: value < 0 ? -magnitude : magnitude, places: places)
    }

    static func powerOfTen(_ exponent: Int) -> Double {
        var result = 1.0
        for _ in 0..<exponent { result *= 10 }
        return result
    }
}
