import Crypto
import Vocabulary

extension Vocabulary.Digest {
    /// SHA-256 of the bytes.
    public static func sha256(of bytes: some Sequence<UInt8>) -> Vocabulary.Digest {
        var hasher = SHA256()
        let hashed: Void? = bytes.withContiguousStorageIfAvailable { hasher.update(bufferPointer: .init($0)) }
        if hashed == nil { hasher.update(data: Array(bytes)) }
        return Vocabulary.Digest(taking: hasher.finalize())
    }

    private init(taking digest: SHA256.Digest) {
        // Safe because a SHA-256 digest always has 32 bytes.
        self = Vocabulary.Digest(bytes: Array(digest)).unsafelyUnwrapped
    }
}
