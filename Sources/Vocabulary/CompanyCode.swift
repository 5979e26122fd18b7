import Foundation

/// A unified social credit code that passes both of its checks.
///
/// 18 characters: registering authority (1), kind of body (2), region of registration (3–8, GB/T 2260), organisation
/// code with its own check (9–17, GB 11714-1997), check character (18). Digits and capital letters without I, O, S, V
/// and Z; letters are legal in positions 1 and 2 as well. A resident's identity number can pass the check of
/// position 18 by chance; the check of positions 9–17 tells most of them apart.
///
/// Source: GB 32100-2015 (ISO/IEC 7064-like, weights 3^i mod 31), GB 11714-1997 (mod 11).
public struct CompanyCode: Sendable, Hashable, Comparable, Codable, CustomStringConvertible {
    /// The 18 characters.
    public let text: String

    /// Strict: exactly the 18 characters in half-width capitals with both checks right, otherwise nil. Use `check` for
    /// text that people typed and for the reason.
    public init?(_ text: some StringProtocol) {
        guard CompanyCode.isValid(text.utf8) else { return nil }
        self.text = String(text)
    }

    init(proven text: String) { self.text = text }

    /// The region in which the body was registered, positions 3–8; it does not follow the company when it moves.
    public var region: RegionCode { RegionCode(rawValue: String(text.dropFirst(2).prefix(6))) }
    /// The organisation code, positions 9–17, without its hyphen.
    public var organisationCode: String { String(text.dropFirst(8).prefix(9)) }
    public var description: String { text }
    public static func < (a: CompanyCode, b: CompanyCode) -> Bool { a.text < b.text }

    public init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        let text = try container.decode(String.self)
        guard let value = CompanyCode(text) else {
            throw DecodingError.dataCorruptedError(in: container, debugDescription: "not a credit code: \(text)")
        }
        self = value
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(text)
    }
}

// MARK: - The fast check

extension CompanyCode {
    /// Whether the bytes are a code with both checks right; allocates nothing, made to be called for every row.
    ///
    /// - Parameter bytes: exactly the UTF-8 of the code: no spaces, capitals, half-width.
    @inlinable
    public static func isValid(_ bytes: some Collection<UInt8>) -> Bool {
        var sum: UInt32 = 0
        var weight: UInt32 = 1
        var organisationSum: UInt32 = 0
        var position = 0
        for byte in bytes {
            let value = CreditCodeTables.value32100(byte)
            guard position < 18, value < 31 else { return false }
            if position >= 8, position < 16 {
                organisationSum += CreditCodeTables.value11714(byte) * CreditCodeTables.weight11714(position - 8)
            } else if position == 16 {
                guard byte == CreditCodeTables.check11714(organisationSum) else { return false }
            }
            // The check character has weight 1 and makes the whole sum divisible by 31.
            sum += value * (position < 17 ? weight : 1)
            weight = weight * 3 % 31
            position += 1
        }
        return position == 18 && sum % 31 == 0
    }

    /// Whether positions 9–17 carry the right check of GB 11714, whatever stands elsewhere.
    public static func satisfiesGB11714(_ bytes: [UInt8]) -> Bool {
        guard bytes.count == 18, let check = CreditCodeTables.check11714(of: bytes[8..<16]) else { return false }
        return bytes[16] == check
    }

    /// Whether all 18 characters are legal and the last one is the right check of GB 32100.
    public static func satisfiesGB32100(_ bytes: [UInt8]) -> Bool {
        guard bytes.count == 18, let check = CreditCodeTables.check32100(of: bytes[0..<17]) else { return false }
        return bytes[17] == check
    }

    /// The code whose first 16 characters are `stem`, both check characters computed; with 17 characters the
    /// seventeenth must already be the right check of GB 11714. Nil for any other length or an illegal character.
    public static func completing(_ stem: some StringProtocol) -> CompanyCode? {
        var bytes = Array(stem.utf8)
        guard bytes.count == 16 || bytes.count == 17, let organisation = CreditCodeTables.check11714(of: bytes[8..<16])
        else { return nil }
        if bytes.count == 16 { bytes.append(organisation) }
        guard bytes[16] == organisation, let last = CreditCodeTables.check32100(of: bytes[0..<17]) else { return nil }
        bytes.append(last)
        return CompanyCode(proven: String(decoding: bytes, as: UTF8.self))
    }
}
