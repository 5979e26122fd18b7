import Trust
import Vocabulary

/// A platform's whole list of devices as it is committed to: the identifiers, each once, sorted by their bytes, as the
/// leaves of a Merkle tree.
///
/// The platform keeps the list; Heng gets its size and root, and later a handful of leaves with their paths. Sorting is
/// part of the commitment: with a leaf comes the one after it, so that a list padded by repeating identifiers, or put
/// together after the draw, shows.
/// Source of the tree: RFC 9162, section 2.1.
public struct Inventory: Sendable {
    /// Ascending by bytes, no two equal.
    public let identifiers: [String]
    private let tree: MerkleTree

    /// - Parameter identifiers: in any order; equal ones are taken once.
    public init(_ identifiers: some Sequence<String>) {
        let sorted = Set(identifiers).sorted { Inventory.precedes($0, $1) }
        self.identifiers = sorted
        self.tree = MerkleTree(leaves: sorted.lazy.map { MerkleHash.leaf($0.utf8) })
    }

    public var size: Int { identifiers.count }
    public var root: Digest { tree.root }

    /// The leaf at a place, with its path to the root. Throws: `trust.index_outside`.
    public func leaf(_ index: Int) throws -> InventoryLeaf {
        let proof = try tree.inclusion(index: index, size: size)
        return InventoryLeaf(index: index, identifier: identifiers[index], path: proof.path)
    }

    /// The order of the list: byte by byte in UTF-8, not by any language's rules.
    public static func precedes(_ a: String, _ b: String) -> Bool {
        a.utf8.lexicographicallyPrecedes(b.utf8)
    }
}

/// One identifier of a committed inventory, with the hashes that lead from it to the root.
public struct InventoryLeaf: Sendable, Hashable, Codable {
    /// From 0.
    public var index: Int
    public var identifier: String
    /// Sibling hashes from the leaf up.
    public var path: [Digest]

    public init(index: Int, identifier: String, path: [Digest]) {
        self.index = index
        self.identifier = identifier
        self.path = path
    }

    /// Whether the leaf stands at its place of the committed list.
    func isIn(_ commitment: InventoryCommitment) -> Bool {
        let proof = InclusionProof(index: index, size: commitment.size, path: path)
        return (try? proof.verify(leaf: MerkleHash.leaf(identifier.utf8), root: commitment.root)) != nil
    }
}

/// What a platform commits to.
public struct InventoryCommitment: Sendable, Hashable {
    public var id: Int
    public var round: RoundID
    public var platform: PlatformID
    /// Identifiers in the list.
    public var size: Int
    public var root: Digest
    public var committedAt: Instant
    /// Where the commitment stands in the log; a draw uses only checkpoints that contain it.
    public var logIndex: Int

    public init(
        id: Int, round: RoundID, platform: PlatformID, size: Int, root: Digest, committedAt: Instant, logIndex: Int
    ) {
        self.id = id
        self.round = round
        self.platform = platform
        self.size = size
        self.root = root
        self.committedAt = committedAt
        self.logIndex = logIndex
    }
}
