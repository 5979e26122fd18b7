import Review
import Vocabulary
import Scheme
import Testing

@Suite("Verification by sample")
struct SampleTests {
    static let rules = Sampling(
        wholeUpTo: Sourced(30, .default), draw: Sourced(30, .default), drawLarge: Sourced(59, .default),
        largeFrom: Sourced(ExactDecimal(4), .default), returnBelow: Sourced(0.8, .default),
        workingDays: Sourced(5, .default))

    @Test(
        "Short lists are judged whole; long ones by 30 rows, or 59 from four points on",
        arguments: [
            (0, "5", 0), (30, "5", 30), (31, "5", 31), (40, "5", 40), (59, "4", 59), (60, "4", 59), (8000, "4", 59),
            (31, "3.9", 30), (20_000, "2", 30),
        ])
    func size(_ count: Int, points: String, drawn: Int) {
        #expect(SampleDraw.size(listCount: count, points: decimal(points), rules: Self.rules) == drawn)
    }

    private func seed(_ byte: UInt8) throws -> Digest { try #require(Digest(bytes: Array(repeating: byte, count: 32))) }

    @Test("The same seed draws the same rows, another seed or list others, whatever the order of the rows")
    func deterministic() throws {
        let rows = (2...900).map { SampleDraw.Row(number: $0) }
        let drawn = SampleDraw.draw(59, from: rows, seed: try seed(1), list: "r/P01/companies-served")
        #expect(drawn.count == 59 && Set(drawn).count == 59 && drawn == drawn.sorted())
        #expect(drawn == SampleDraw.draw(59, from: rows.reversed(), seed: try seed(1), list: "r/P01/companies-served"))
        #expect(drawn != SampleDraw.draw(59, from: rows, seed: try seed(2), list: "r/P01/companies-served"))
        #expect(drawn != SampleDraw.draw(59, from: rows, seed: try seed(1), list: "r/P02/companies-served"))
    }

    @Test("Every row is equally likely to be drawn: over 400 seeds no row strays by five standard deviations")
    func fair() throws {
        let rows = (0..<100).map { SampleDraw.Row(number: $0) }
        var times = Array(repeating: 0, count: 100)
        for seedNumber in 0..<400 {
            let bytes = [UInt8(seedNumber / 256), UInt8(seedNumber % 256)] + Array(repeating: UInt8(9), count: 30)
            for row in SampleDraw.draw(30, from: rows, seed: try #require(Digest(bytes: bytes)), list: "x") {
                times[row] += 1
            }
        }
        // Mean 120, standard deviation √(400 × 0.3 × 0.7) ≈ 9.2.
        #expect(times.allSatisfy { abs($0 - 120) < 46 })
        #expect(times.reduce(0, +) == 400 * 30)
    }

    @Test("Strata are drawn in proportion, and every place is given")
    func strata() throws {
        let rows = (0..<100).map {
            SampleDraw.Row(number: $0, stratum: $0 < 70 ? "320100" : $0 < 95 ? "320500" : "320900")
        }
        let drawn = SampleDraw.draw(30, from: rows, seed: try seed(3), list: "x")
        #expect(drawn.count { $0 < 70 } == 21)
        #expect([7, 8].contains(drawn.count { (70..<95).contains($0) }))
        #expect(drawn.count == 30)
    }

    @Test(
        "Clopper–Pearson lower bounds agree with the values of scipy 1",
        arguments: [
            // scipy.stats.beta.ppf(0.05, k, n − k + 1)
            (30, 30, 0.904966), (59, 59, 0.950492), (28, 30, 0.804674), (24, 30, 0.642991), (1, 30, 0.001708),
            (400, 400, 0.992539), (5000, 10_000, 0.491727), (0, 30, 0),
        ])
    func bounds(_ good: Int, drawn: Int, bound: Double) {
        #expect(abs(ClopperPearson.lowerBound(good: good, drawn: drawn) - bound) < 1e-6)
    }

    @Test("The verified figure is declared × share, exactly, with its bound beside it")
    func result() throws {
        let result = try SampleResult(
            declared: decimal("1000"), listCount: 1000, drawn: 59, good: 50, places: 0, rules: Self.rules)
        #expect(result.verified == decimal("847"))
        #expect(result.sharePercent.description == "84.75")
        #expect(result.lowerBound < result.verified && result.lowerBound > decimal("700"))
        #expect(!result.needsDecision)
    }

    @Test("A list judged whole has nothing left to chance; below 80 % it needs a decision")
    func whole() throws {
        let result = try SampleResult(
            declared: decimal("12.5"), listCount: 10, drawn: 10, good: 7, places: 1, rules: Self.rules)
        #expect(result.verified.description == "8.8")
        #expect(result.lowerBound == result.verified)
        #expect(result.needsDecision)
    }

    @Test("Judgements that cannot be are refused", arguments: [(10, 0, 0), (10, 11, 3), (10, 5, 6), (10, 5, -1)])
    func impossible(_ rows: Int, drawn: Int, good: Int) {
        #expect(throws: Failure.self) {
            try SampleResult(
                declared: decimal("1"), listCount: rows, drawn: drawn, good: good, places: 0, rules: Self.rules)
        }
    }
}
