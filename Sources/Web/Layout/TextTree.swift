import Mustache
import Vocabulary
import Wording

/// The catalogue as templates reach it: `{{t.web.result.title}}`.
final class TextTree: MustacheParent, MustacheCustomRenderable, Sendable {
    private let key: String
    private let text: String?
    private let children: [String: TextTree]

    static let zhHans = TextTree(Catalogue.of(.zhHans))
    static let english = TextTree(Catalogue.of(.en))
    static func of(_ language: Language) -> TextTree { language == .zhHans ? zhHans : english }

    private convenience init(_ catalogue: Catalogue) {
        self.init(
            key: "", entries: catalogue.texts.map { ($0.key.split(separator: ".").map(String.init)[...], $0.value) })
    }

    private init(key: String, entries: [(path: ArraySlice<String>, text: String)]) {
        self.key = key
        self.text = entries.first { $0.path.isEmpty }?.text
        let deeper = Swift.Dictionary(grouping: entries.filter { !$0.path.isEmpty }) { $0.path.first ?? "" }
        self.children = deeper.reduce(into: [:]) { all, group in
            all[group.key] = TextTree(
                key: key.isEmpty ? group.key : "\(key).\(group.key)",
                entries: group.value.map { ($0.path.dropFirst(), $0.text) })
        }
    }

    /// A key without a text reads as the key itself, in brackets, so that it is seen.
    func child(named name: String) -> Any? {
        children[name] ?? TextTree(key: "\(key).\(name)", entries: [])
    }

    var renderText: String { text ?? "[\(key)]" }
    var isNull: Bool { false }
}
