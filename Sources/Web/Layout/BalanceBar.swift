import Foundation

/// Declared hollow above, counted filled below, the limit a mark at the right end; lengths in percent of the limit.
struct BalanceBar: Sendable, Decodable {
    let declared: String?
    let verified: String?
    /// The same in words, for readers who do not see the picture.
    let sentence: String

    /// - Parameters:
    ///   - declared: share of the limit, 0…1; nil when nothing is declared.
    ///   - verified: share of the limit, 0…1; nil when nothing is verified.
    init(declared: Double?, verified: Double?, sentence: String) {
        self.declared = declared.map(BalanceBar.percent)
        self.verified = verified.map(BalanceBar.percent)
        self.sentence = sentence
    }

    /// `63.2`: at most 100, at least 0, one digit after the point.
    static func percent(_ share: Double) -> String {
        let held = share.isFinite ? min(1, max(0, share)) : 0
        return FigureFormat.fixed(held * 100, places: 1)
    }
}

/// Points of the sections side by side, in percent of all that can be had.
struct StackedBar: Sendable, Decodable {
    let segments: [Segment]
    let sentence: String
    struct Segment: Sendable, Decodable {
        /// The section's number, for its colour.
        let n: String
        let x: String
        let width: String
    }

    /// - Parameter shares: each section's points over the full points of all sections, in printed order.
    init(shares: [Double], sentence: String) {
        var at = 0.0
        var segments: [Segment] = []
        for (index, share) in shares.enumerated() {
            segments.append(
                Segment(
                    n: "\(index + 1)", x: FigureFormat.fixed(at * 100, places: 2),
                    width: FigureFormat.fixed(share * 100, places: 2)))
            at += share
        }
        self.segments = segments
        self.sentence = sentence
    }
}
