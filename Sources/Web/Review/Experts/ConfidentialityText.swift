import Vocabulary
import Wording

/// The text that an expert signs before any case is shown.
struct ConfidentialityText: Sendable {
    /// Grows with every change of the text.
    let version = "1"
    let paragraphs: [String]
    /// Over the paragraphs as they were shown, a line each.
    let digest: Digest

    init(_ language: Language) {
        let catalogue = Catalogue.of(language)
        paragraphs = (1...5).map { catalogue.text("web.experts.pledge.p\($0)") }
        digest = Digest.sha256(of: Array(paragraphs.joined(separator: "\n").utf8))
    }
}
