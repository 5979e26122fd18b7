import Foundation
import Review
import Vocabulary
import Scheme
import Testing

@Suite("The draw of a sample")
struct SampleDrawTests {
    private static func seed(_ number: Int) -> Digest { Digest.sha256(of: Array("seed \(number)".utf8)) }

    /// Strata of the sizes given, rows numbered from 2 in turn.
    private static func rows(_ sizes: [Int]) -> [SampleDraw.Row] {
        var number = 1
        return sizes.enumerated().flatMap { stratum, size in
            (0..<size).map { _ in
                number += 1
                return SampleDraw.Row(number: number, stratum: "s\(stratum)")
            }
        }
    }

    @Test("Every stratum gets its share of the places to less than one, and all places are given")
    func proportions() throws {
        var state: UInt64 = 42
        func next(_ limit: Int) -> Int {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return Int(state >> 33) % limit
        }
        for trial in 0..<200 {
            let sizes = (0...next(14)).map { _ in 1 + next(trial % 7 == 0 ? 2000 : 60) }
            let rows = Self.rows(sizes)
            let count = min(rows.count, 1 + next(59))
            let drawn = SampleDraw.draw(count, from: rows, seed: Self.seed(trial), list: "r/P/x")
            #expect(drawn.count == count && Set(drawn).count == count && drawn == drawn.sorted())
            let stratum = Swift.Dictionary(uniqueKeysWithValues: rows.map { ($0.number, $0.stratum) })
            for (index, size) in sizes.enumerated() {
                let places = drawn.count { stratum[$0] == "s\(index)" }
                #expect(abs(Double(places) - Double(count * size) / Double(rows.count)) < 1)
            }
        }
    }

    @Test("Over 2 000 seeds no row is favoured: chi-square of the times each row of a stratum is drawn")
    func unbiased() {
        let sizes = [40, 25, 15]
        let rows = Self.rows(sizes)
        var times: [Int: Int] = [:]
        let seeds = 2000
        for number in 0..<seeds {
            for row in SampleDraw.draw(16, from: rows, seed: Self.seed(number), list: "r/P/x") {
                times[row, default: 0] += 1
            }
        }
        // Places: 8, 5, 3, a fifth of each stratum. For draws without replacement the statistic below follows
        // chi-square with size − 1 degrees once divided by (1 − places ÷ size) × size ÷ (size − 1).
        var first = 2
        for (size, limit) in zip(sizes, [72.05, 51.18, 36.12]) {
            let expected = Double(seeds) / 5
            let sum = (first..<(first + size)).reduce(0.0) {
                $0 + pow(Double(times[$1, default: 0]) - expected, 2) / expected
            }
            first += size
            // Quantiles of chi-square at 0.999 with 39, 24 and 14 degrees (scipy.stats.chi2.ppf).
            let scaled = sum / (0.8 * Double(size) / Double(size - 1))
            #expect(scaled < limit, "\(size) rows: \(scaled)")
        }
    }

    @Test("Pairs of rows are independent of their neighbourhood: neighbours are drawn together as often as others")
    func neighbours() {
        let rows = Self.rows([60])
        var together = 0
        for number in 0..<2000 {
            let drawn = Set(SampleDraw.draw(30, from: rows, seed: Self.seed(number), list: "r/P/x"))
            together += (2..<61).count { drawn.contains($0) && drawn.contains($0 + 1) }
        }
        // 2 000 × 59 × 30·29 ÷ (60·59) = 29 000; five standard deviations are below 700.
        #expect(abs(together - 29_000) < 700, "\(together)")
    }

    @Test("Row numbers in short writing read back as the same numbers", arguments: 0..<50)
    func ranges(_ trial: Int) throws {
        let numbers = Set((0..<(trial * 3)).map { 2 + ($0 * $0 * 7 + trial) % (trial * 5 + 3) })
        #expect(RowRanges.numbers(RowRanges.text(numbers)) == numbers.sorted())
        #expect(RowRanges.text([3, 2, 4, 9]) == "2-4,9")
        for wrong in ["-", "1-", "2-1", "a", "1,,2", "1-2-3"] { #expect(RowRanges.numbers(wrong) == nil, "\(wrong)") }
    }

    @Test("Results agree with scipy and exact fractions")
    func vectors() throws {
        let file = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .appending(path: "Vectors/sampling/results.csv")
        let table = DelimitedText(try String(contentsOf: file, encoding: .utf8))
        #expect(table.rows.count >= 16)
        for row in table.rows {
            func field(_ name: String) throws -> String { row.fields[try #require(table.column(name))] }
            let good = try #require(Int(try field("good")))
            let drawn = try #require(Int(try field("drawn")))
            let result = try SampleResult(
                declared: try #require(ExactDecimal(try field("declared"))),
                listCount: try #require(Int(try field("rows"))), drawn: drawn, good: good,
                places: try #require(Int(try field("places"))), rules: SampleTests.rules)
            #expect(result.verified.description == (try field("verified")), "row \(row.number)")
            #expect(result.sharePercent.description == (try field("share")), "row \(row.number)")
            #expect(result.lowerBound.description == (try field("bound")), "row \(row.number)")
            #expect(result.needsDecision == (try field("decision") == "yes"), "row \(row.number)")
            let limit = try #require(Double(try field("limit")))
            #expect(abs(ClopperPearson.lowerBound(good: good, drawn: drawn) - limit) < 1e-8)
        }
    }
}
