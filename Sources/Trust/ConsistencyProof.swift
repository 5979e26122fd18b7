import Vocabulary

/// Proves that an earlier log is the beginning of a later one: nothing was changed or taken out. Source: RFC 9162
/// section 2.1.4.
public struct ConsistencyProof: Sendable, Hashable {
    /// Leaves in the earlier log, at least 1: every log continues the empty one, which proves nothing.
    public let first: Int
    /// Leaves in the later log.
    public let second: Int
    public let path: [Digest]

    public init(first: Int, second: Int, path: [Digest]) {
        self.first = first
        self.second = second
        self.path = path
    }

    /// Makes the proof out of stored nodes, at most 3 × log₂ n reads. Throws: `trust.sizes_outside` unless
    /// 1 ≤ first ≤ second.
    public init(first: Int, second: Int, reading read: MerkleNodeReader) throws {
        guard first >= 1, first <= second else {
            throw Failure("trust.sizes_outside", ["first": "\(first)", "second": "\(second)"])
        }
        var path: [Digest] = []
        var range = 0..<second
        while range.upperBound != first {
            let middle = range.lowerBound + MerkleRange.cut(range.count)
            let (left, right) = (range.lowerBound..<middle, middle..<range.upperBound)
            path.append(try MerkleRange.root(first <= middle ? right : left, read))
            range = first <= middle ? left : right
        }
        // The verifier knows the root of the whole earlier log, and of no other subtree.
        if range.lowerBound > 0 { path.append(try MerkleRange.root(range, read)) }
        self.init(first: first, second: second, path: path.reversed())
    }

    /// Throws: `trust.consistency_refused` unless the proof leads from the one root to the other.
    public func verify(firstRoot: Digest, secondRoot: Digest) throws {
        try verify(firstRoot: firstRoot.bytes, secondRoot: secondRoot.bytes)
    }

    /// The same for roots as they were received; of equal sizes only their equality is asked.
    /// - Throws: `trust.consistency_refused`.
    public func verify(firstRoot: [UInt8], secondRoot: [UInt8]) throws {
        guard first >= 1, first <= second else { throw Failure("trust.consistency_refused") }
        if first == second {
            guard path.isEmpty, firstRoot == secondRoot else { throw Failure("trust.consistency_refused") }
            return
        }
        guard let firstRoot = Digest(bytes: firstRoot), let secondRoot = Digest(bytes: secondRoot),
            holds(firstRoot, secondRoot)
        else { throw Failure("trust.consistency_refused") }
    }

    private func holds(_ firstRoot: Digest, _ secondRoot: Digest) -> Bool {
        // A complete earlier log is itself the first hash of the path.
        let hashes = first & (first - 1) == 0 ? [firstRoot] + path : path
        guard !path.isEmpty, let start = hashes.first else { return false }
        var (node, last) = (first - 1, second - 1)
        while node & 1 == 1 {
            node >>= 1
            last >>= 1
        }
        var (earlier, later) = (start, start)
        for hash in hashes.dropFirst() {
            guard last > 0 else { return false }
            if node & 1 == 1 || node == last {
                earlier = MerkleHash.node(hash, earlier)
                later = MerkleHash.node(hash, later)
                while node & 1 == 0, node != 0 {
                    node >>= 1
                    last >>= 1
                }
            } else {
                later = MerkleHash.node(later, hash)
            }
            node >>= 1
            last >>= 1
        }
        return last == 0 && earlier == firstRoot && later == secondRoot
    }
}
