/// The record of a check on site: a form on a phone, a paper when printed.
public struct SiteCheckPage: Page, Decodable {
    public static let template = "sitecheck"
    public var title: String { heading.title }
    let heading: Heading
    let notice: Notice?
    let state: StateWord
    let mayEdit: Bool
    let saveHref: String
    let version: String
    let fields: [FormField]
    let findings: String
    let items: [Item]
    /// What is printed and what others read.
    let pairs: [SampledListPage.Pair]
    let hasRecord: Bool
    let photographs: [Photograph]
    let uploadHref: String
    let sign: SamplesPage.Effect?
    let signatures: [String]
    let digest: String

    struct Item: Sendable, Decodable {
        let title: String
        let value: String
        let choice: Choice
        let noteID: String
        let noteName: String
        let noteLabel: String
        let note: String
        let finding: StateWord
    }

    struct Photograph: Sendable, Decodable {
        let href: String
        let name: String
        let at: String
    }
}

/// The platforms of a round with their checks on site.
public struct SiteChecksPage: Page, Decodable {
    public static let template = "sitechecks"
    public var title: String { heading.title }
    let heading: Heading
    let hasLines: Bool
    let none: EmptyState?
    let lines: [Line]

    struct Line: Sendable, Decodable {
        let href: String
        let platform: String
        let company: String
        let city: String
        let heldOn: String
        let signed: String
        let state: StateWord
    }
}

/// Who is given which platform.
public struct VerifiersPage: Page, Decodable {
    public static let template = "verifiers"
    public var title: String { heading.title }
    let heading: Heading
    let notice: Notice?
    let address: String
    let hasVerifiers: Bool
    let none: EmptyState?
    let choices: [Choice]
    let lines: [Line]

    struct Line: Sendable, Decodable {
        let platform: String
        let tasks: [Task]
    }

    struct Task: Sendable, Decodable {
        let title: String
        let people: [Person]
    }

    struct Person: Sendable, Decodable {
        let name: String
        let account: String
        let platform: String
        let task: String
        let removeHref: String
        let removeLabel: String
    }
}
