import Trust
import Vocabulary

/// A key that a platform's program sends data with: `hk_live_ID_SECRET`, or `hk_test_…` for the sandbox.
///
/// The id finds the key in a table and may be shown; the secret has 256 random bits, is shown once, and only the
/// digest of the whole key is stored.
public struct APIKey: Sendable, Hashable {
    public enum Realm: String, Sendable, Hashable, CaseIterable {
        /// Counts.
        case live
        /// The sandbox; never reaches a round that counts.
        case test
    }

    public let realm: Realm
    /// 12 hexadecimal digits.
    public let id: String
    /// The whole key, for its holder.
    public let text: String

    public init(_ realm: Realm, random: any RandomSource) {
        self.realm = realm
        self.id = Hexadecimal.text(random.bytes(6))
        self.text = "hk_\(realm.rawValue)_\(id)_\(Base64URL.text(random.bytes(32)))"
    }

    /// Nil for what cannot be a key.
    public init?(_ text: some StringProtocol) {
        let parts = text.split(separator: "_", maxSplits: 3, omittingEmptySubsequences: false)
        guard parts.count == 4, parts[0] == "hk", let realm = Realm(rawValue: String(parts[1])),
            parts[2].utf8.count == 12, Hexadecimal.bytes(parts[2]) != nil, parts[2].lowercased() == parts[2],
            Base64URL.bytes(parts[3])?.count == 32
        else { return nil }
        self.realm = realm
        self.id = String(parts[2])
        self.text = String(text)
    }

    /// What is stored: SHA-256 of the whole key. The secret's 256 bits need no slow hash.
    public var digest: Digest { Digest.sha256(of: text.utf8) }
    /// What may be shown in lists: `hk_live_ID_…`.
    public var shown: String { "hk_\(realm.rawValue)_\(id)_…" }
}
