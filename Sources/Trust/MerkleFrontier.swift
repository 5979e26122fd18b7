import Vocabulary

/// The right edge of a log: the few complete subtrees that its leaves fall into, enough to append and to give the
/// root.
///
/// A log of n leaves has as many of them as n has one bits. Appending costs one hash on average and never more than
/// log₂ n.
public struct MerkleFrontier: Sendable, Hashable {
    /// Leaves so far.
    public private(set) var size: Int
    private var tiles: [Digest]

    /// The edge of an empty log.
    public init() {
        self.size = 0
        self.tiles = []
    }

    /// Reads the edge of a log of `size` leaves, at most log₂ n nodes.
    public init(size: Int, reading read: MerkleNodeReader) throws {
        self.size = size
        self.tiles = try MerkleRange.nodes(0..<size).map(read)
    }

    /// Appends a leaf and gives the nodes that are complete now, the leaf itself first: what the log has to store.
    public mutating func append(_ leaf: Digest) -> [(node: MerkleNode, hash: Digest)] {
        var stored = [(node: MerkleNode(level: 0, index: size), hash: leaf)]
        var hash = leaf
        var (level, index) = (0, size)
        while index & 1 == 1 {
            hash = MerkleHash.node(tiles.removeLast(), hash)
            level += 1
            index >>= 1
            stored.append((MerkleNode(level: level, index: index), hash))
        }
        tiles.append(hash)
        size += 1
        return stored
    }

    /// The root over all leaves so far.
    public var root: Digest { MerkleRange.fold(tiles) }
}
