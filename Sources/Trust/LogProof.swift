import Foundation
import Vocabulary

/// A file that proves offline that an entry stands in the log: leaf, path and signed checkpoint. Source: C2SP
/// tlog-proof v1; the `extra` line carries the leaf.
public struct LogProof: Sendable, Hashable {
    /// The bytes of the leaf: canonical JSON of an `AuditLeaf`.
    public let leaf: [UInt8]
    public let inclusion: InclusionProof
    /// A signed note.
    public let checkpoint: String

    private static let heading = "c2sp.org/tlog-proof@v1"

    public init(leaf: [UInt8], inclusion: InclusionProof, checkpoint: String) {
        self.leaf = leaf
        self.inclusion = inclusion
        self.checkpoint = checkpoint
    }

    /// The file.
    public var text: String {
        var lines = [LogProof.heading, "extra \(Data(leaf).base64EncodedString())", "index \(inclusion.index)"]
        lines += inclusion.path.map { Data($0.bytes).base64EncodedString() }
        return lines.joined(separator: "\n") + "\n\n" + checkpoint
    }

    /// Reads a file without trusting it. Throws: `trust.proof_unreadable`, `trust.note_unreadable`,
    /// `trust.checkpoint_unreadable`.
    public init(reading text: String) throws {
        let refused = Failure("trust.proof_unreadable")
        guard let gap = text.range(of: "\n\n") else { throw refused }
        var lines = text[..<gap.lowerBound].split(separator: "\n", omittingEmptySubsequences: false)[...]
        guard lines.popFirst() == LogProof.heading[...],
            let extra = lines.popFirst(), extra.hasPrefix("extra "),
            let leaf = Data(base64Encoded: String(extra.dropFirst(6))),
            let indexLine = lines.popFirst(), indexLine.hasPrefix("index "),
            let index = Int(indexLine.dropFirst(6)), index >= 0, indexLine == "index \(index)"
        else { throw refused }
        let path = try lines.map { line in
            guard let bytes = Data(base64Encoded: String(line)), let hash = Digest(bytes: Array(bytes)) else {
                throw refused
            }
            return hash
        }
        let checkpoint = String(text[gap.upperBound...])
        let size = try Checkpoint(text: SignedNote(reading: checkpoint).text).size
        self.init(
            leaf: Array(leaf), inclusion: InclusionProof(index: index, size: size, path: path), checkpoint: checkpoint)
    }

    /// What the proof proves, once everything in it is checked. Throws: `trust.signature_refused`,
    /// `trust.inclusion_refused`, `trust.leaf_unreadable`.
    public func verify(with key: NoteVerifier) throws -> (leaf: AuditLeaf, checkpoint: Checkpoint) {
        let head = try Checkpoint(verifying: checkpoint, with: key)
        guard inclusion.size == head.size else { throw Failure("trust.inclusion_refused") }
        try inclusion.verify(leaf: MerkleHash.leaf(leaf), root: head.root)
        return (try AuditLeaf(bytes: leaf), head)
    }

    /// For readers that would rather have JSON: `{checkpoint, index, leaf, leafHash, path[], size}`, hashes in
    /// hexadecimal.
    public var json: CanonicalJSON {
        .object([
            "index": .number(Double(inclusion.index)), "size": .number(Double(inclusion.size)),
            "leaf": .string(String(decoding: leaf, as: UTF8.self)), "leafHash": .string(MerkleHash.leaf(leaf).hex),
            "path": .array(inclusion.path.map { .string($0.hex) }), "checkpoint": .string(checkpoint),
        ])
    }
}
