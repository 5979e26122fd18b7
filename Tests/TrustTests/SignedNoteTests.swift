import Foundation
import Testing
import Trust
import Vocabulary

@Suite("Signed notes and checkpoints")
struct SignedNoteTests {
    // The example of golang.org/x/mod/sumdb/note, whose keys and signature are published with it.
    static let publishedKey = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW"
    static let publishedSeed = "AYEKFALVFGyNhPJEMzD1QIDr+Y7hfZx09iUvxdXHKDFz"
    static let publishedNote = """
        If you think cryptography is the answer to your problem,
        then you don't know what your problem is.

        — PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=

        """

    static func signer(_ byte: UInt8 = 7, name: String = "heng.example/log") throws -> NoteSigner {
        try NoteSigner(name: name, seed: [UInt8](repeating: byte, count: 32))
    }

    @Test("The published note verifies with the published key")
    func publishedVerifies() throws {
        let key = try NoteVerifier(reading: Self.publishedKey)
        #expect(key.description == Self.publishedKey)
        let text = try SignedNote(reading: Self.publishedNote).verify([key])
        #expect(text.hasPrefix("If you think"))
        #expect(text.hasSuffix("problem is.\n"))
    }

    @Test("The published private key signs the published note, letter for letter")
    func publishedSigns() throws {
        let seed = Array(try #require(Data(base64Encoded: Self.publishedSeed)).dropFirst())
        let signer = try NoteSigner(name: "PeterNeumann", seed: seed)
        #expect(signer.verifier.description == Self.publishedKey)
        let text = try SignedNote(reading: Self.publishedNote).text
        #expect(try SignedNote(text: text, signers: [signer]).description == Self.publishedNote)
    }

    @Test("A changed text, a changed signature and a stranger's key are refused")
    func refusals() throws {
        let key = try NoteVerifier(reading: Self.publishedKey)
        let changed = Self.publishedNote.replacingOccurrences(of: "answer", with: "question")
        #expect(throws: Failure("trust.signature_refused")) { try SignedNote(reading: changed).verify([key]) }
        let bent = Self.publishedNote.replacingOccurrences(of: "x08go/ZJ", with: "x08go/ZK")
        #expect(throws: Failure("trust.signature_refused")) { try SignedNote(reading: bent).verify([key]) }
        let stranger = try Self.signer().verifier
        #expect(throws: Failure("trust.signature_refused")) {
            try SignedNote(reading: Self.publishedNote).verify([stranger])
        }
    }

    @Test("Signatures of unknown keys are passed over, a wrong one of a known key is not")
    func severalSignatures() throws {
        let (log, witness) = (try Self.signer(1), try Self.signer(2, name: "witness.example"))
        let note = try SignedNote(text: "text\n", signers: [log, witness])
        #expect(try note.verify([log.verifier]) == "text\n")
        let other = try SignedNote(text: "other\n", signers: [witness]).signatures[0]
        let forged = note.description + "— \(other.name) \(Data(other.keyID + other.bytes).base64EncodedString())\n"
        #expect(throws: Failure("trust.signature_refused")) {
            try SignedNote(reading: forged).verify([log.verifier, witness.verifier])
        }
        #expect(try SignedNote(reading: forged).verify([log.verifier]) == "text\n")
    }

    @Test(
        "What is no signed note is refused",
        arguments: [
            "", "\n", "text\n", "text\n\n", "text\n\nno dash\n", "text\n\n— name !!!!\n", "text\n\n— name AAAA\n",
            "te\txt\n\n— name AAAAAAAA\n", "text\n\n— name AAAAAAAA", "text\n— name AAAAAAAA\n",
            "text\n\n— na+me AAAAAAAA\n",
        ])
    func unreadable(note: String) {
        #expect(throws: Failure("trust.note_unreadable")) { try SignedNote(reading: note) }
    }

    @Test(
        "What is no key is refused",
        arguments: [
            "", "a+b+c", "PeterNeumann+c74f20a4+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW",
            "Peter Neumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW",
            "PeterNeumann+c74f20a3+AhpcQcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW",
        ])
    func unreadableKey(text: String) {
        #expect(throws: Failure("trust.key_unreadable")) { try NoteVerifier(reading: text) }
    }

    @Test("A signed checkpoint reads back, and only with its own log's key")
    func checkpoint() throws {
        let signer = try Self.signer()
        let tree = MerkleTree(leaves: [MerkleHash.leaf("a".utf8)])
        let head = Checkpoint(origin: signer.verifier.name, size: tree.size, root: tree.root)
        let note = try head.signed(by: signer).description
        #expect(try Checkpoint(verifying: note, with: signer.verifier) == head)
        #expect(note.split(separator: "\n").prefix(2) == ["heng.example/log", "1"])
        let other = try Self.signer(9)
        #expect(throws: Failure("trust.signature_refused")) {
            try Checkpoint(verifying: note, with: other.verifier)
        }
        let renamed = Checkpoint(origin: "other.example/log", size: 1, root: tree.root)
        let misnamed = try SignedNote(text: renamed.text, signers: [signer]).description
        #expect(throws: Failure("trust.signature_refused")) {
            try Checkpoint(verifying: misnamed, with: signer.verifier)
        }
    }

    @Test(
        "What is no checkpoint is refused",
        arguments: [
            "log\n1\n", "log\n01\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n",
            "log\n-1\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n", "log\n1\nCsUY\n",
            "\n1\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n",
        ])
    func unreadableCheckpoint(text: String) {
        #expect(throws: Failure("trust.checkpoint_unreadable")) { try Checkpoint(text: text) }
    }

    @Test("The checkpoint of the specification reads")
    func specificationExample() throws {
        let text = "example.com/behind-the-sofa\n20852163\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n"
        let head = try Checkpoint(text: text)
        #expect(head.size == 20_852_163)
        #expect(head.text == text)
    }
}
