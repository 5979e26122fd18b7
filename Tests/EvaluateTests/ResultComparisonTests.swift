import Evaluate
import Review
import Scheme
import Testing
import Vocabulary

@Suite("Two results side by side")
struct ResultComparisonTests {
    /// Three platforms with 30, 50 and 70 % of revenue from the platform: 1.20, 2.00 and 2.80 points.
    private func frozen() throws -> FrozenInputs {
        let scheme = try Sample.scheme()
        let cells = ["P1": "30", "P2": "50", "P3": "70"].map { platform, share in
            Sample.verification(PlatformID(platform), "revenue-share", ["revenue-share": share])
        }
        return FrozenInputs(
            field: Sample.field(Sample.round(scheme), scheme, ["P1", "P2", "P3"]), verifications: cells, declared: [],
            waiting: [], lotSeed: 7)
    }

    private func compare(_ change: (FrozenInputs, IndicatorScheme) throws -> FrozenInputs) throws -> ResultComparison {
        let scheme = try Sample.scheme()
        let before = try frozen()
        let after = try change(before, scheme)
        return ResultComparison(
            before: EvaluationResult(scheme: scheme, inputs: before).field,
            after: EvaluationResult(scheme: scheme, inputs: after).field)
    }

    @Test("The same result moves nobody")
    func nobody() throws {
        let same = try compare { inputs, _ in inputs }
        #expect(same.rows.count == 3 && same.moved.isEmpty && !same.changesRanks)
    }

    @Test("One corrected cell moves its platform by its points, and those it passes by their ranks")
    func corrected() throws {
        let moved = try compare { inputs, scheme in
            let new = Sample.verification("P1", "revenue-share", ["revenue-share": "60"])
            return inputs.taking(new, of: try #require(scheme.indicator("revenue-share")))
        }
        let first = try #require(moved.rows.first { $0.unit == "P1" })
        #expect(first.indicators.map(\.before) == [ExactDecimal("1.20")])
        #expect(first.indicators.map(\.after) == [ExactDecimal("2.40")])
        #expect(first.totalBefore.flatMap { before in first.totalAfter.map { $0 - before } } == ExactDecimal("1.20"))
        #expect((first.rankBefore, first.rankAfter, first.placesGained) == (3, 2, 1))
        let second = try #require(moved.rows.first { $0.unit == "P2" })
        #expect(second.placesGained == -1 && second.indicators.isEmpty && second.totalBefore == second.totalAfter)
        #expect(moved.moved.map(\.unit) == ["P1", "P2"] && moved.changesRanks)
    }

    @Test("A platform taken out has no rank after, and the others move up without a change in points")
    func takenOut() throws {
        let moved = try compare { inputs, _ in inputs.without("P3") }
        let gone = try #require(moved.rows.last)
        #expect(gone.unit == "P3" && gone.rankAfter == nil && gone.placesGained == nil && gone.totalAfter == nil)
        #expect(moved.rows.prefix(2).allSatisfy { $0.placesGained == 1 && $0.totalBefore == $0.totalAfter })
    }

    @Test("Corrections back and forth give the first inputs again, to the byte", arguments: ["0", "1", "33.33", "100"])
    func backAndForth(_ share: String) throws {
        let scheme = try Sample.scheme()
        let indicator = try #require(scheme.indicator("revenue-share"))
        let before = try frozen()
        let there = before.taking(
            Sample.verification("P2", "revenue-share", ["revenue-share": share]), of: indicator)
        let back = there.taking(Sample.verification("P2", "revenue-share", ["revenue-share": "50"]), of: indicator)
        #expect(there.digest != before.digest)
        #expect(back.digest == before.digest)
    }
}
