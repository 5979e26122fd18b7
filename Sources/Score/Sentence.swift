import Vocabulary

/// A sentence of a score sheet: a key of the catalogue, its figures, and the titles that exist in both languages.
public struct Sentence: Sendable, Hashable {
    /// `score.log_between`.
    public let code: String
    /// Figures and ids, the same in every language.
    public let values: [String: String]
    /// Titles out of the scheme, chosen by language.
    public let titles: [String: LocalizedText]

    public init(_ code: String, _ values: [String: String] = [:], titles: [String: LocalizedText] = [:]) {
        self.code = code
        self.values = values
        self.titles = titles
    }

    /// What fills the sentence's named places in the language.
    public func values(in language: Language) -> [String: String] {
        values.merging(titles.mapValues { $0[language] }) { figure, _ in figure }
    }
}
