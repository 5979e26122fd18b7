import Foundation
import Scheme

/// A certificate's number, read by the form that the scheme names.
///
/// Source of the patent check: WIPO ST.13 annex, China: digits × (2…9, 2, 3, 4, 5), mod 11, 10 is written X.
public struct CertificateNumber: Sendable, Hashable {
    /// Why a text is no number of the form.
    public enum Fault: Sendable, Hashable {
        /// Does not look like the form at all.
        case form
        /// The check digit is wrong.
        case check(found: String, expected: String)
        /// A group, local or enterprise standard (T/, DB, Q/): not of the nation or an industry.
        case standardOfNoCount
    }

    /// In its usual writing: capitals, one space between letters and number of a standard, hyphens plain.
    public let text: String

    /// The number in its usual writing, or why it is none.
    public static func reading(_ typed: some StringProtocol, as form: CertificateForm) -> Result<Self, FaultError> {
        let text = usual(typed, form: form)
        if form.id == "standard", isGroupOrLocal(text) { return .failure(FaultError(fault: .standardOfNoCount)) }
        guard matches(text, form.pattern) else { return .failure(FaultError(fault: .form)) }
        switch form.check {
        case .none: break
        case .patent:
            let digits = text.utf8.filter { (48...57).contains($0) || $0 == 88 }
            guard digits.count >= 13, let expected = patentCheck(digits.prefix(12)) else {
                return .failure(FaultError(fault: .form))
            }
            let found = String(decoding: digits.suffix(1), as: UTF8.self)
            if found != expected { return .failure(FaultError(fault: .check(found: found, expected: expected))) }
        case .creditCode:
            break
        }
        return .success(CertificateNumber(text: text))
    }

    /// `Fault` as an error, so that a `Result` can carry it.
    public struct FaultError: Error, Sendable, Hashable { public let fault: Fault }

    /// The check digit for the twelve digits of a Chinese patent number; nil when they are not twelve digits.
    public static func patentCheck(_ digits: some Collection<UInt8>) -> String? {
        guard digits.count == 12, digits.allSatisfy({ (48...57).contains($0) }) else { return nil }
        let weights = [2, 3, 4, 5, 6, 7, 8, 9, 2, 3, 4, 5]
        let rest = zip(digits, weights).reduce(0) { $0 + Int($1.0 - 48) * $1.1 } % 11
        return rest == 10 ? "X" : "\(rest)"
    }

    /// What the fifth digit of a patent number says: `invention`, `utility-model` or `design`; nil for other numbers.
    public static func patentKind(_ text: String) -> String? {
        let digits = Array(text.utf8.filter { (48...57).contains($0) })
        guard text.hasPrefix("ZL"), digits.count >= 12 else { return nil }
        switch digits[4] {
        case UInt8(ascii: "1"), UInt8(ascii: "8"): return "invention"
        case UInt8(ascii: "2"), UInt8(ascii: "9"): return "utility-model"
        case UInt8(ascii: "3"): return "design"
        default: return nil
        }
    }

    private static func usual(_ typed: some StringProtocol, form: CertificateForm) -> String {
        var out = String.UnicodeScalarView()
        let hyphens: Set<Unicode.Scalar> = ["\u{2010}", "\u{2011}", "\u{2012}", "\u{2013}", "\u{2014}", "\u{2212}"]
        let separated = typed.split(whereSeparator: \.isWhitespace).joined(separator: " ")
        let unified = TypedText.halfWidth(separated).uppercased()
        let keepsSpaces = form.pattern.contains(" ") || form.pattern.contains("\\s")
        for scalar in unified.unicodeScalars {
            if hyphens.contains(scalar) { out.append("-") } else if scalar != " " || keepsSpaces { out.append(scalar) }
        }
        let text = String(out)
        guard keepsSpaces, !text.contains(" ") else { return text }
        // `GB/T12345-2020` is written `GB/T 12345-2020`.
        guard let digit = text.firstIndex(where: \.isNumber), digit != text.startIndex else { return text }
        return text[..<digit] + " " + text[digit...]
    }

    private static func isGroupOrLocal(_ text: String) -> Bool {
        ["T/", "DB", "Q/"].contains { text.hasPrefix($0) }
    }

    private static func matches(_ text: String, _ pattern: String) -> Bool {
        guard let expression = try? NSRegularExpression(pattern: "^(?:" + pattern + ")$") else { return false }
        let range = NSRange(text.startIndex..., in: text)
        return expression.firstMatch(in: text, range: range)?.range == range
    }
}
