import Foundation
import Vocabulary

/// The state of a log at one moment: how many entries, and the root over them. Source: C2SP tlog-checkpoint.
///
/// Whoever keeps a signed checkpoint can hold every later one against it: a log that was changed behind it cannot
/// show a consistency proof.
public struct Checkpoint: Sendable, Hashable {
    /// Names the log: `heng.example/log`.
    public let origin: String
    public let size: Int
    public let root: Digest

    public init(origin: String, size: Int, root: Digest) {
        self.origin = origin
        self.size = size
        self.root = root
    }

    /// Three lines: origin, size, root in base64.
    public var text: String { "\(origin)\n\(size)\n\(Data(root.bytes).base64EncodedString())\n" }

    /// Reads the text of a note; extension lines are passed over. Throws: `trust.checkpoint_unreadable`.
    public init(text: String) throws {
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
        guard lines.count >= 4, lines.last == "", lines.dropLast().allSatisfy({ !$0.isEmpty }),
            let size = Int(lines[1]), size >= 0, "\(size)" == lines[1],
            let bytes = Data(base64Encoded: String(lines[2])), let root = Digest(bytes: Array(bytes))
        else { throw Failure("trust.checkpoint_unreadable") }
        self.init(origin: String(lines[0]), size: size, root: root)
    }

    /// The checkpoint as a signed note. Throws: `trust.note_unreadable`.
    public func signed(by signer: NoteSigner) throws -> SignedNote { try SignedNote(text: text, signers: [signer]) }

    /// Reads a signed note and checks it. Throws: `trust.note_unreadable`, `trust.signature_refused`,
    /// `trust.checkpoint_unreadable`.
    public init(verifying note: String, with key: NoteVerifier) throws {
        try self.init(text: SignedNote(reading: note).verify([key]))
        guard origin == key.name else { throw Failure("trust.signature_refused") }
    }
}
