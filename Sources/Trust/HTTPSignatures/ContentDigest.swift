import Crypto
import Foundation
import RawStructuredFieldValues
import Vocabulary

/// The field `Content-Digest`: digests of a body as it was sent.
///
/// Source: RFC 9530, section 2.
public struct ContentDigest: Sendable, Hashable {
    /// SHA-256 of the body, when stated.
    public let sha256: [UInt8]?
    /// SHA-512 of the body, when stated.
    public let sha512: [UInt8]?

    /// Reads the field; algorithms that are not active in the registry of RFC 9530 are passed over.
    /// - Throws: `trust.digest_unsupported` when neither SHA-256 nor SHA-512 is stated, or the field is no dictionary of
    ///   byte sequences.
    public init(reading field: String) throws(Failure) {
        var found: [String: [UInt8]] = [:]
        do {
            var parser = StructuredFieldValueParser(Array(field.utf8))
            for (name, member) in try parser.parseDictionaryFieldValue() {
                guard case .item(let item) = member, case .undecodedByteSequence(let text) = item.rfc9651BareItem,
                    let bytes = Data(base64Encoded: text)
                else { continue }
                found[name] = Array(bytes)
            }
        } catch { throw Failure("trust.digest_unsupported", cause: error) }
        sha256 = found["sha-256"]
        sha512 = found["sha-512"]
        if sha256 == nil, sha512 == nil { throw Failure("trust.digest_unsupported") }
    }

    /// The field for a body.
    public static func field(of body: [UInt8]) -> String {
        "sha-256=:\(Data(Crypto.SHA256.hash(data: body)).base64EncodedString()):"
    }

    /// Whether every stated digest is the body's.
    /// - Parameter known: SHA-256 of the body, if it was computed already.
    public func fits(_ body: [UInt8], known: Vocabulary.Digest? = nil) -> Bool {
        if let sha256, sha256 != (known?.bytes ?? Array(Crypto.SHA256.hash(data: body))) { return false }
        if let sha512, sha512 != Array(Crypto.SHA512.hash(data: body)) { return false }
        return true
    }
}
