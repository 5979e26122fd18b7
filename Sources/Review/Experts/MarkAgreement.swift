import Vocabulary

/// How far several experts agree on the same cases: two-way random intraclass correlation, absolute agreement.
///
/// 1: the experts give every case the same mark; 0 or less: a mark says nothing about the case. Severity counts as
/// disagreement, because marks are compared across panels.
///
/// Source: P. E. Shrout, J. L. Fleiss, "Intraclass correlations: uses in assessing rater reliability", Psychological
/// Bulletin 86 (1979), ICC(2,1) and ICC(2,k); bounds: K. O. McGraw, S. P. Wong, "Forming inferences about some intraclass
/// correlation coefficients", Psychological Methods 1 (1996), ICC(A,1) and ICC(A,k), with the correction of p. 390.
public struct MarkAgreement: Sendable, Hashable {
    /// A coefficient with its bounds; at most 1, below 0 when experts disagree more than chance.
    public struct Coefficient: Sendable, Hashable {
        public let value: Double
        public let lower: Double
        public let upper: Double
    }

    /// Cases marked by all experts of the table.
    public let cases: Int
    public let experts: Int
    /// Of one expert's mark: ICC(2,1).
    public let single: Coefficient
    /// Of the mean of all experts: ICC(2,k).
    public let mean: Coefficient

    /// Nil below two cases or two experts, for a table that is not rectangular, and when no mark differs from another.
    ///
    /// - Parameters:
    ///   - table: A row for each case, in it a mark for each expert, in the same order.
    ///   - confidence: Of the two-sided bounds.
    public init?(_ table: [[Double]], confidence: Double = 0.95) {
        let n = table.count
        let k = table.first?.count ?? 0
        guard n >= 2, k >= 2, table.allSatisfy({ $0.count == k }) else { return nil }
        let (cases, raters) = (Double(n), Double(k))
        let all = table.flatMap { $0 }
        let grand = all.reduce(0, +) / (cases * raters)
        func square(_ x: Double) -> Double { x * x }
        let total = all.reduce(0) { $0 + square($1 - grand) }
        let rows = table.reduce(0) { $0 + square($1.reduce(0, +) / raters - grand) } * raters
        let columns =
            (0..<k).reduce(0) { sum, column in
                sum + square(table.reduce(0) { $0 + $1[column] } / cases - grand)
            } * cases
        let ms = (
            rows: rows / (cases - 1), columns: columns / (raters - 1),
            error: max(0, total - rows - columns) / ((cases - 1) * (raters - 1))
        )
        let denominator = ms.rows + (raters - 1) * ms.error + raters * (ms.columns - ms.error) / cases
        let meanDenominator = ms.rows + (ms.columns - ms.error) / cases
        guard total > 1e-9, abs(denominator) > 1e-12, abs(meanDenominator) > 1e-12 else { return nil }
        let icc = (ms.rows - ms.error) / denominator

        // Satterthwaite's degrees of freedom for the denominator.
        let ratio = ms.error > 1e-12 ? ms.columns / ms.error : .infinity
        let weight = cases * (1 + (raters - 1) * icc) - raters * icc
        let freedom: Double
        if ratio.isFinite {
            freedom =
                (cases - 1) * (raters - 1) * square(raters * icc * ratio + weight)
                / ((cases - 1) * square(raters * icc * ratio) + square(weight))
        } else {
            freedom = raters - 1
        }
        let tail = 1 - (1 - confidence) / 2
        let fLower = FDistribution.quantile(tail, cases - 1, freedom)
        let fUpper = FDistribution.quantile(tail, freedom, cases - 1)
        let rest = raters * ms.columns + (raters * cases - raters - cases) * ms.error
        let lower = cases * (ms.rows - fLower * ms.error) / (fLower * rest + cases * ms.rows)
        let upper = cases * (fUpper * ms.rows - ms.error) / (rest + cases * fUpper * ms.rows)
        // Below −1/(k − 1) a mean has no coefficient: no bound at all.
        func ofMean(_ x: Double) -> Double {
            let base = 1 + (raters - 1) * x
            return base > 1e-12 ? raters * x / base : -.infinity
        }
        self.cases = n
        self.experts = k
        single = Coefficient(value: icc, lower: lower, upper: upper)
        mean = Coefficient(
            value: (ms.rows - ms.error) / meanDenominator, lower: ofMean(lower), upper: ofMean(upper))
    }

    /// Every expert's mean difference from the mean of their cases: above 0 mild, below 0 severe; 0 for an expert who has
    /// marked nothing that another has marked as well.
    ///
    /// - Parameter marks: Case → expert → mark.
    /// - Returns: two places, half up, by account.
    public static func severity(_ marks: [[AccountID: ExactDecimal]]) -> [(
        expert: AccountID, mean: ExactDecimal, cases: Int
    )] {
        var sums: [AccountID: (sum: ExactDecimal, cases: Int)] = [:]
        for given in marks where given.count >= 2 {
            guard let mean = ExactDecimal.mean(Array(given.values), places: 4) else { continue }
            for (expert, mark) in given {
                let before = sums[expert] ?? (.zero, 0)
                sums[expert] = (before.sum + (mark - mean), before.cases + 1)
            }
        }
        return sums.sorted { $0.key < $1.key }.map { expert, total in
            let mean = total.sum.times(ExactDecimal(1), over: ExactDecimal(total.cases), places: 2) ?? .zero
            return (expert, mean, total.cases)
        }
    }
}
