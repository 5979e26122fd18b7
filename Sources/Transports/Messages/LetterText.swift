import Review
import Vocabulary
import Wording

/// What leaves the system as words: both channels say the same sentence.
struct LetterText: Sendable {
    /// The site's own address before `/`, for links; empty leaves them out.
    let site: String

    func subject() -> String { Catalogue.of(.zhHans).text("workflow.letter_subject") }

    /// The sentence in Chinese and where to act on it.
    func body(_ message: OutgoingMessage) -> String {
        let sentence = Catalogue.of(.zhHans).text(message.code, message.values)
        guard !site.isEmpty else { return sentence }
        let base = site.hasSuffix("/") ? String(site.dropLast()) : site
        return sentence + "\n" + base + message.address
    }
}
