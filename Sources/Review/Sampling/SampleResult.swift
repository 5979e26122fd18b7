import Scheme
import Vocabulary

/// What the judgement of drawn rows means for the figure.
public struct SampleResult: Sendable, Hashable {
    /// Rows in the list after duplicates and invalid codes were struck out.
    public let listCount: Int
    public let drawn: Int
    public let good: Int
    /// Declared figure × good ÷ drawn, half up to the indicator's places.
    public let verified: ExactDecimal
    /// Good ÷ drawn in per cent, two places.
    public let sharePercent: ExactDecimal
    /// Declared × the one-sided 95 % Clopper–Pearson bound of the share; equal to `verified` when the list was judged
    /// whole, since then nothing is left to chance.
    public let lowerBound: ExactDecimal
    /// The share lies below the scheme's limit: the list is returned, or cut by a decision with a reason.
    public let needsDecision: Bool

    /// - Throws: `review.sample_judgements` unless 0 ≤ good ≤ drawn ≤ listCount and something was drawn.
    public init(
        declared: ExactDecimal, listCount: Int, drawn: Int, good: Int, places: Int, rules: Sampling
    ) throws(Failure) {
        let share = ExactDecimal(good)
        guard drawn > 0, drawn <= listCount, (0...drawn).contains(good),
            let verified = declared.times(share, over: ExactDecimal(drawn), places: places),
            let percent = share.times(ExactDecimal(100), over: ExactDecimal(drawn), places: 2)
        else {
            throw Failure(
                "review.sample_judgements", ["good": "\(good)", "drawn": "\(drawn)", "rows": "\(listCount)"])
        }
        let bound = ExactDecimal(rounding: ClopperPearson.lowerBound(good: good, drawn: drawn), places: 6) ?? .zero
        self.listCount = listCount
        self.drawn = drawn
        self.good = good
        self.verified = verified
        self.sharePercent = percent
        self.lowerBound =
            drawn == listCount ? verified : declared.times(bound, over: ExactDecimal(1), places: places) ?? .zero
        self.needsDecision = Double(good) / Double(drawn) < rules.returnBelow.value
    }
}
