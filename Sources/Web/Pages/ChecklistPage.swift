/// The formal checklist of one submission: what the machine found, what a person says, what the company is asked for.
public struct ChecklistPage: Page, Decodable {
    public static let template = "checklist"
    public var title: String { heading.title }
    let heading: Heading
    let notice: Notice?
    let state: StateWord
    /// How many lines stand against passing.
    let summary: Notice
    /// Why nothing can be decided here; nil when it can.
    let lockSentence: String?
    let parts: [Part]
    let supplement: Supplement?
    /// Where the submission is passed on, once nothing stands against it.
    let passHref: String?

    struct Part: Sendable, Decodable {
        let id: String
        let title: String
        let count: String
        /// What a person has to look at, or has.
        let lines: [Line]
        let hasSettled: Bool
        let settledTitle: String
        /// What the machine alone found to be met; out of the way.
        let settled: [Line]
    }

    struct Line: Sendable, Decodable {
        /// Unique on the page.
        let key: String
        let question: String
        /// The title of the indicator that it is about.
        let indicator: String?
        let found: String
        let result: StateWord
        let outcome: StateWord
        /// Who said what and when.
        let decision: String?
        let isSettled: Bool
        let form: Form?
    }

    struct Form: Sendable, Decodable {
        let key: String
        let href: String
        /// The automatic result that the reader sees.
        let automatic: String
        /// Nothing stands against the line: the form is out of the way.
        let isFolded: Bool
    }

    /// What failed, as the text of the notice to the company.
    struct Supplement: Sendable, Decodable {
        let text: String
        let rows: String
        let form: Ask?
        struct Ask: Sendable, Decodable {
            let href: String
            let version: String
            let text: String
        }
    }
}
