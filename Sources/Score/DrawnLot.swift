/// A lot drawn from a published seed, so that anyone can draw it again.
///
/// The ids are sorted by their bytes and shuffled (Fisher–Yates, from the end) by SplitMix64 with the seed; the place
/// after shuffling is the number drawn, smaller first. Source: Steele, Lea, Flood, "Fast splittable pseudorandom number
/// generators", OOPSLA 2014.
public struct DrawnLot: Sendable {
    public let seed: UInt64

    public init(seed: UInt64) { self.seed = seed }

    /// The number drawn for each id, 1 …, whatever the order in which the ids come.
    public func numbers(_ ids: [String]) -> [String: Int] {
        var order = Set(ids).sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
        var state = seed
        for last in stride(from: order.count - 1, to: 0, by: -1) {
            order.swapAt(last, Int(DrawnLot.next(&state, below: UInt64(last + 1))))
        }
        var numbers: [String: Int] = [:]
        for (index, id) in order.enumerated() { numbers[id] = index + 1 }
        return numbers
    }

    /// Evenly below the bound: draws beyond the largest whole multiple are thrown away.
    private static func next(_ state: inout UInt64, below bound: UInt64) -> UInt64 {
        let limit = UInt64.max - UInt64.max % bound
        while true {
            state &+= 0x9e37_79b9_7f4a_7c15
            var z = state
            z = (z ^ (z >> 30)) &* 0xbf58_476d_1ce4_e5b9
            z = (z ^ (z >> 27)) &* 0x94d0_49bb_1331_11eb
            z ^= z >> 31
            if z < limit { return z % bound }
        }
    }
}
