import Vocabulary

/// An exact quotient, so that means and medians are rounded once, at the end.
struct Fraction: Sendable {
    var numerator: Int128
    var denominator: Int128

    static let zero = Fraction(0)

    init(_ numerator: Int128, over denominator: Int128 = 1) {
        self.numerator = numerator
        self.denominator = denominator
    }

    /// The mean; zero of nothing.
    static func mean(_ values: [Fraction]) -> Fraction {
        guard !values.isEmpty else { return .zero }
        let sum = values.reduce(Fraction.zero) { sum, value in
            Fraction(
                sum.numerator * value.denominator + value.numerator * sum.denominator,
                over: sum.denominator * value.denominator
            ).reduced
        }
        return Fraction(sum.numerator, over: sum.denominator * Int128(values.count)).reduced
    }

    /// The middle of the sorted values, of an even number the mean of the two middle ones; zero of nothing.
    static func median(_ values: [Int128]) -> Fraction {
        guard !values.isEmpty else { return .zero }
        let sorted = values.sorted()
        let middle = sorted.count / 2
        return sorted.count % 2 == 1 ? Fraction(sorted[middle]) : Fraction(sorted[middle - 1] + sorted[middle], over: 2)
    }

    /// A decimal as a quotient.
    init(_ value: ExactDecimal) {
        self.init(Int128(value.coefficient), over: (0..<value.places).reduce(1) { power, _ in power * 10 })
    }

    func divided(by divisor: Int128) -> Fraction { Fraction(numerator, over: denominator * divisor) }

    private var reduced: Fraction {
        var (a, b) = (numerator.magnitude, denominator.magnitude)
        while b != 0 { (a, b) = (b, a % b) }
        return a > 1 ? Fraction(numerator / Int128(a), over: denominator / Int128(a)) : self
    }

    /// Rounded half up to so many places; values are never negative. Above 18 digits it is 999 999 999 999 999 999.
    func rounded(places: Int) -> ExactDecimal {
        let scale: Int128 = (0..<places).reduce(1) { power, _ in power * 10 }
        let doubled = numerator * scale * 2 / denominator
        let value = (doubled + 1) / 2
        return ExactDecimal(coefficient: Int64(min(value, 999_999_999_999_999_999)), places: places)
    }
}
