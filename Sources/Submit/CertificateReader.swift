import Foundation
import Scheme
import Vocabulary

/// Reads a certificate's number by the form that the scheme names; compiled once, used for every row.
///
/// Source of the patent check: the numbering standard of the patent office (ZC 0006-2003): digits × (2…9, 2, 3, 4, 5),
/// mod 11, 10 is written X.
public struct CertificateReader: Sendable {
    /// Why a text is no number of the form.
    public enum Fault: Error, Sendable, Hashable {
        /// Does not look like the form at all.
        case form
        /// The check digit is wrong.
        case check(found: String, expected: String)
        /// A group, local or enterprise standard (T/, DB, Q/): neither national nor of an industry.
        case standardWithoutCount
    }

    public let form: CertificateForm
    private let expression: NSRegularExpression
    private let keepsSpaces: Bool

    /// - Throws: `submit.certificate_pattern` when the scheme's pattern is no regular expression.
    public init(form: CertificateForm) throws(Failure) {
        do {
            self.expression = try NSRegularExpression(pattern: "^(?:" + form.pattern + ")$")
        } catch {
            throw Failure("submit.certificate_pattern", ["form": form.id, "pattern": form.pattern], cause: error)
        }
        self.form = form
        self.keepsSpaces = form.pattern.contains(" ") || form.pattern.contains("\\s")
    }

    /// The number in its usual writing (capitals, plain hyphens, one space in a standard's number), or why it is none.
    public func read(_ typed: some StringProtocol) throws(Fault) -> String {
        let text = usual(typed)
        if form.id == "standard", ["T/", "DB", "Q/"].contains(where: { text.hasPrefix($0) }) {
            throw .standardWithoutCount
        }
        let range = NSRange(text.startIndex..., in: text)
        guard expression.firstMatch(in: text, range: range) != nil else { throw .form }
        switch form.check {
        case .none: break
        case .patent:
            let digits = text.utf8.filter { (48...57).contains($0) || $0 == 88 }
            guard digits.count == 13, let expected = Self.patentCheck(digits.prefix(12)) else { throw .form }
            let found = String(decoding: digits.suffix(1), as: UTF8.self)
            if found != expected { throw .check(found: found, expected: expected) }
        case .creditCode:
            guard CompanyCode(text) != nil else { throw .form }
        }
        return text
    }

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

    private func usual(_ typed: some StringProtocol) -> String {
        var out = String.UnicodeScalarView()
        let hyphens: Set<Unicode.Scalar> = ["\u{2010}", "\u{2011}", "\u{2012}", "\u{2013}", "\u{2014}", "\u{2212}"]
        let separated = typed.split(whereSeparator: \.isWhitespace).joined(separator: " ")
        for scalar in TypedText.halfWidth(separated).uppercased().unicodeScalars {
            if hyphens.contains(scalar) { out.append("-") } else if scalar != " " || keepsSpaces { out.append(scalar) }
        }
        let text = String(out)
        guard keepsSpaces, !text.contains(" ") else { return text }
        // `GB/T12345-2020` is written `GB/T 12345-2020`.
        guard let digit = text.firstIndex(where: \.isNumber), digit != text.startIndex else { return text }
        return text[..<digit] + " " + text[digit...]
    }
}
