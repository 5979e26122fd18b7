import Foundation

/// An exact decimal number: `coefficient × 10^-places`, at most 18 significant digits.
///
/// Points, sums and declared figures are kept in it, so that what is printed adds up on paper. Two numbers that are
/// equal in value are equal, whatever their places.
public struct ExactDecimal: Sendable, Hashable, Comparable, Codable, CustomStringConvertible {
    public let coefficient: Int64
    /// Digits after the decimal point, 0…9.
    public let places: Int

    public static let zero = ExactDecimal(coefficient: 0, places: 0)

    public init(coefficient: Int64, places: Int) {
        self.coefficient = coefficient
        self.places = places
    }

    public init(_ whole: Int) { self.init(coefficient: Int64(whole), places: 0) }

    /// Reads plain decimal notation (`-12.50`, `1500`); nil for anything else, for more than 9 places, and for more
    /// than 18 digits. Grouping separators and exponents are not read: they are where silent errors come from.
    public init?(_ text: some StringProtocol) {
        var coefficient: Int64 = 0
        var places = 0
        var digits = 0
        var negative = false
        var seenPoint = false
        for (index, byte) in text.utf8.enumerated() {
            switch byte {
            case UInt8(ascii: "-") where index == 0: negative = true
            case UInt8(ascii: ".") where !seenPoint && digits > 0: seenPoint = true
            case UInt8(ascii: "0")...UInt8(ascii: "9"):
                let (product, over) = coefficient.multipliedReportingOverflow(by: 10)
                let (sum, carry) = product.addingReportingOverflow(Int64(byte - 48))
                if over || carry || sum > 999_999_999_999_999_999 { return nil }
                coefficient = sum
                digits += 1
                if seenPoint { places += 1 }
            default: return nil
            }
        }
        guard digits > 0, places <= 9, !(seenPoint && places == 0) else { return nil }
        self.init(coefficient: negative ? -coefficient : coefficient, places: places)
    }

    /// The double rounded half up (away from zero for negatives) to `places`; nil when it is not finite or too large.
    ///
    /// The decimal that is rounded is the shortest one that reads back as the same double, so 1.005 rounds to 1.01 as
    /// a person expects, although the double lies a hair below.
    public init?(rounding value: Double, places: Int) {
        guard value.isFinite, abs(value) < 1e15 else { return nil }
        guard let decimal = Decimal(string: value.description, locale: Locale(identifier: "en_US_POSIX")) else {
            return nil
        }
        var source = decimal
        var rounded = Decimal()
        NSDecimalRound(&rounded, &source, places, .plain)
        let scaled = rounded * ExactDecimal.decimalPower(places)
        self.init(coefficient: Int64(truncating: scaled as NSDecimalNumber), places: places)
    }

    public var doubleValue: Double { Double(description) ?? 0 }

    /// The same value with exactly `places` digits after the point, half up where digits are lost.
    public func rounded(places target: Int) -> ExactDecimal {
        if target >= places {
            return ExactDecimal(coefficient: coefficient * ExactDecimal.power(target - places), places: target)
        }
        let divisor = ExactDecimal.power(places - target)
        let magnitude = coefficient.magnitude
        let quotient = Int64((magnitude + UInt64(divisor) / 2) / UInt64(divisor))
        return ExactDecimal(coefficient: coefficient < 0 ? -quotient : quotient, places: target)
    }

    public static func + (a: ExactDecimal, b: ExactDecimal) -> ExactDecimal {
        let places = max(a.places, b.places)
        return ExactDecimal(
            coefficient: a.rounded(places: places).coefficient + b.rounded(places: places).coefficient, places: places)
    }

    public static func - (a: ExactDecimal, b: ExactDecimal) -> ExactDecimal {
        a + ExactDecimal(coefficient: -b.coefficient, places: b.places)
    }

    public static func < (a: ExactDecimal, b: ExactDecimal) -> Bool {
        let places = max(a.places, b.places)
        return a.rounded(places: places).coefficient < b.rounded(places: places).coefficient
    }

    public static func == (a: ExactDecimal, b: ExactDecimal) -> Bool { !(a < b) && !(b < a) }

    public func hash(into hasher: inout Hasher) {
        var value = coefficient
        var digits = places
        while digits > 0, value % 10 == 0 {
            value /= 10
            digits -= 1
        }
        hasher.combine(value)
        hasher.combine(value == 0 ? 0 : digits)
    }

    /// Plain notation with exactly `places` digits after the point: `12.50`.
    public var description: String {
        let sign = coefficient < 0 ? "-" : ""
        let digits = String(coefficient.magnitude)
        guard places > 0 else { return sign + digits }
        let padded = String(repeating: "0", count: max(0, places + 1 - digits.count)) + digits
        let cut = padded.index(padded.endIndex, offsetBy: -places)
        return sign + padded[..<cut] + "." + padded[cut...]
    }

    /// A JSON number with its exact digits (`12.5`), or a string in the same notation when read.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        let text = try (try? container.decode(String.self)) ?? "\(container.decode(Decimal.self))"
        guard let value = ExactDecimal(text) else {
            throw DecodingError.dataCorruptedError(in: container, debugDescription: "not a plain decimal: \(text)")
        }
        self = value
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(Decimal(coefficient) / ExactDecimal.decimalPower(places))
    }

    private static func power(_ exponent: Int) -> Int64 {
        var result: Int64 = 1
        for _ in 0..<exponent { result *= 10 }
        return result
    }

    private static func decimalPower(_ exponent: Int) -> Decimal { Decimal(power(exponent)) }
}
