import Foundation
import TestSupport
import Testing
import Trust
import Vocabulary

@Suite("Published proofs")
struct MerkleConformanceTests {
    struct InclusionCase: Decodable {
        let leafIdx: UInt64, treeSize: UInt64
        let root: Data, leafHash: Data
        let proof: [Data]?
        let wantErr: Bool

        /// Throws what the proof is refused for; a hash that is no SHA-256 digest cannot even be asked about.
        func verify() throws {
            guard let index = Int(exactly: leafIdx), let size = Int(exactly: treeSize),
                let root = Digest(bytes: Array(root)), let leaf = Digest(bytes: Array(leafHash))
            else { throw Failure("test.no_digest") }
            try InclusionProof(index: index, size: size, path: digests(proof)).verify(leaf: leaf, root: root)
        }
    }

    struct ConsistencyCase: Decodable {
        let size1: UInt64, size2: UInt64
        let root1: Data, root2: Data
        let proof: [Data]?
        let wantErr: Bool

        func verify() throws {
            guard let first = Int(exactly: size1), let second = Int(exactly: size2) else {
                throw Failure("test.no_size")
            }
            try ConsistencyProof(first: first, second: second, path: digests(proof))
                .verify(firstRoot: Array(root1), secondRoot: Array(root2))
        }
    }

    @Test("Every published inclusion proof is accepted or refused as it must be")
    func inclusion() throws {
        guard let folder = ConformanceFolder("merkle/testdata/inclusion") else { return }
        let files = folder.files("json")
        #expect(files.count == 98)
        for file in files {
            let one = try JSONDecoder().decode(InclusionCase.self, from: Data(contentsOf: file))
            #expect(refuses(one.verify) == one.wantErr, "\(file.path)")
        }
    }

    @Test("Every published consistency proof is accepted or refused as it must be")
    func consistency() throws {
        guard let folder = ConformanceFolder("merkle/testdata/consistency") else { return }
        let files = folder.files("json")
        #expect(files.count == 98)
        for file in files {
            let one = try JSONDecoder().decode(ConsistencyCase.self, from: Data(contentsOf: file))
            #expect(refuses(one.verify) == one.wantErr, "\(file.path)")
        }
    }
}

private func refuses(_ work: () throws -> Void) -> Bool {
    do {
        try work()
        return false
    } catch { return true }
}

private func digests(_ proof: [Data]?) throws -> [Digest] {
    try (proof ?? []).map { bytes in
        guard let digest = Digest(bytes: Array(bytes)) else { throw Failure("test.no_digest") }
        return digest
    }
}
