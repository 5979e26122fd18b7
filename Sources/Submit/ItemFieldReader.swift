import Foundation
import Scheme
import Vocabulary

/// Reads what stands in one column of an item list into the form in which it is stored.
struct ItemFieldReader: Sendable {
    /// What is wrong with a cell: the code of the text and its values.
    struct Fault: Error {
        let code: String
        var values: [String: String] = [:]
    }

    /// A case is described in at most so many characters; no other field needs more.
    static let longestText = 1500

    let field: ItemField
    private let choices: [String: Scheme.Dictionary.Entry]
    private let certificate: CertificateReader?

    init(field: ItemField, scheme: IndicatorScheme) throws(Failure) {
        self.field = field
        var choices: [String: Scheme.Dictionary.Entry] = [:]
        for entry in Self.dictionary(of: field, in: scheme)?.entries ?? [] {
            for name in [entry.code, entry.title.zh, entry.title.en] + entry.aliases {
                choices[TypedText.folded(name)] = entry
            }
        }
        self.choices = choices
        if case .certificate(let id) = field.kind, let form = scheme.certificates.first(where: { $0.id == id }) {
            self.certificate = try CertificateReader(form: form)
        } else {
            self.certificate = nil
        }
    }

    /// The dictionary that a field chooses from; nil for fields without one.
    static func dictionary(of field: ItemField, in scheme: IndicatorScheme) -> Scheme.Dictionary? {
        switch field.kind {
        case .choice(let id): return scheme.dictionary(id)
        case .region: return scheme.dictionary("regions")
        case .country: return scheme.dictionary("countries")
        default: return nil
        }
    }

    /// The stored form; nil for an empty cell.
    func read(_ typed: String) throws(Fault) -> String? {
        let text = TypedText.clean(typed)
        guard !text.isEmpty else { return nil }
        guard text.count <= Self.longestText else {
            throw Fault(code: "submit.row.too_long", values: ["limit": "\(Self.longestText)"])
        }
        switch field.kind {
        case .text:
            if TypedText.holdsIdentityNumber(text) { throw Fault(code: "submit.row.identity_number") }
            return text
        case .number: return try number(text)
        case .year: return try year(text)
        case .date: return try day(text)
        case .creditCode: return try creditCode(text)
        case .choice: return try choice(text)
        case .country: return choices.isEmpty ? text : try choice(text)
        case .region: return try region(text)
        case .certificate: return try certificateNumber(text)
        }
    }

    private func number(_ text: String) throws(Fault) -> String {
        guard let value = ExactDecimal(TypedText.halfWidth(text)) else {
            throw Fault(code: "submit.row.not_number", values: ["given": text])
        }
        guard value >= .zero else { throw Fault(code: "submit.row.negative", values: ["given": text]) }
        return value.description
    }

    private func year(_ text: String) throws(Fault) -> String {
        var digits = TypedText.halfWidth(text)
        if digits.hasSuffix("\u{5E74}") { digits.removeLast() }
        guard digits.utf8.count == 4, let year = Int(digits), (1900...2100).contains(year) else {
            throw Fault(code: "submit.row.not_year", values: ["given": text])
        }
        return "\(year)"
    }

    /// `2024-05-31`, `2024/5/31`, `2024.5.31`, the Chinese writing with its year, month and day signs, `20240531`.
    private func day(_ text: String) throws(Fault) -> String {
        let plain = TypedText.halfWidth(text)
        var parts = plain.split { "-/.\u{5E74}\u{6708}\u{65E5}".contains($0) }.map(String.init)
        if parts.count == 1, plain.utf8.count == 8 {
            parts = [String(plain.prefix(4)), String(plain.dropFirst(4).prefix(2)), String(plain.suffix(2))]
        }
        guard parts.count == 3, parts[0].utf8.count == 4, let year = Int(parts[0]), let month = Int(parts[1]),
            let day = Int(parts[2]), (1900...2100).contains(year),
            let value = CivilDay(year: year, month: month, day: day)
        else { throw Fault(code: "submit.row.not_date", values: ["given": text]) }
        return value.description
    }

    private func creditCode(_ text: String) throws(Fault) -> String {
        let check = CompanyCode.check(text)
        if let code = check.code { return code.text }
        let first = check.faults.first
        throw Fault(code: first?.code ?? "submit.row.not_code", values: first?.values ?? [:])
    }

    private func choice(_ text: String) throws(Fault) -> String {
        guard let entry = choices[TypedText.folded(text)] else {
            throw Fault(code: "submit.row.not_choice", values: ["given": text])
        }
        guard entry.isCounted else { throw Fault(code: "submit.row.choice_not_counted", values: ["given": text]) }
        return entry.code
    }

    private func region(_ text: String) throws(Fault) -> String {
        if let entry = choices[TypedText.folded(text)] { return entry.code }
        let digits = TypedText.halfWidth(text)
        guard digits.utf8.count == 6, digits.utf8.allSatisfy({ (48...57).contains($0) }) else {
            throw Fault(code: "submit.row.not_region", values: ["given": text])
        }
        return digits
    }

    private func certificateNumber(_ text: String) throws(Fault) -> String {
        guard let certificate else { return text }
        do {
            return try certificate.read(text)
        } catch {
            let values = ["given": text, "example": certificate.form.example]
            switch error {
            case .form: throw Fault(code: "submit.row.certificate_form", values: values)
            case .standardWithoutCount: throw Fault(code: "submit.row.standard_without_count", values: values)
            case .check(let found, let expected):
                let both = ["found": found, "expected": expected].merging(values) { own, _ in own }
                throw Fault(code: "submit.row.certificate_check", values: both)
            }
        }
    }
}
