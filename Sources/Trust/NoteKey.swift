import Crypto
import Foundation
import Vocabulary

/// Signs notes with Ed25519; holds the private key.
public struct NoteSigner: Sendable {
    /// The public half, which others check with.
    public let verifier: NoteVerifier
    private let key: Curve25519.Signing.PrivateKey

    /// - Parameters:
    ///   - name: A schema-less address such as `heng.example/log`; no spaces, no plus.
    ///   - seed: The 32 bytes of the private key (RFC 8032). Throws: `trust.key_unreadable`.
    public init(name: String, seed: [UInt8]) throws {
        do { self.key = try Curve25519.Signing.PrivateKey(rawRepresentation: seed) } catch {
            throw Failure("trust.key_unreadable", cause: error)
        }
        self.verifier = try NoteVerifier(name: name, publicKey: Array(key.publicKey.rawRepresentation))
    }

    /// Reads `PRIVATE+KEY+name+keyid+base64(0x01 ‖ seed)`, the form that note tools exchange. Throws:
    /// `trust.key_unreadable`.
    public init(reading text: String) throws {
        let parts = text.split(separator: "+", maxSplits: 4, omittingEmptySubsequences: false)
        guard parts.count == 5, parts[0] == "PRIVATE", parts[1] == "KEY",
            let encoded = Data(base64Encoded: String(parts[4])), encoded.first == 1
        else { throw Failure("trust.key_unreadable") }
        try self.init(name: String(parts[2]), seed: Array(encoded.dropFirst()))
        guard Hexadecimal.bytes(parts[3]) == verifier.keyID else { throw Failure("trust.key_unreadable") }
    }

    /// The private key, to be kept where only the server reads it.
    public var secretText: String {
        let encoded = Data([1] + key.rawRepresentation).base64EncodedString()
        return "PRIVATE+KEY+\(verifier.name)+\(Hexadecimal.text(verifier.keyID))+\(encoded)"
    }

    func sign(_ text: String) throws -> SignedNote.Signature {
        do {
            let signature = try key.signature(for: Data(text.utf8))
            return SignedNote.Signature(name: verifier.name, keyID: verifier.keyID, bytes: Array(signature))
        } catch { throw Failure("trust.key_unreadable", cause: error) }
    }
}

/// Checks Ed25519 signatures on notes.
public struct NoteVerifier: Sendable, Hashable {
    public let name: String
    /// 32 bytes (RFC 8032).
    public let publicKey: [UInt8]
    /// The first 4 bytes of SHA-256(name ‖ 0x0A ‖ 0x01 ‖ public key).
    public let keyID: [UInt8]

    /// Ed25519 among the signature types of C2SP signed-note.
    private static let ed25519: UInt8 = 1

    /// Throws: `trust.key_unreadable`.
    public init(name: String, publicKey: [UInt8]) throws {
        guard publicKey.count == 32, SignedNote.isKeyName(name) else { throw Failure("trust.key_unreadable") }
        self.name = name
        self.publicKey = publicKey
        let identity = Array(name.utf8) + [0x0A, NoteVerifier.ed25519] + publicKey
        self.keyID = Array(Vocabulary.Digest.sha256(of: identity).bytes.prefix(4))
    }

    /// Reads `name+keyid+base64(0x01 ‖ public key)`, the form that note tools exchange. Throws:
    /// `trust.key_unreadable`.
    public init(reading text: String) throws {
        let parts = text.split(separator: "+", maxSplits: 2, omittingEmptySubsequences: false)
        guard parts.count == 3, let encoded = Data(base64Encoded: String(parts[2])),
            encoded.first == NoteVerifier.ed25519
        else { throw Failure("trust.key_unreadable") }
        try self.init(name: String(parts[0]), publicKey: Array(encoded.dropFirst()))
        guard Hexadecimal.bytes(parts[1]) == keyID else { throw Failure("trust.key_unreadable") }
    }

    /// `name+keyid+base64(0x01 ‖ public key)`.
    public var description: String {
        let encoded = Data([NoteVerifier.ed25519] + publicKey).base64EncodedString()
        return "\(name)+\(Hexadecimal.text(keyID))+\(encoded)"
    }

    func verifies(_ signature: [UInt8], over text: String) -> Bool {
        guard let key = try? Curve25519.Signing.PublicKey(rawRepresentation: publicKey) else { return false }
        return key.isValidSignature(Data(signature), for: Data(text.utf8))
    }
}
