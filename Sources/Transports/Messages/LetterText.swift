import Review
import Vocabulary
import Wording

/// What leaves the system as words: both channels say the same sentence.
struct LetterText: Sendable {
    /// The site's own address before `/`, for links; empty leaves them out.
    let site: String

    func subject(_ language: Language) -> String { Catalogue.of(language).text("workflow.letter_subject") }

    /// The sentence in the reader's language and where to act on it.
    func body(_ message: OutgoingMessage) -> String {
        let sentence = Catalogue.of(message.language).text(message.code, message.values)
        guard !site.isEmpty else { return sentence }
        let base = site.hasSuffix("/") ? String(site.dropLast()) : site
        return sentence + "\n" + base + message.address
    }
}
