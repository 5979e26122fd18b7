/// The languages Heng speaks; Simplified Chinese is written first.
public enum Language: String, Sendable, Codable, CaseIterable, Hashable {
    case zhHans = "zh-Hans"
    case en

    /// `zh`, `zh-CN`, `zh-Hans`, `en`, `en-GB` …; nil when Heng does not speak it.
    public init?(tag: some StringProtocol) {
        let lower = tag.lowercased()
        if lower.hasPrefix("zh") { self = .zhHans } else if lower.hasPrefix("en") { self = .en } else { return nil }
    }
}

/// A text that data carries in both languages side by side (`zh:` and `en:` in YAML).
public struct LocalizedText: Sendable, Hashable, Codable {
    public var zh: String
    public var en: String

    public init(zh: String, en: String) {
        self.zh = zh
        self.en = en
    }

    public subscript(language: Language) -> String { language == .zhHans ? zh : en }
}
