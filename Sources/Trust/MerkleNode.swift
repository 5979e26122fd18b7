import Vocabulary

/// A complete subtree of the log: the 2^level leaves from `index × 2^level` on.
///
/// A log keeps the hash of every complete subtree; whatever else a proof needs is put together from at most
/// 2 × log₂ n of them. Such a hash never changes once it is written.
public struct MerkleNode: Sendable, Hashable {
    /// 0 for a leaf.
    public let level: Int
    /// Counted from the left within the level, from 0.
    public let index: Int

    public init(level: Int, index: Int) {
        self.level = level
        self.index = index
    }
}

/// Where the hashes of complete subtrees are read from; throws when the log has no such node.
public typealias MerkleNodeReader = (MerkleNode) throws -> Digest

/// What a set of leaves hashes to, out of the stored nodes.
enum MerkleRange {
    /// The complete subtrees that tile `range` from left to right, largest first. The range starts at a multiple of
    /// the largest power of two within its length.
    static func nodes(_ range: Range<Int>) -> [MerkleNode] {
        var nodes: [MerkleNode] = []
        var start = range.lowerBound
        while start < range.upperBound {
            let level = Int.bitWidth - 1 - (range.upperBound - start).leadingZeroBitCount
            nodes.append(MerkleNode(level: level, index: start >> level))
            start += 1 << level
        }
        return nodes
    }

    /// RFC 9162 section 2.1.1: the Merkle tree hash of the leaves in the range.
    static func root(_ range: Range<Int>, _ read: MerkleNodeReader) throws -> Digest {
        fold(try nodes(range).map(read))
    }

    /// Joins tiles from the right.
    static func fold(_ tiles: [Digest]) -> Digest {
        guard var hash = tiles.last else { return MerkleHash.empty }
        for tile in tiles.dropLast().reversed() { hash = MerkleHash.node(tile, hash) }
        return hash
    }

    /// The largest power of two smaller than `count`, for `count` > 1: where the tree is cut.
    static func cut(_ count: Int) -> Int { 1 << (Int.bitWidth - 1 - (count - 1).leadingZeroBitCount) }
}
