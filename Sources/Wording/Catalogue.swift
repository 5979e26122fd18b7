import Foundation
import Vocabulary

/// All texts of one language, by dotted key; whole sentences with named places (`{limit}`).
public struct Catalogue: Sendable {
    public let language: Language
    /// Every key with its text.
    public let texts: [String: String]

    private static let zhHans = Catalogue(reading: .zhHans)
    private static let english = Catalogue(reading: .en)

    /// The embedded catalogue of the language, read once.
    public static func of(_ language: Language) -> Catalogue { language == .zhHans ? zhHans : english }

    /// Later files win over earlier ones only by a fault of ours; a test forbids a key that stands twice.
    private init(reading language: Language) {
        var all: [String: String] = [:]
        for bytes in CatalogueFiles.all(language) {
            let part = (try? JSONDecoder().decode([String: String].self, from: Data(bytes))) ?? [:]
            all.merge(part) { _, later in later }
        }
        self.language = language
        self.texts = all
    }

    /// The text with its places filled; a key without a text reads as the key itself, in brackets, so that it is seen.
    public func text(_ key: String, _ values: [String: String] = [:]) -> String {
        guard let template = texts[key] else { return "[\(key)]" }
        guard !values.isEmpty, template.contains("{") else { return template }
        var out = ""
        var rest = Substring(template)
        while let open = rest.firstIndex(of: "{"), let close = rest[open...].firstIndex(of: "}") {
            out += rest[..<open]
            let name = String(rest[rest.index(after: open)..<close])
            out += values[name] ?? "{\(name)}"
            rest = rest[rest.index(after: close)...]
        }
        return out + rest
    }

    public func text(_ failure: Failure) -> String { text(failure.code, failure.values) }
    public func text(_ finding: Finding) -> String { text(finding.code, finding.values) }
}
