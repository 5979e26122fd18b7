import Review
import Scheme
import Testing
import Vocabulary

func decimal(_ text: String) -> ExactDecimal { ExactDecimal(text) ?? .zero }

@Suite("Expert marks")
struct MarkSettlementTests {
    static let rules = ExpertMarking(
        experts: Sourced(5, .default), atLeast: Sourced(3, .default), trimFrom: Sourced(5, .default),
        reasonBelow: Sourced(60, .default), reasonAbove: Sourced(90, .default), rubric: [])

    @Test(
        "Five and more marks lose the highest and the lowest, fewer are averaged plainly",
        arguments: [
            (["70", "80", "90"], "80.00", []), (["70", "80", "81", "82"], "78.25", []),
            (["10", "70", "80", "90", "100"], "80.00", ["10", "100"]),
            (["80", "80", "80", "80", "80"], "80.00", ["80", "80"]),
            (["70", "71", "71"], "70.67", []), (["60", "61", "62", "62.5", "63", "64"], "62.13", ["60", "64"]),
        ])
    func trimmedMean(_ marks: [String], mark: String, dropped: [String]) throws {
        for order in [marks, marks.reversed()] {
            let settled = try MarkSettlement(order.map(decimal), rules: Self.rules)
            #expect(settled.mark.description == mark)
            #expect(settled.dropped == dropped.map(decimal))
        }
    }

    @Test("Too few marks are not settled")
    func tooFew() {
        #expect(throws: Failure("review.too_few_marks", ["count": "2", "least": "3"])) {
            try MarkSettlement([decimal("80"), decimal("90")], rules: Self.rules)
        }
    }

    private func mark(_ mark: String, _ reason: String = "") -> ExpertMark {
        ExpertMark(
            cell: CellAddress(round: "r", platform: "P01", indicator: "overseas"), expert: "wang", mark: decimal(mark),
            reason: reason, at: Instant(seconds: 0))
    }

    @Test(
        "A mark below 60 or above 90 needs a reason",
        arguments: [
            ("59.9", "", ["review.mark_reason"]), ("59.9", "佐证不足", []), ("60", "", []), ("90", "", []),
            ("90.1", " ", ["review.mark_reason"]), ("100", "全国首例", []), ("101", "x", ["review.mark_range"]),
            ("-1", "x", ["review.mark_range"]), ("80.25", "", ["review.mark_places"]),
        ])
    func reasons(_ figure: String, reason: String, codes: [String]) {
        #expect(mark(figure, reason).faults(under: Self.rules).map(\.code) == codes)
    }

    @Test("An expert sees no mark but their own until all are settled")
    func visibility() {
        #expect(mark("80").isVisible(to: "wang", settled: false))
        #expect(!mark("80").isVisible(to: "li", settled: false))
        #expect(mark("80").isVisible(to: "li", settled: true))
    }
}
