import Vocabulary

/// A whole log in memory: every complete subtree of every level. For bundles, tests and offline checks; a server keeps
/// the same nodes in a table.
public struct MerkleTree: Sendable {
    private var levels: [[Digest]] = [[]]
    private var frontier = MerkleFrontier()

    public init() {}

    /// - Parameter leaves: Leaf hashes in the order of the log.
    public init(leaves: some Sequence<Digest>) { for leaf in leaves { append(leaf) } }

    /// Leaves so far.
    public var size: Int { frontier.size }

    /// The root over all leaves.
    public var root: Digest { frontier.root }

    /// Appends a leaf hash and gives its index.
    @discardableResult
    public mutating func append(_ leaf: Digest) -> Int {
        let index = frontier.size
        for (node, hash) in frontier.append(leaf) {
            if node.level == levels.count { levels.append([]) }
            levels[node.level].append(hash)
        }
        return index
    }

    /// The root of the first `size` leaves. Throws: `trust.node_missing` when there are not that many.
    public func root(size: Int) throws -> Digest { try MerkleRange.root(0..<size, read) }

    /// Throws: `trust.index_outside`, `trust.node_missing`.
    public func inclusion(index: Int, size: Int) throws -> InclusionProof {
        try InclusionProof(index: index, size: size, reading: read)
    }

    /// Throws: `trust.sizes_outside`, `trust.node_missing`.
    public func consistency(first: Int, second: Int) throws -> ConsistencyProof {
        try ConsistencyProof(first: first, second: second, reading: read)
    }

    private func read(_ node: MerkleNode) throws -> Digest {
        guard levels.indices.contains(node.level), levels[node.level].indices.contains(node.index) else {
            throw Failure("trust.node_missing", ["level": "\(node.level)", "index": "\(node.index)"])
        }
        return levels[node.level][node.index]
    }
}
