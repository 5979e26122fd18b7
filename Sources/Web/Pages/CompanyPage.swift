/// The company's page: where the submission stands, what is missing, what was returned, all its cells.
public struct CompanyPage: Page, Decodable {
    public static let template = "company"
    public var title: String { heading.title }
    let heading: Heading
    let notice: Notice?
    let state: StateWord
    let stateSentence: String
    /// Whole percent.
    let completeness: String
    let completenessSentence: String
    let submit: Submit?
    let daysLeft: String?
    let daysUnit: String
    let deadlineSentence: String
    let portState: StateWord
    let portSentence: String
    let portHref: String
    let hasReturned: Bool
    let returned: [Todo]
    let hasMissing: Bool
    let missing: [Todo]
    let sections: [Section]
    /// What stands against handing in, in words; empty where the company has nothing to hand in.
    let hindrances: [Hindrance]
    let hasHindrances: Bool
    /// What happened to the submission, newest first.
    let events: [Event]
    let hasEvents: Bool

    /// One thing to mend before handing in; a remark keeps nobody from it.
    struct Hindrance: Sendable, Decodable {
        let state: StateWord
        let text: String
        /// Where it is mended; nil where only waiting helps.
        let href: String?
        let link: String
    }

    struct Event: Sendable, Decodable {
        let instant: String
        let at: String
        let atFull: String
        let who: String
        let what: String
        let to: StateWord?
        let reason: String?
        let proof: ProofChip?
    }

    struct Submit: Sendable, Decodable {
        let isReady: Bool
        let title: String
        let href: String
        let action: String
        /// What will happen, or what is still missing.
        let effect: String
    }

    struct Todo: Sendable, Decodable {
        let href: String
        let title: String
        let text: String
    }

    struct Section: Sendable, Decodable {
        let n: String
        let title: String
        let doneSentence: String
        let href: String?
        let cells: [Cell]
    }

    struct Cell: Sendable, Decodable {
        let number: String
        let title: String
        let href: String?
        let mode: String
        let declared: Figure?
        let verified: Figure?
        let state: StateWord
    }
}
