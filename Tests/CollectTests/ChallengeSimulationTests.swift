import Collect
import Testing
import Trust
import Vocabulary

/// Whether the bounds hold at the confidence they state, over ten thousand challenges of each kind of platform.
///
/// The draw is the product's own (`LeafDraw`), each time from another seed. Machines that are off answer with their last
/// sample, so that being online plays no part in what an honest platform can answer for; three in a hundred of its
/// answers are lost all the same. A padder has added invented identifiers to its list.
@Suite("The bounds of challenge and confirmation, simulated")
struct ChallengeSimulationTests {
    struct Field: Sendable, CustomStringConvertible {
        let description: String
        let size: Int
        /// Leaves that exist.
        let real: Int
        /// Leaves for which the platform can answer.
        let answerable: Int
        /// Leaves that whoever looks finds there.
        let findable: Int
    }

    static let runs = 10_000

    static let fields = [
        // 60 % online: the other 40 % answer with their last sample, 3 % have lost it.
        Field(description: "honest, 60 % online", size: 20_000, real: 20_000, answerable: 19_400, findable: 19_600),
        Field(description: "honest and small", size: 600, real: 600, answerable: 582, findable: 588),
        Field(description: "padded by a tenth", size: 20_000, real: 18_000, answerable: 18_000, findable: 18_000),
        Field(description: "padded to double", size: 20_000, real: 10_000, answerable: 10_000, findable: 10_000),
        Field(description: "double, simulated", size: 20_000, real: 10_000, answerable: 20_000, findable: 10_000),
    ]

    /// One draw a run, for all fields of a size.
    private static func draws(of size: Int) -> [[Int]] {
        (0..<runs).map { LeafDraw.places(400, of: size, seed: Digest.sha256(of: "\(size) \($0)".utf8)) }
    }

    /// How often a bound lay above the truth, and the mean of the second.
    private func simulate(
        _ field: Field, _ draws: [[Int]]
    ) throws -> (answeredWrong: Int, realWrong: Int, realMean: Double) {
        var (answeredWrong, realWrong, realSum) = (0, 0, 0.0)
        for places in draws {
            let handed = places.prefix(30)
            let found = handed.count { $0 < field.findable }
            let outcome = ChallengeOutcome(
                drawn: places.count, size: field.size, good: places.count { $0 < field.answerable },
                handedOver: handed.count, confirmed: found, denied: handed.count - found)
            if outcome.answeredBound > Double(field.answerable) / Double(field.size) { answeredWrong += 1 }
            let bound = try #require(outcome.realBound)
            if bound > Double(field.findable) / Double(field.size) { realWrong += 1 }
            realSum += bound
        }
        return (answeredWrong, realWrong, realSum / Double(draws.count))
    }

    @Test("A bound lies above the truth in at most five of a hundred runs")
    func coverage() throws {
        // Five in a hundred, and three standard deviations of a count of that many runs.
        let allowed = Int(Double(Self.runs) * 0.05 + 3 * (Double(Self.runs) * 0.05 * 0.95).squareRoot())
        for size in Set(Self.fields.map(\.size)) {
            let draws = Self.draws(of: size)
            for field in Self.fields where field.size == size {
                let (answered, real, mean) = try simulate(field, draws)
                print("\(field): answered \(answered), real \(real) of \(Self.runs) above the truth; mean \(mean)")
                #expect(answered <= allowed && real <= allowed, "\(field)")
            }
        }
    }

    @Test("A simulator passes the challenge and fails the confirmation")
    func simulator() throws {
        let field = try #require(Self.fields.last)
        let places = LeafDraw.places(400, of: field.size, seed: Digest.sha256(of: [7]))
        let found = places.prefix(30).count { $0 < field.findable }
        let outcome = ChallengeOutcome(
            drawn: 400, size: field.size, good: 400, handedOver: 30, confirmed: found, denied: 30 - found)
        #expect(outcome.answeredBound > 0.99)
        #expect(try #require(outcome.realBound) < 0.75)
    }
}
