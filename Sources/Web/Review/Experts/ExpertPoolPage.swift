/// The pool of experts: who is in it, what is known of them, taking in a file.
public struct ExpertPoolPage: Page, Decodable {
    public static let template = "expertpool"
    public var title: String { heading.title }
    let heading: Heading
    let notice: Notice?
    let address: String
    let query: String
    let choices: [Choice]
    let shown: String
    let hasRows: Bool
    let rows: [Row]
    let none: EmptyState?
    let formTitle: String
    let saveHref: String
    let version: String
    let fields: [FormField]
    let look: Look?
    let knows: [Check]
    let hasErrors: Bool
    let errors: [String]
    let retire: Retire?
    let newHref: String?
    let importHref: String
    let templateHref: String
    let columnsSentence: String
    let hasFaults: Bool
    let faultsSentence: String
    let faults: [Fault]
    let groupsHref: String
    let groups: String

    struct Row: Sendable, Decodable {
        let href: String
        let isCurrent: Bool
        let account: String
        let name: String
        let employer: String
        let group: String
        let fields: String
        let title: String
        let contact: String
        let state: StateWord
    }

    /// The chosen expert's contact: masked with a form that asks for a reason, or in clear with its entry.
    struct Look: Sendable, Decodable {
        let href: String
        let account: String
        let isOpen: Bool
        let contact: String
        let proof: ProofChip?
    }

    struct Check: Sendable, Decodable {
        let name: String
        let title: String
        let isChecked: Bool
    }

    struct Retire: Sendable, Decodable {
        let href: String
        let account: String
        let version: String
        let isRetired: Bool
    }

    struct Fault: Sendable, Decodable {
        let row: String
        let text: String
    }
}
