import Foundation
import Trust
import Vocabulary

/// What a browser or program shows to be known again: 256 random bits. Only its digest is stored, so a stolen
/// database opens no session.
public struct SessionToken: Sendable, Hashable {
    /// `hs_` and 43 letters, digits, `-` and `_`.
    public let text: String

    private static let prefix = "hs_"

    public init(random: any RandomSource) { self.text = SessionToken.prefix + Base64URL.text(random.bytes(32)) }

    /// Nil for what cannot be a token, which then costs no read of the store.
    public init?(_ text: some StringProtocol) {
        guard text.hasPrefix(SessionToken.prefix), Base64URL.bytes(text.dropFirst(3))?.count == 32 else { return nil }
        self.text = String(text)
    }

    /// What is stored.
    public var digest: Digest { Digest.sha256(of: text.utf8) }
}

/// Base 64 for addresses and headers, RFC 4648 section 5, without padding.
enum Base64URL {
    static func text(_ bytes: [UInt8]) -> String {
        Data(bytes).base64EncodedString().replacing("+", with: "-").replacing("/", with: "_").replacing("=", with: "")
    }

    static func bytes(_ text: some StringProtocol) -> [UInt8]? {
        guard text.utf8.allSatisfy({ $0 != 0x2B && $0 != 0x2F && $0 != 0x3D }) else { return nil }
        let standard = String(text).replacing("-", with: "+").replacing("_", with: "/")
        let padded = standard + String(repeating: "=", count: (4 - standard.utf8.count % 4) % 4)
        return Data(base64Encoded: padded).map { Array($0) }
    }
}
