/// Signals that nobody has asked about, and queries with what was answered and decided.
public struct SignalsPage: Page, Decodable {
    public static let template = "signals"
    public var title: String { heading.title }
    let heading: Heading
    let notice: Notice?
    /// The authority sees signals; a company only what it was asked.
    let showsSignals: Bool
    let signalsSentence: String
    let hasSignals: Bool
    let signals: [Signal]
    let queriesTitle: String
    let hasQueries: Bool
    let none: EmptyState?
    let queries: [Query]

    struct Signal: Sendable, Decodable {
        /// Unique on the page.
        let id: String
        let title: String
        let place: String
        let text: String
        let rows: String?
        let key: String
        let askHref: String
        let mayAsk: Bool
        let draft: String
    }

    struct Query: Sendable, Decodable {
        let id: String
        let number: String
        let title: String
        let place: String
        let state: StateWord
        let text: String
        let rows: String?
        let question: String
        let asked: String
        let answer: String?
        let answered: String
        let hasPapers: Bool
        /// What came with the answer.
        let papers: [Paper]
        /// File fields of the answer.
        let uploads: [Upload]
        let decision: String?
        let reason: String
        let answerHref: String?
        let proposeHref: String?
        let verdicts: [Choice]
        let fields: [FormField]
        let decideHref: String?
    }

    struct Upload: Sendable, Decodable {
        let id: String
        let name: String
    }
}
