import Vocabulary
import Wording

/// What the demonstration writes into the round itself: reasons, titles, names.
struct DemoTexts: Sendable {
    let language: Language

    func text(_ key: String, _ values: [String: String] = [:]) -> String {
        Catalogue.of(language).text(key, values)
    }
}
