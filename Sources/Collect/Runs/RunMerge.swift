/// Merging of sorted facts.
enum RunMerge {
    /// Equal neighbours once.
    static func unique(_ sorted: [RunEntry]) -> [RunEntry] {
        guard var last = sorted.first else { return [] }
        if !zip(sorted, sorted.dropFirst()).contains(where: ==) { return sorted }
        var out: [RunEntry] = []
        out.reserveCapacity(sorted.count)
        out.append(last)
        for entry in sorted.dropFirst() where entry != last {
            out.append(entry)
            last = entry
        }
        return out
    }

    /// The union of sorted sets, sorted, equal facts once: pairwise, so that every fact moves log2(runs) times.
    static func union(_ runs: [[RunEntry]]) -> [RunEntry] {
        var level = runs.filter { !$0.isEmpty }
        while level.count > 1 {
            var next: [[RunEntry]] = []
            var at = 0
            while at + 1 < level.count {
                next.append(merged(level[at], level[at + 1]))
                at += 2
            }
            if at < level.count { next.append(level[at]) }
            level = next
        }
        return level.first ?? []
    }

    private static func merged(_ x: [RunEntry], _ y: [RunEntry]) -> [RunEntry] {
        var out: [RunEntry] = []
        out.reserveCapacity(x.count + y.count)
        var (i, j) = (0, 0)
        while i < x.count, j < y.count {
            if x[i] < y[j] {
                out.append(x[i])
                i += 1
            } else if y[j] < x[i] {
                out.append(y[j])
                j += 1
            } else {
                out.append(x[i])
                i += 1
                j += 1
            }
        }
        out.append(contentsOf: x[i...])
        out.append(contentsOf: y[j...])
        return out
    }
}
