/// What filling in has cost the companies of a round.
public struct BurdenPage: Page, Decodable {
    public static let template = "burden"
    public var title: String { heading.title }
    let heading: Heading
    /// The whole in one sentence.
    let summary: String
    let isEmpty: Bool
    let none: EmptyState
    /// Longest first.
    let lines: [Line]

    struct Line: Sendable, Decodable {
        let platform: String
        let typed: String
        let copied: String
        let prefilled: String
        let imported: String
        let rows: String
        let files: String
        let megabytes: String
        let minutes: String
        let returns: String
    }
}
