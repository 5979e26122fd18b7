/// The log: its checkpoint, how to check it, its entries, newest first.
public struct LogPage: Page, Decodable {
    public static let template = "log"
    public var title: String { heading.title }
    let heading: Heading
    let checkpoint: Checkpoint?
    let start: String
    let hasEntries: Bool
    let empty: EmptyState?
    let entries: [Entry]
    let newerHref: String?
    let olderHref: String?

    struct Checkpoint: Sendable, Decodable {
        let origin: String
        let size: String
        let root: String
        /// The signed note, C2SP tlog-checkpoint.
        let note: String
    }

    struct Entry: Sendable, Decodable {
        let index: String
        let href: String
        let instant: String
        let at: String
        let atFull: String
        let kind: String
        let actor: String
        let subject: String
        let commitment: String
        let commitmentShort: String
    }
}
