import Trust
import Vocabulary

/// A draw as it is given out: enough to draw again without this system.
public struct PublishedDraw: Sendable, Decodable {
    /// One stratum with its rows in short writing: `2-15,17`.
    public struct Stratum: Sendable, Decodable {
        public let name: String
        public let rows: String
        public let rowCount: Int
        public let drawnCount: Int
    }

    /// What the seed is joined with: `ROUND/PLATFORM/INDICATOR`.
    public let name: String
    /// Digest of the frozen list.
    public let list: Digest
    /// Where the freeze stands in the log.
    public let freezeIndex: Int
    /// Entries of the log under the seed.
    public let checkpointSize: Int
    /// The root of the log at that size.
    public let seed: Digest
    public let count: Int
    public let strata: [Stratum]
    /// The drawn rows in short writing.
    public let drawn: String

    /// How many rows the list has.
    public var rowCount: Int { strata.reduce(0) { $0 + $1.rowCount } }

    /// Draws again and says everything in which the published draw differs; empty when it is the same.
    /// - Parameter kept: a checkpoint from another place or time, whose root the seed must be.
    public func findings(against kept: Checkpoint? = nil) -> [Finding] {
        var found: [Finding] = []
        func fault(_ code: String, _ place: String, _ values: [String: String] = [:]) {
            found.append(Finding(.error, "sampling.repeat.\(code)", at: place, values))
        }
        if freezeIndex >= checkpointSize {
            fault("before_freeze", "checkpointSize", ["size": "\(checkpointSize)", "index": "\(freezeIndex)"])
        }
        if let kept, kept.size != checkpointSize {
            fault("other_size", "checkpointSize", ["size": "\(checkpointSize)", "kept": "\(kept.size)"])
        } else if let kept, kept.root != seed {
            fault("other_seed", "seed", ["size": "\(checkpointSize)", "root": kept.root.hex])
        }
        var rows: [SampleDraw.Row] = []
        var seen: Set<Int> = []
        for stratum in strata {
            guard let numbers = RowRanges.numbers(stratum.rows), numbers.count == stratum.rowCount,
                numbers.allSatisfy({ seen.insert($0).inserted })
            else {
                fault("stratum_damaged", stratum.name, ["rows": "\(stratum.rowCount)"])
                continue
            }
            rows += numbers.map { SampleDraw.Row(number: $0, stratum: stratum.name) }
        }
        guard let given = RowRanges.numbers(drawn), (0...rows.count).contains(count) else {
            fault("drawn_damaged", "drawn", ["count": "\(count)", "rows": "\(rows.count)"])
            return found
        }
        let again = Set(SampleDraw.draw(count, from: rows, seed: seed, list: name))
        if again != Set(given) || given.count != count {
            let missing = RowRanges.text(again.subtracting(given))
            let extra = RowRanges.text(Set(given).subtracting(again))
            fault(
                "differs", "drawn",
                ["missing": missing.isEmpty ? "–" : missing, "extra": extra.isEmpty ? "–" : extra])
        }
        return found
    }
}
