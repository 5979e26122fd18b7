/// One entry of the log with its inclusion proof, which the reader's own browser recomputes.
public struct LogEntryPage: Page, Decodable {
    public static let template = "entry"
    public var title: String { heading.title }
    let heading: Heading
    let fields: [Field]
    /// `{leaf, index, size, path, root}` for the check in the browser.
    let inclusion: String
    let proofSentence: String
    let leafHash: String
    let path: [Step]
    let root: String
    let leaf: String
    let newerHref: String?
    let olderHref: String?

    struct Field: Sendable, Decodable {
        let title: String
        let text: String
    }

    struct Step: Sendable, Decodable {
        let title: String
        let hash: String
    }

    /// What the browser recomputes.
    struct Inclusion: Encodable {
        let leaf: String
        let index: Int
        let size: Int
        let path: [String]
        let root: String
    }
}
