import Testing
import Trust
import Vocabulary

@Suite("Merkle tree")
struct MerkleTreeTests {
    /// RFC 9162 section 2.1.1, word for word: slow and certain.
    static func definition(_ leaves: ArraySlice<Digest>) -> Digest {
        guard leaves.count > 1 else { return leaves.first ?? MerkleHash.empty }
        var cut = 1
        while cut * 2 < leaves.count { cut *= 2 }
        let middle = leaves.startIndex + cut
        return MerkleHash.node(definition(leaves[..<middle]), definition(leaves[middle...]))
    }

    static let leaves = (0..<130).map { MerkleHash.leaf("entry \($0)".utf8) }
    static let tree = MerkleTree(leaves: leaves)

    @Test("The root of the empty log is the digest of nothing")
    func emptyRoot() {
        #expect(MerkleTree().root.hex == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855")
    }

    @Test("The root of every size is what the definition says")
    func roots() throws {
        var frontier = MerkleFrontier()
        for size in 0...Self.leaves.count {
            let expected = Self.definition(Self.leaves[..<size])
            #expect(try Self.tree.root(size: size) == expected)
            #expect(frontier.root == expected)
            if size < Self.leaves.count { _ = frontier.append(Self.leaves[size]) }
        }
    }

    @Test("Every leaf has a proof in every size, and only its own leaf passes")
    func inclusion() throws {
        for size in 1...70 {
            let root = try Self.tree.root(size: size)
            for index in 0..<size {
                let proof = try Self.tree.inclusion(index: index, size: size)
                try proof.verify(leaf: Self.leaves[index], root: root)
                let stranger = Self.leaves[(index + 1) % Self.leaves.count]
                #expect(throws: Failure("trust.inclusion_refused")) { try proof.verify(leaf: stranger, root: root) }
            }
        }
    }

    @Test("No other index, size, or path passes for a leaf")
    func inclusionOfSomethingElse() throws {
        let root = try Self.tree.root(size: 37)
        for index in 0..<37 {
            let path = try Self.tree.inclusion(index: index, size: 37).path
            let leaf = Self.leaves[index]
            for other in 0..<40 where other != index {
                let proof = InclusionProof(index: other, size: 37, path: path)
                #expect(throws: Failure("trust.inclusion_refused")) { try proof.verify(leaf: leaf, root: root) }
            }
            for wrong in [Array(path.dropLast()), path + [root], Array(path.dropFirst()), [root] + path] {
                let proof = InclusionProof(index: index, size: 37, path: wrong)
                #expect(throws: Failure("trust.inclusion_refused")) { try proof.verify(leaf: leaf, root: root) }
            }
        }
    }

    @Test("Every size is the beginning of every later size, and of no other log")
    func consistency() throws {
        var forged = Self.leaves
        forged[2] = MerkleHash.leaf("forged".utf8)
        let other = MerkleTree(leaves: forged)
        for second in 1...70 {
            for first in 1...second {
                let proof = try Self.tree.consistency(first: first, second: second)
                let (earlier, later) = (try Self.tree.root(size: first), try Self.tree.root(size: second))
                try proof.verify(firstRoot: earlier, secondRoot: later)
                guard first > 2 else { continue }
                let changed = try other.root(size: second)
                let forgedProof = try other.consistency(first: first, second: second)
                #expect(throws: Failure("trust.consistency_refused")) {
                    try forgedProof.verify(firstRoot: earlier, secondRoot: changed)
                }
            }
        }
    }

    @Test("The edge of a log is read back from its nodes and goes on as if it had never stopped")
    func resume() throws {
        var nodes: [MerkleNode: Digest] = [:]
        var frontier = MerkleFrontier()
        for (size, leaf) in Self.leaves.enumerated() {
            let reopened = try MerkleFrontier(size: size) { try #require(nodes[$0]) }
            #expect(reopened == frontier)
            for (node, hash) in frontier.append(leaf) { #expect(nodes.updateValue(hash, forKey: node) == nil) }
        }
        #expect(frontier.size == 130)
        #expect(nodes.count < 2 * 130)
    }

    @Test("A proof out of a million entries reads a few dozen nodes")
    func proofCost() throws {
        var reads = 0
        let size = (1 << 20) + 12_345
        let proof = try InclusionProof(index: 777_777, size: size) { node in
            reads += 1
            return MerkleHash.leaf([UInt8(node.level)])
        }
        #expect(proof.path.count <= 21)
        #expect(reads <= 42)
        reads = 0
        _ = try ConsistencyProof(first: 777_777, second: size) { node in
            reads += 1
            return MerkleHash.leaf([UInt8(node.level)])
        }
        #expect(reads <= 63)
    }

    @Test("Indices and sizes that the log does not have are refused by name")
    func outside() {
        #expect(throws: Failure("trust.index_outside", ["index": "5", "size": "5"])) {
            try Self.tree.inclusion(index: 5, size: 5)
        }
        #expect(throws: Failure("trust.sizes_outside", ["first": "0", "second": "5"])) {
            try Self.tree.consistency(first: 0, second: 5)
        }
        #expect(throws: Failure("trust.sizes_outside", ["first": "6", "second": "5"])) {
            try Self.tree.consistency(first: 6, second: 5)
        }
        #expect(throws: Failure.self) { try Self.tree.inclusion(index: 0, size: 131) }
    }
}
