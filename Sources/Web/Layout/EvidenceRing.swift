import Scheme
import Vocabulary
import Wording

/// The ring of an evidence level: E0 hollow to E4 full, with its word.
struct EvidenceRing: Sendable, Decodable {
    let code: String
    let word: String
    /// The filled part as an SVG path; nil for the hollow ring.
    let arc: String?
    let title: String

    init(_ level: EvidenceLevel, _ language: Language) {
        let catalogue = Catalogue.of(language)
        code = "E\(level.rawValue)"
        word = catalogue.text("web.evidence.\(level)")
        title = catalogue.text("web.evidence.title", ["code": code, "word": word])
        switch level {
        case .declared: arc = nil
        case .inventory: arc = "M9 9V2A7 7 0 0 1 16 9Z"
        case .live: arc = "M9 9V2A7 7 0 0 1 9 16Z"
        case .challenged: arc = "M9 9V2A7 7 0 1 1 2 9Z"
        case .confirmed: arc = "M9 2A7 7 0 1 1 8.99 2Z"
        }
    }
}
