import Crypto
import Foundation
import Trust
import Vocabulary

/// A one-time password that changes every half minute, as authenticator programs show it.
///
/// Source: RFC 6238 (TOTP) over RFC 4226 (HOTP): HMAC-SHA-1, six digits, steps of 30 s from 1970-01-01T00:00:00Z.
public struct OneTimePassword: Sendable, Hashable {
    /// 20 bytes, the length that RFC 4226 recommends.
    public let secret: [UInt8]

    public static let stepSeconds: Int64 = 30
    /// How many steps a clock may be off, either way.
    private static let tolerance: Int64 = 1

    public init(secret: [UInt8]) { self.secret = secret }
    public init(random: any RandomSource) { self.secret = random.bytes(20) }

    /// The step that an instant lies in.
    public static func step(at now: Instant) -> Int64 {
        let (step, rest) = now.milliseconds.quotientAndRemainder(dividingBy: stepSeconds * 1000)
        return rest < 0 ? step - 1 : step
    }

    /// The six digits of a step.
    public func code(step: Int64) -> String {
        let counter = withUnsafeBytes(of: UInt64(bitPattern: step).bigEndian) { Array($0) }
        let mac = Array(
            HMAC<Insecure.SHA1>.authenticationCode(for: counter, using: SymmetricKey(data: secret)))
        let offset = Int(mac[mac.count - 1] & 0x0F)
        let number = mac[offset..<(offset + 4)].reduce(UInt32(0)) { $0 << 8 | UInt32($1) } & 0x7FFF_FFFF
        return String("000000\(number % 1_000_000)".suffix(6))
    }

    /// The step whose code was typed, if it is a present one and later than the last that was used: no code works twice.
    public func step(of typed: String, at now: Instant, after last: Int64?) -> Int64? {
        let digits = typed.filter { !$0.isWhitespace }
        guard digits.count == 6, digits.allSatisfy({ $0.isASCII && $0.isNumber }) else { return nil }
        let present = Self.step(at: now)
        return (present - Self.tolerance...present + Self.tolerance).first { step in
            step > last ?? .min && code(step: step) == digits
        }
    }

    /// The secret as people type it: RFC 4648 base 32 without padding, in groups of four.
    public var base32: String {
        let letters = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567")
        var (text, buffer, bits) = ("", 0, 0)
        for byte in secret {
            buffer = (buffer << 8 | Int(byte)) & 0xFFFF
            bits += 8
            while bits >= 5 {
                bits -= 5
                text.append(letters[buffer >> bits & 31])
            }
        }
        if bits > 0 { text.append(letters[buffer << (5 - bits) & 31]) }
        return text
    }

    /// What an authenticator program reads out of a QR code.
    public func address(account: AccountID, issuer: String) -> String {
        var allowed = CharacterSet.alphanumerics
        allowed.insert(charactersIn: "-._~")
        func escaped(_ text: String) -> String { text.addingPercentEncoding(withAllowedCharacters: allowed) ?? "" }
        return
            "otpauth://totp/\(escaped(issuer)):\(escaped(account.rawValue))?secret=\(base32)&issuer=\(escaped(issuer))"
            + "&algorithm=SHA1&digits=6&period=30"
    }
}

/// Codes on paper for the day the phone is lost; each works once.
public enum RecoveryCode {
    /// Ten letters and digits that are not mistaken for one another, in two groups.
    public static func make(_ count: Int, random: any RandomSource) -> [String] {
        let letters = Array("abcdefghjkmnpqrstuvwxyz23456789")
        return (0..<count).map { _ in
            let chosen = String(random.bytes(10).map { letters[Int($0) % letters.count] })
            return chosen.prefix(5) + "-" + chosen.suffix(5)
        }
    }

    /// SHA-256 over the code without hyphens and case: 49 bits of chance need no slow hash behind a limit of tries.
    public static func digest(_ code: String) -> Vocabulary.Digest {
        Vocabulary.Digest.sha256(of: Array(code.lowercased().filter { $0.isLetter || $0.isNumber }.utf8))
    }
}
