import Vocabulary

/// The three hashes of an RFC 9162 tree (section 2.1.1), over SHA-256.
public enum MerkleHash {
    /// The root of the tree without leaves: SHA-256 of nothing.
    public static let empty = Digest.sha256(of: [])

    /// SHA-256(0x00 ‖ bytes).
    public static func leaf(_ bytes: some Sequence<UInt8>) -> Digest { Digest.sha256(of: [0] + Array(bytes)) }

    /// SHA-256(0x01 ‖ left ‖ right).
    public static func node(_ left: Digest, _ right: Digest) -> Digest {
        Digest.sha256(of: [1] + left.bytes + right.bytes)
    }
}
