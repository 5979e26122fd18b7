extension ExactDecimal {
    /// `self × factor ÷ divisor`, half up (away from zero for negatives) to `places`, without a double in between.
    ///
    /// Nil when the divisor is 0 or the result has more than 18 digits.
    ///
    /// - Parameter places: digits after the point of the result, 0…6.
    public func times(_ factor: ExactDecimal, over divisor: ExactDecimal, places: Int) -> ExactDecimal? {
        guard divisor.coefficient != 0, (0...6).contains(places) else { return nil }
        // (a·10^-p × b·10^-q) ÷ (c·10^-r) × 10^places
        let (product, over) = Int128(coefficient).multipliedReportingOverflow(by: Int128(factor.coefficient))
        let exponent = places + divisor.places - self.places - factor.places
        let (top, overTop) = product.multipliedReportingOverflow(by: Self.wide(max(0, exponent)))
        let (bottom, overBottom) = Int128(divisor.coefficient).multipliedReportingOverflow(
            by: Self.wide(max(0, -exponent)))
        guard !over, !overTop, !overBottom, top.magnitude < UInt128.max / 4, bottom.magnitude < UInt128.max / 4 else {
            return nil
        }
        let magnitude = (top.magnitude * 2 + bottom.magnitude) / (bottom.magnitude * 2)
        guard magnitude <= 999_999_999_999_999_999 else { return nil }
        let isNegative = (top < 0) != (bottom < 0)
        return ExactDecimal(coefficient: isNegative ? -Int64(magnitude) : Int64(magnitude), places: places)
    }

    /// The arithmetic mean, half up to `places`; nil for no numbers.
    public static func mean(_ numbers: [ExactDecimal], places: Int) -> ExactDecimal? {
        guard !numbers.isEmpty else { return nil }
        return numbers.reduce(.zero, +).times(ExactDecimal(1), over: ExactDecimal(numbers.count), places: places)
    }

    private static func wide(_ exponent: Int) -> Int128 { (0..<exponent).reduce(1) { value, _ in value * 10 } }
}
