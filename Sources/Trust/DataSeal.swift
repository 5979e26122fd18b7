import Crypto
import Foundation
import Vocabulary

/// Encrypts what may be read by few and must be deletable: AES-256-GCM under keys that lie outside the data folder.
///
/// The newest key seals; older ones still open what they sealed, so that a key can be changed without rewriting.
public struct DataSeal: Sendable {
    /// One key with the name under which sealed bytes remember it.
    public struct Key: Sendable {
        /// First four bytes of SHA-256 over the key.
        public let id: [UInt8]
        fileprivate let key: SymmetricKey

        /// - Throws: `trust.seal_key_unreadable` unless there are 32 bytes.
        public init(bytes: [UInt8]) throws(Failure) {
            guard bytes.count == 32 else { throw Failure("trust.seal_key_unreadable") }
            self.id = Array(Vocabulary.Digest.sha256(of: bytes).bytes.prefix(4))
            self.key = SymmetricKey(data: bytes)
        }
    }

    private static let version: UInt8 = 1
    private let keys: [Key]
    private let random: any RandomSource

    /// - Parameter keys: newest first.
    /// - Throws: `trust.seal_key_unreadable` without any.
    public init(keys: [Key], random: any RandomSource) throws(Failure) {
        guard !keys.isEmpty else { throw Failure("trust.seal_key_unreadable") }
        self.keys = keys
        self.random = random
    }

    /// Version (1 byte) ‖ key id (4) ‖ nonce (12) ‖ ciphertext ‖ tag (16).
    ///
    /// Source: NIST SP 800-38D. The nonce is random: safe for far more than the rows of an installation (2^32 a key).
    /// - Parameter place: where the bytes belong; they open nowhere else.
    public func seal(_ bytes: [UInt8], place: String) throws -> [UInt8] {
        let nonce = try AES.GCM.Nonce(data: random.bytes(12))
        let box = try AES.GCM.seal(bytes, using: keys[0].key, nonce: nonce, authenticating: Array(place.utf8))
        return [Self.version] + keys[0].id + Array(nonce) + Array(box.ciphertext) + Array(box.tag)
    }

    /// - Throws: `trust.seal_key_missing` when the key is not among ours; `trust.seal_broken` when the bytes were
    ///   changed, moved to another place, or are none of ours.
    public func open(_ sealed: [UInt8], place: String) throws -> [UInt8] {
        guard sealed.count >= 33, sealed[0] == Self.version else {
            throw Failure("trust.seal_broken", ["place": place])
        }
        let id = Array(sealed[1..<5])
        guard let key = keys.first(where: { $0.id == id }) else {
            throw Failure("trust.seal_key_missing", ["key": Hexadecimal.text(id)])
        }
        do {
            let box = try AES.GCM.SealedBox(combined: Data(sealed[5...]))
            return Array(try AES.GCM.open(box, using: key.key, authenticating: Array(place.utf8)))
        } catch { throw Failure("trust.seal_broken", ["place": place]) }
    }

    /// A value's keyed digest: equal for equal values under the same key, telling nothing without it. For finding the
    /// same person in two submissions. Source: RFC 2104, HMAC-SHA-256.
    public func keyedDigest(of text: String) -> Vocabulary.Digest {
        let code = HMAC<SHA256>.authenticationCode(for: Array(text.utf8), using: keys[keys.count - 1].key)
        // The oldest key, so that a newer one does not part the same person in two.
        return Vocabulary.Digest(bytes: Array(code)) ?? Vocabulary.Digest.sha256(of: Array(code))
    }
}
