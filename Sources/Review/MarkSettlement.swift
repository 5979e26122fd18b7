import Scheme
import Vocabulary

/// The experts' marks of one cell, settled into one mark.
public struct MarkSettlement: Sendable, Hashable {
    /// All marks, lowest first.
    public let marks: [ExactDecimal]
    /// The lowest and the highest, when they were dropped.
    public let dropped: [ExactDecimal]
    /// The mean of the rest, half up to two places.
    public let mark: ExactDecimal

    /// Source: trimmed mean, each end dropped once when there are `trimFrom` marks and more; the plain mean below.
    ///
    /// - Parameter places: digits after the point of the settled mark.
    /// - Throws: `review.too_few_marks` below `atLeast`, with both counts.
    public init(_ marks: [ExactDecimal], rules: ExpertMarking, places: Int = 2) throws(Failure) {
        guard marks.count >= max(1, rules.atLeast.value) else {
            throw Failure("review.too_few_marks", ["count": "\(marks.count)", "least": "\(rules.atLeast.value)"])
        }
        let sorted = marks.sorted()
        let trims = sorted.count >= rules.trimFrom.value && sorted.count >= 3
        let kept = trims ? Array(sorted.dropFirst().dropLast()) : sorted
        self.marks = sorted
        self.dropped = trims ? [sorted[0], sorted[sorted.count - 1]] : []
        self.mark = ExactDecimal.mean(kept, places: places) ?? .zero
    }

    /// The settlement in figures that need no language, what was dropped in brackets: `(60) 70 75 80 (95) → 75.00`.
    public var notation: String {
        let shown = marks.enumerated().map { index, mark in
            let isDropped = !dropped.isEmpty && (index == 0 || index == marks.count - 1)
            return isDropped ? "(\(mark))" : mark.description
        }
        return shown.joined(separator: " ") + " → \(mark)"
    }
}

extension ExpertMark {
    /// What is wrong with a mark before it is kept; empty when nothing is.
    ///
    /// `review.mark_range` outside 0…100, `review.mark_places` beyond one place, `review.mark_reason` when the scheme
    /// asks for a reason (below `reasonBelow` or above `reasonAbove`) and there is none.
    public func faults(under rules: ExpertMarking) -> [Finding] {
        var found: [Finding] = []
        let given = ["given": mark.description]
        if mark < .zero || mark > ExactDecimal(100) {
            found.append(Finding(.error, "review.mark_range", at: "mark", given))
        }
        if mark.rounded(places: 1) != mark { found.append(Finding(.error, "review.mark_places", at: "mark", given)) }
        let figure = mark.doubleValue
        let isUnusual = figure < rules.reasonBelow.value || figure > rules.reasonAbove.value
        if isUnusual, reason.trimmingWhitespace().isEmpty {
            let limits = [
                "below": ExactDecimal(rounding: rules.reasonBelow.value, places: 0)?.description ?? "",
                "above": ExactDecimal(rounding: rules.reasonAbove.value, places: 0)?.description ?? "",
            ]
            found.append(Finding(.error, "review.mark_reason", at: "reason", limits))
        }
        return found
    }

    /// Whether the reader may see this mark: its own expert always, everybody else with leave once it is settled.
    public func isVisible(to reader: AccountID, settled: Bool) -> Bool { settled || reader == expert }
}
