/// Review: the list left, the form in the middle, the evidence right.
public struct QueuePage: Page, Decodable {
    public static let template = "queue"
    public var title: String { heading.title }
    let heading: Heading
    let notice: Notice?
    let address: String
    let choices: [Choice]
    let isEmpty: Bool
    let none: EmptyState?
    let shown: String
    let items: [Item]
    let selected: Selected?

    struct Item: Sendable, Decodable {
        let href: String
        let isCurrent: Bool
        let platform: String
        let number: String
        let indicator: String
        let declared: Figure?
        let at: String
    }

    struct Selected: Sendable, Decodable {
        let platform: String
        let `operator`: String
        let number: String
        let indicator: String
        let definition: String
        let declaredValues: [DeclaredValue]
        let declaredBy: String
        let rule: String
        /// What the machine found in the papers and figures.
        let checks: [Notice]
        let mayVerify: Bool
        let mayReturn: Bool
        let verifyHref: String
        let returnHref: String
        let version: String
        let fields: [FormField]
        let reasonDraft: String
        let returnEffect: String
        let reasonCodes: [Choice]
        let papers: [Paper]
        let history: Timeline?
    }

    struct DeclaredValue: Sendable, Decodable {
        let title: String
        let figure: Figure?
    }
}
