import Vocabulary

/// A share computed exactly from its two sides.
public enum RatioFigure {
    /// `numerator ÷ max(denominator, atLeast) × 100`, in per cent, half up to `places`; no double in between.
    ///
    /// Nil when the denominator is 0 or negative: such a ratio is missing, never 0 and never infinite.
    /// - Parameters:
    ///   - numerator: In the same unit as the denominator, 0 or more.
    ///   - atLeast: What the denominator is raised to (12: 20 employees); it never makes a denominator of 0 good.
    ///   - places: Digits after the point of the result, 0…6.
    public static func percent(
        _ numerator: ExactDecimal, of denominator: ExactDecimal, atLeast: ExactDecimal? = nil, places: Int
    ) -> ExactDecimal? {
        guard denominator > .zero else { return nil }
        return numerator.times(ExactDecimal(100), over: max(denominator, atLeast ?? denominator), places: places)
    }
}
