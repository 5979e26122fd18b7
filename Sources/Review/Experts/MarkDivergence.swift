import Vocabulary

/// Whether the marks of one case lie too far apart to be averaged without a word.
public struct MarkDivergence: Sendable, Hashable {
    /// Highest less lowest.
    public let range: ExactDecimal
    public let median: ExactDecimal
    /// The greatest distance of a mark from the median.
    public let distance: ExactDecimal

    /// A range above this is a divergence.
    public static let rangeLimit = ExactDecimal(25)
    /// A mark farther than this from the median is a divergence.
    public static let distanceLimit = ExactDecimal(15)

    /// Nil for no marks. The median of an even number is the mean of the two in the middle.
    public init?(_ marks: [ExactDecimal]) {
        let sorted = marks.sorted()
        guard let low = sorted.first, let high = sorted.last else { return nil }
        let middle = sorted.count / 2
        let pair = sorted.count % 2 == 1 ? [sorted[middle]] : [sorted[middle - 1], sorted[middle]]
        let median = ExactDecimal.mean(pair, places: 2) ?? low
        self.range = high - low
        self.median = median
        self.distance = max(high - median, median - low)
    }

    public var isWide: Bool { range > Self.rangeLimit || distance > Self.distanceLimit }
}
