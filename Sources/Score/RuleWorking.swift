import Scheme
import Vocabulary

/// What a rule made of its figures: points as a double in 0…full, the formula with the figures in it, and the
/// sentences that say the same in words.
struct RuleWorking {
    var points: Double
    var formula: String
    var sentences: [Sentence]
    var limits: Limits?
    var notes: [Finding] = []
}

/// The rules over a single figure, each a pure function of doubles.
///
/// `p` are the full points; results lie in 0…p.
enum RuleArithmetic {
    /// `p × (x − floor) ÷ (target − floor)`; a floor above the target turns the direction round.
    static func linear(_ x: Double, floor: Double, target: Double, p: Double) -> Double {
        guard floor != target else { return x >= target ? p : 0 }
        return min(p, max(0, p * (x - floor) / (target - floor)))
    }

    /// Between floor and target `p × (foot + (1 − foot) × ln(x ÷ floor) ÷ ln(target ÷ floor))`; below the floor the
    /// straight foot `p × foot × x ÷ floor`; 0 at 0 and below. Floor above 0, target above the floor.
    static func log(_ x: Double, floor: Double, target: Double, foot: Double, p: Double) -> Double {
        if x >= target { return p }
        if x <= 0 { return 0 }
        if x < floor { return p * foot * x / floor }
        let share = NaturalLogarithm.of(x / floor) / NaturalLogarithm.of(target / floor)
        return min(p, p * (foot + (1 - foot) * share))
    }

    /// `p × (60 + 40 × (x − low) ÷ (high − low)) ÷ 100`, 0 below low, p from high on.
    static func efficacy(_ x: Double, low: Double, high: Double, p: Double) -> Double {
        if x < low { return 0 }
        guard low != high else { return p }
        return min(p, p * (60 + 40 * (x - low) / (high - low)) / 100)
    }

    /// The highest tier reached; nil below the lowest.
    static func tier(_ x: Double, _ tiers: [Tier]) -> Tier? {
        tiers.filter { x >= $0.at.value }.max { $0.at.value < $1.at.value }
    }

    /// `p × mark ÷ 100` of a mark 0…100.
    static func mark(_ x: Double, p: Double) -> Double { min(p, max(0, p * x / 100)) }
}
