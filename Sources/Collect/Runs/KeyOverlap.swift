import Vocabulary

/// Different keys of several groups (platforms, days), of all together, and of every pair: one pass over encoded runs, by
/// slices of the key space. Exact; memory does not grow with the runs.
public struct KeyOverlap: Sendable, Hashable {
    /// Different keys of each group.
    public private(set) var distinct: [Int]
    /// Different keys of all groups together.
    public private(set) var union = 0
    /// Keys that are in every group.
    public private(set) var intersection = 0
    /// Keys that two groups have in common: of groups i < j at `pairs[i][j]`; zero elsewhere.
    public private(set) var pairs: [[Int]]

    /// So many groups are compared in one pass.
    public static let mostGroups = 128

    private struct Members: BitwiseCopyable {
        var first: UInt64
        var second: UInt64

        var groups: [Int] {
            var found: [Int] = []
            for (word, offset) in [(first, 0), (second, 64)] {
                var left = word
                while left != 0 {
                    found.append(offset + left.trailingZeroBitCount)
                    left &= left &- 1
                }
            }
            return found
        }
    }

    /// - Parameter groups: The encoded runs of each group, in any order.
    /// - Throws: `collect.run_damaged`; `collect.too_many_groups` above `mostGroups`.
    public init(_ groups: [[[UInt8]]]) throws {
        guard groups.count <= KeyOverlap.mostGroups else {
            throw Failure("collect.too_many_groups", ["limit": "\(KeyOverlap.mostGroups)"])
        }
        distinct = [Int](repeating: 0, count: groups.count)
        pairs = groups.map { _ in [Int](repeating: 0, count: groups.count) }
        var streams: [(group: Int, stream: RunMerging.Stream)] = []
        for (group, runs) in groups.enumerated() {
            for bytes in runs { streams.append((group, try RunMerging.stream(bytes))) }
        }
        let facts = streams.reduce(0) { $0 + $1.stream.cursor.count }
        var table = KeyTable(empty: Members(first: 0, second: 0))
        let slices = max(1, facts / KeyTable<Members>.sliceLength)
        for slice in 0..<slices {
            table.removeAll()
            let limit = RunMerging.limit(after: slice, of: slices)
            for (group, stream) in streams {
                let (high, low) = (stream.cursor.column(.keyHigh), stream.cursor.column(.keyLow))
                let bit = (1 as UInt64) << UInt64(group & 63)
                while let span = try stream.span(below: limit) {
                    if group < 64 {
                        for fact in span { table.at(high[fact], low[fact]).pointee.first |= bit }
                    } else {
                        for fact in span { table.at(high[fact], low[fact]).pointee.second |= bit }
                    }
                }
            }
            tally(table)
        }
    }

    private mutating func tally(_ table: borrowing KeyTable<Members>) {
        union += table.count
        let count = distinct.count
        if count == 1 {
            distinct[0] += table.count
            intersection += table.count
            return
        }
        let everyone = Members(
            first: count >= 64 ? .max : (1 << UInt64(count)) &- 1,
            second: count <= 64 ? 0 : count == 128 ? .max : (1 << UInt64(count - 64)) &- 1)
        distinct.withUnsafeMutableBufferPointer { distinct in
            table.forEach { members in
                // Most keys are in one group alone.
                if members.second == 0, members.first & (members.first &- 1) == 0 {
                    distinct[members.first.trailingZeroBitCount] &+= 1
                    return
                }
                if members.first == everyone.first, members.second == everyone.second { intersection &+= 1 }
                let found = members.groups
                for (place, one) in found.enumerated() {
                    distinct[one] &+= 1
                    for other in found[(place + 1)...] { pairs[one][other] &+= 1 }
                }
            }
        }
    }
}
