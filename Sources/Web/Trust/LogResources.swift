import Foundation
import Trust
import Vocabulary

/// An entry as the API shows it.
struct LogEntryResource: Encodable, Sendable {
    let index: Int
    let kind: String
    let actor: Actor
    let at: Instant
    let subject: Subject
    let commitment: Digest
    /// The exact text that is hashed.
    let leaf: String
    /// SHA-256(0x00 ‖ leaf).
    let leafHash: Digest

    struct Actor: Encodable, Sendable {
        var account: AccountID?
        var system: String?
    }

    struct Subject: Encodable, Sendable {
        let round: RoundID?
        let platform: PlatformID?
        let indicator: IndicatorID?
        let key: String?
    }

    init(_ entry: LoggedEntry) {
        index = entry.index
        kind = entry.leaf.kind.rawValue
        switch entry.leaf.actor {
        case .account(let id): actor = Actor(account: id)
        case .system(let name): actor = Actor(system: name)
        case .nobody: actor = Actor()
        }
        at = entry.leaf.at
        let about = entry.leaf.subject
        subject = Subject(round: about.round, platform: about.platform, indicator: about.indicator, key: about.key)
        commitment = entry.leaf.commitment
        leaf = String(decoding: entry.bytes, as: UTF8.self)
        leafHash = entry.hash
    }
}

/// A proof file as JSON; `proofFile` is the same in C2SP tlog-proof form, for `heng log verify`.
struct ProofResource: Encodable, Sendable {
    let index: Int
    let size: Int
    let leaf: String
    let leafHash: Digest
    /// Sibling hashes from the leaf up.
    let path: [Digest]
    /// The root that leaf and path lead to; it stands in the checkpoint in base64.
    let root: Digest?
    /// The signed note.
    let checkpoint: String
    let proofFile: String

    init(_ proof: LogProof) {
        index = proof.inclusion.index
        size = proof.inclusion.size
        leaf = String(decoding: proof.leaf, as: UTF8.self)
        leafHash = MerkleHash.leaf(proof.leaf)
        path = proof.inclusion.path
        root = try? proof.inclusion.root(leaf: leafHash)
        checkpoint = proof.checkpoint
        proofFile = proof.text
    }
}

/// An inclusion proof: hashes in hexadecimal, from the leaf's sibling up.
struct InclusionResource: Encodable, Sendable {
    let index: Int
    let size: Int
    let path: [Digest]

    init(_ proof: InclusionProof) {
        index = proof.index
        size = proof.size
        path = proof.path
    }
}

/// A consistency proof: hashes in hexadecimal.
struct ConsistencyResource: Encodable, Sendable {
    let first: Int
    let second: Int
    let path: [Digest]

    init(_ proof: ConsistencyProof) {
        first = proof.first
        second = proof.second
        path = proof.path
    }
}

/// What an entry commits to, to be checked: SHA-256(salt ‖ committed) is the commitment.
struct OpeningResource: Encodable, Sendable {
    let index: Int
    /// Hexadecimal.
    let salt: String
    /// The exact text that is hashed: canonical JSON of payload and reason.
    let committed: String
    let commitment: Digest

    init(index: Int, _ opening: CommitmentOpening) {
        self.index = index
        salt = Hexadecimal.text(opening.salt)
        committed = String(decoding: opening.committed, as: UTF8.self)
        commitment = opening.commitment
    }
}
