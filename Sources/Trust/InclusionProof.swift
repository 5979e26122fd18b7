import Vocabulary

/// Proves that a leaf stands at an index of the log of a given size. Source: RFC 9162 section 2.1.3.
public struct InclusionProof: Sendable, Hashable {
    /// From 0.
    public let index: Int
    /// Leaves in the tree that the proof leads to the root of.
    public let size: Int
    /// The sibling hashes from the leaf up.
    public let path: [Digest]

    public init(index: Int, size: Int, path: [Digest]) {
        self.index = index
        self.size = size
        self.path = path
    }

    /// Makes the proof out of stored nodes, at most 2 × log₂ n reads. Throws: `trust.index_outside` unless
    /// 0 ≤ index < size.
    public init(index: Int, size: Int, reading read: MerkleNodeReader) throws {
        guard index >= 0, index < size else {
            throw Failure("trust.index_outside", ["index": "\(index)", "size": "\(size)"])
        }
        var path: [Digest] = []
        var range = 0..<size
        while range.count > 1 {
            let middle = range.lowerBound + MerkleRange.cut(range.count)
            let (left, right) = (range.lowerBound..<middle, middle..<range.upperBound)
            path.append(try MerkleRange.root(index < middle ? right : left, read))
            range = index < middle ? left : right
        }
        self.init(index: index, size: size, path: path.reversed())
    }

    /// The root that the leaf leads to. Throws: `trust.inclusion_refused` when the path has the wrong length for the
    /// index and size.
    public func root(leaf: Digest) throws -> Digest {
        guard index >= 0, index < size else { throw Failure("trust.inclusion_refused") }
        var (node, last) = (index, size - 1)
        var hash = leaf
        for sibling in path {
            guard last > 0 else { throw Failure("trust.inclusion_refused") }
            if node & 1 == 1 || node == last {
                hash = MerkleHash.node(sibling, hash)
                while node & 1 == 0, node != 0 {
                    node >>= 1
                    last >>= 1
                }
            } else {
                hash = MerkleHash.node(hash, sibling)
            }
            node >>= 1
            last >>= 1
        }
        guard last == 0 else { throw Failure("trust.inclusion_refused") }
        return hash
    }

    /// Throws: `trust.inclusion_refused` unless the leaf leads to exactly this root.
    public func verify(leaf: Digest, root expected: Digest) throws {
        guard try root(leaf: leaf) == expected else { throw Failure("trust.inclusion_refused") }
    }
}
