import Foundation
import Testing
import Trust
import Vocabulary

@Suite("Audit entries")
struct AuditEntryTests {
    static let entry = AuditEntry(
        "cell.declared", actor: .account("zhang"), at: Instant(seconds: 1_762_128_000),
        subject: AuditSubject(round: "2025-demo", platform: "P07", indicator: "apps"), reason: "首次填报",
        payload: ["values": ["apps": "80"]], salt: Array(0..<16))

    @Test("The leaf shows who, what and when, and nothing of what was written")
    func leafShowsNoValues() {
        let text = String(decoding: Self.entry.leafBytes, as: UTF8.self)
        #expect(
            text == """
                {"actor":{"account":"zhang"},"at":"2025-11-03T00:00:00Z","commitment":"\(Self.entry.commitment.hex)",\
                "kind":"cell.declared","subject":{"indicator":"apps","platform":"P07","round":"2025-demo"}}
                """)
    }

    @Test("The commitment is SHA-256 over the salt and the canonical payload with its reason")
    func commitmentFormula() {
        let committed = "{\"payload\":{\"values\":{\"apps\":\"80\"}},\"reason\":\"首次填报\"}"
        #expect(Self.entry.commitment == Digest.sha256(of: Array(0..<16) + Array(committed.utf8)))
        #expect(Self.entry.leafHash == Digest.sha256(of: [0] + Self.entry.leafBytes))
    }

    @Test("Another salt, reason or payload gives another commitment")
    func commitmentBinds() {
        func commitment(_ reason: String?, _ payload: CanonicalJSON, _ salt: UInt8) -> Digest {
            let salt = [UInt8](repeating: salt, count: 16)
            return AuditEntry(
                "k", actor: .nobody, at: Instant(seconds: 0), subject: AuditSubject(), reason: reason,
                payload: payload, salt: salt
            ).commitment
        }
        let all = [
            commitment(nil, 1, 0), commitment(nil, 1, 1), commitment("", 1, 0), commitment(nil, 2, 0),
            commitment(nil, "1", 0),
        ]
        #expect(Set(all).count == all.count)
    }

    @Test(
        "Leaves read back",
        arguments: [AuditActor.account("li"), .system("computation"), .nobody])
    func leafRoundTrip(actor: AuditActor) throws {
        let entry = AuditEntry(
            "round.opened", actor: actor, at: Instant(milliseconds: 1_762_128_000_250),
            subject: AuditSubject(round: "2025", key: "list:2025-3"), salt: [])
        #expect(try AuditLeaf(bytes: entry.leafBytes) == entry.leaf)
        #expect(entry.leaf.hash == entry.leafHash)
    }

    @Test(
        "What is no leaf is refused",
        arguments: [
            "[]", "{}", "{\"actor\":{\"account\":\"a\",\"system\":\"b\"},\"at\":\"2025-11-03T00:00:00Z\"}",
        ])
    func unreadable(text: String) {
        #expect(throws: Failure("trust.leaf_unreadable")) { try AuditLeaf(bytes: Array(text.utf8)) }
    }

    @Test("A proof file verifies offline with the log's public key alone, and no other leaf, path or key passes")
    func proofFile() throws {
        let signer = try SignedNoteTests.signer()
        var tree = MerkleTree(leaves: (0..<5).map { MerkleHash.leaf("before \($0)".utf8) })
        let index = tree.append(Self.entry.leafHash)
        for number in 0..<6 { tree.append(MerkleHash.leaf("after \(number)".utf8)) }
        let note = try Checkpoint(origin: signer.verifier.name, size: tree.size, root: tree.root).signed(by: signer)
        let inclusion = try tree.inclusion(index: index, size: tree.size)
        let proof = LogProof(leaf: Self.entry.leafBytes, inclusion: inclusion, checkpoint: note.description)
        let read = try LogProof(reading: proof.text)
        #expect(read == proof)
        let proven = try read.verify(with: signer.verifier)
        #expect(proven.leaf == Self.entry.leaf)
        #expect(proven.checkpoint.size == 12)

        let forged = LogProof(leaf: Array("{}".utf8), inclusion: inclusion, checkpoint: note.description)
        #expect(throws: Failure("trust.inclusion_refused")) { try forged.verify(with: signer.verifier) }
        let other = try SignedNoteTests.signer(9).verifier
        #expect(throws: Failure("trust.signature_refused")) { try read.verify(with: other) }
    }

    @Test(
        "What is no proof file is refused",
        arguments: ["", "c2sp.org/tlog-proof@v1\n\n", "c2sp.org/tlog-proof@v1\nextra e30=\nindex 01\n\nlog\n"])
    func unreadableProof(text: String) {
        #expect(throws: Failure("trust.proof_unreadable")) { try LogProof(reading: text) }
    }
}
