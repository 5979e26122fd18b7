import Crypto
import Foundation
import Vocabulary

/// A key that HTTP messages are signed or checked with.
public struct SignatureKey: Sendable {
    /// Names of the registry of RFC 9421, section 6.2.
    public enum Algorithm: String, Sendable, Hashable, CaseIterable, Codable {
        /// RFC 8032; only the signer can sign.
        case ed25519
        /// RFC 2104 with SHA-256; both sides hold the secret.
        case hmacSHA256 = "hmac-sha256"
    }

    private enum Material: Sendable {
        case ed25519Private(Curve25519.Signing.PrivateKey)
        case ed25519Public(Curve25519.Signing.PublicKey)
        case secret(SymmetricKey)
    }

    private let material: Material

    public var algorithm: Algorithm {
        switch material {
        case .ed25519Private, .ed25519Public: .ed25519
        case .secret: .hmacSHA256
        }
    }

    /// A key that checks. Throws `trust.key_unreadable` unless there are 32 bytes of a public key (RFC 8032).
    public static func ed25519(publicKey: [UInt8]) throws(Failure) -> SignatureKey {
        guard publicKey.count == 32, let key = try? Curve25519.Signing.PublicKey(rawRepresentation: publicKey) else {
            throw Failure("trust.key_unreadable")
        }
        return SignatureKey(material: .ed25519Public(key))
    }

    /// A key that signs and checks. Throws `trust.key_unreadable` unless there are 32 bytes.
    public static func ed25519(seed: [UInt8]) throws(Failure) -> SignatureKey {
        guard seed.count == 32, let key = try? Curve25519.Signing.PrivateKey(rawRepresentation: seed) else {
            throw Failure("trust.key_unreadable")
        }
        return SignatureKey(material: .ed25519Private(key))
    }

    /// A key that signs and checks. Throws `trust.key_unreadable` below 32 bytes: RFC 2104 asks for the hash's length.
    public static func hmacSHA256(secret: [UInt8]) throws(Failure) -> SignatureKey {
        guard secret.count >= 32 else { throw Failure("trust.key_unreadable") }
        return SignatureKey(material: .secret(SymmetricKey(data: secret)))
    }

    /// The 32 bytes others check with; nil for a shared secret.
    public var publicKey: [UInt8]? {
        switch material {
        case .ed25519Private(let key): Array(key.publicKey.rawRepresentation)
        case .ed25519Public(let key): Array(key.rawRepresentation)
        case .secret: nil
        }
    }

    /// - Throws: `trust.key_unreadable` when this is only the public half.
    public func sign(_ bytes: [UInt8]) throws(Failure) -> [UInt8] {
        switch material {
        case .ed25519Private(let key):
            do { return Array(try key.signature(for: bytes)) } catch {
                throw Failure("trust.key_unreadable", cause: error)
            }
        case .ed25519Public: throw Failure("trust.key_unreadable")
        case .secret(let key): return Array(HMAC<SHA256>.authenticationCode(for: bytes, using: key))
        }
    }

    /// In constant time for a shared secret.
    public func verifies(_ signature: [UInt8], of bytes: [UInt8]) -> Bool {
        switch material {
        case .ed25519Private(let key): key.publicKey.isValidSignature(signature, for: bytes)
        case .ed25519Public(let key): key.isValidSignature(signature, for: bytes)
        case .secret(let key): HMAC<SHA256>.isValidAuthenticationCode(signature, authenticating: bytes, using: key)
        }
    }
}
