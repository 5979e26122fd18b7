/// The exact lower confidence bound of a share observed in a sample.
public enum ClopperPearson {
    /// The p for which seeing `good` or more of `drawn` has probability `1 − confidence`; one-sided, 0…1.
    ///
    /// 0 for no good row; for all good `(1 − confidence)^(1/n)`. Only additions, multiplications and divisions, so that
    /// every machine prints the same digits; bisection to 1e-12.
    ///
    /// Source: C. J. Clopper, E. S. Pearson, "The use of confidence or fiducial limits", Biometrika 26 (1934).
    ///
    /// - Parameters:
    ///   - good: 0…drawn.
    ///   - drawn: 1 and more; 0 gives 0.
    ///   - confidence: between 0 and 1, usually 0.95.
    public static func lowerBound(good: Int, drawn: Int, confidence: Double = 0.95) -> Double {
        guard drawn > 0, good > 0 else { return 0 }
        let good = min(good, drawn)
        var low = 0.0
        var high = Double(good) / Double(drawn)
        while high - low > 1e-12 {
            let middle = (low + high) / 2
            if tail(good, drawn, middle) < 1 - confidence { low = middle } else { high = middle }
        }
        return (low + high) / 2
    }

    /// P(X ≥ k) for X ~ Binomial(n, p), 0 < p < 1: the terms relative to the one at k, so that nothing underflows.
    static func tail(_ k: Int, _ n: Int, _ p: Double) -> Double {
        let odds = p / (1 - p)
        var upper = 1.0
        var term = 1.0
        for i in k..<n {
            term *= Double(n - i) / Double(i + 1) * odds
            upper += term
            if term < upper * 1e-17 { break }
        }
        var lower = 0.0
        term = 1
        for i in stride(from: k, to: 0, by: -1) {
            term *= Double(i) / Double(n - i + 1) / odds
            lower += term
            if lower > 1e250 { return 0 }
            if term < lower * 1e-17 { break }
        }
        return upper / (upper + lower)
    }
}
