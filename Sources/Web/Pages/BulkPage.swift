/// What an action on several items will do, before it does it.
public struct BulkPage: Page, Decodable {
    public static let template = "bulk"
    public var title: String { heading.title }
    let heading: Heading
    let notice: Notice?
    let effect: String
    let hasItems: Bool
    let head: [String]
    let items: [Line]
    let more: String?
    let refusedSentence: String
    let hasRefused: Bool
    let refused: [Line]
    let action: String
    let backHref: String
    /// Everything that the confirmation sends.
    let fields: [Hidden]
    let submitTitle: String

    struct Line: Sendable, Decodable {
        let item: String
        let text: String
    }

    struct Hidden: Sendable, Decodable {
        let name: String
        let value: String
    }
}
