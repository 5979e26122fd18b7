import Scheme
import Trust
import Vocabulary

/// Which rows of a list are looked at: drawn by lot from a seed that nobody could know when the list was frozen.
public enum SampleDraw {
    /// One row of the frozen list.
    public struct Row: Sendable, Hashable {
        /// The row's number in the list; unique.
        public let number: Int
        /// What it is stratified by, such as the city; rows of one stratum are drawn in proportion.
        public let stratum: String

        public init(number: Int, stratum: String = "") {
            self.number = number
            self.stratum = stratum
        }
    }

    /// How many rows of a list are drawn: all up to `wholeUpTo`, else `draw`, or `drawLarge` for indicators of
    /// `largeFrom` points and more.
    public static func size(listCount: Int, points: ExactDecimal, rules: Sampling) -> Int {
        guard listCount > rules.wholeUpTo.value else { return listCount }
        let wanted = points >= rules.largeFrom.value ? rules.drawLarge.value : rules.draw.value
        return min(listCount, wanted)
    }

    /// The drawn rows' numbers, ascending; the same seed and list draw the same rows everywhere.
    ///
    /// The places go to the strata in proportion to their rows (largest remainder, equal remainders to the stratum whose
    /// name comes first); within a stratum the rows with the smallest SHA-256(seed ‖ list ‖ row number) are drawn, so
    /// that anybody can repeat the draw with a pocket tool.
    ///
    /// - Parameters:
    ///   - seed: Fixed after the freeze: the root of a log checkpoint made later.
    ///   - list: What tells this list from others under the same seed, such as the cell's address.
    ///   - count: 0…rows.count.
    public static func draw(_ count: Int, from rows: [Row], seed: Digest, list: String) -> [Int] {
        guard count < rows.count else { return rows.map(\.number).sorted() }
        guard count > 0 else { return [] }
        let strata = [String: [Row]](grouping: rows, by: \.stratum)
        let names = strata.keys.sorted()
        let quotas = apportion(count, sizes: names.map { strata[$0]?.count ?? 0 })
        var drawn: [Int] = []
        for (name, quota) in zip(names, quotas) where quota > 0 {
            let lots = (strata[name] ?? []).map { row in
                (lot: Digest.sha256(of: seed.bytes + Array("\(list)/\(row.number)".utf8)), number: row.number)
            }
            drawn += lots.sorted { ($0.lot, $0.number) < ($1.lot, $1.number) }.prefix(quota).map(\.number)
        }
        return drawn.sorted()
    }

    /// `count` places over strata of these sizes by the method of largest remainders; no stratum gets more than it has.
    static func apportion(_ count: Int, sizes: [Int]) -> [Int] {
        let total = sizes.reduce(0, +)
        var places = sizes.map { count * $0 / total }
        let order = sizes.indices.sorted { a, b in
            (count * sizes[b] % total, a) < (count * sizes[a] % total, b)
        }
        for index in order.prefix(count - places.reduce(0, +)) { places[index] += 1 }
        return places
    }
}
