import Vocabulary

/// Sorts facts by their keys' first bits into buckets of a few, and each bucket by insertion: keys are hashes under a
/// secret, so the buckets are even. Buckets that are not (few keys, pairs of one device) are sorted as usual.
enum FactSort {
    /// Below this number of facts plain sorting is as fast.
    private static let fewest = 64
    /// Facts of a bucket that are still sorted by insertion.
    private static let longestInsertion = 24

    /// The facts ascending, no two equal.
    static func sortedUnique(_ facts: [RunEntry]) -> [RunEntry] {
        guard facts.count >= fewest else { return RunMerge.unique(facts.sorted()) }
        let bits = min(20, max(1, Int.bitWidth - (facts.count / 4).leadingZeroBitCount))
        let shift = UInt64(64 - bits)
        let sorted = [RunEntry](unsafeUninitializedCapacity: facts.count) { target, count in
            facts.withUnsafeBufferPointer { source in
                scatter(source, target, buckets: 1 << bits, shift: shift)
            }
            count = facts.count
        }
        return RunMerge.unique(sorted)
    }

    private static func scatter(
        _ source: UnsafeBufferPointer<RunEntry>, _ target: UnsafeMutableBufferPointer<RunEntry>, buckets: Int,
        shift: UInt64
    ) {
        guard let to = target.baseAddress else { return }
        withUnsafeTemporaryAllocation(of: Int.self, capacity: buckets + 1) { ends in
            ends.initialize(repeating: 0)
            for fact in source { ends[Int(truncatingIfNeeded: fact.key.high &>> shift) &+ 1] &+= 1 }
            for bucket in 0..<buckets { ends[bucket &+ 1] &+= ends[bucket] }
            // `ends[bucket]` is where the bucket begins, and after the facts are placed where it ends.
            for fact in source {
                let bucket = Int(truncatingIfNeeded: fact.key.high &>> shift)
                (to + ends[bucket]).initialize(to: fact)
                ends[bucket] &+= 1
            }
            var start = 0
            for bucket in 0..<buckets {
                let end = ends[bucket]
                sort(target, start, end)
                start = end
            }
        }
    }

    @inline(__always)
    private static func sort(_ facts: UnsafeMutableBufferPointer<RunEntry>, _ start: Int, _ end: Int) {
        if end &- start < 2 { return }
        if end &- start > longestInsertion {
            var slice = UnsafeMutableBufferPointer(rebasing: facts[start..<end])
            slice.sort()
            return
        }
        for index in (start &+ 1)..<end {
            let fact = facts[index]
            var at = index
            while at > start, fact < facts[at &- 1] {
                facts[at] = facts[at &- 1]
                at &-= 1
            }
            facts[at] = fact
        }
    }
}
