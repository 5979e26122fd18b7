/// An expert's work in a round: the confidentiality to sign first, then the short list of cases.
public struct ExpertListPage: Page, Decodable {
    public static let template = "expertlist"
    public var title: String { heading.title }
    let heading: Heading
    let notice: Notice?
    let none: EmptyState?
    let pledge: Pledge?
    let signedSentence: String?
    let groups: [Group]

    struct Pledge: Sendable, Decodable {
        let href: String
        let paragraphs: [String]
        let versionSentence: String
    }

    struct Group: Sendable, Decodable {
        let number: String
        let title: String
        let progress: String
        let width: String
        let isDone: Bool
        let cases: [Line]
    }

    struct Line: Sendable, Decodable {
        let href: String
        let platform: String
        let type: String
        let state: StateWord
        let mark: String?
        /// For the script that looks for marks kept on this device.
        let key: String
    }
}

/// One case: texts and evidence, the rubric beside it, the marks.
public struct ExpertCasePage: Page, Decodable {
    public static let template = "expertcase"
    public let title: String
    let crumbHref: String
    let crumb: String
    let number: String
    let indicator: String
    let platform: String
    let progress: String
    let width: String
    let previousHref: String?
    let nextHref: String?
    let notice: Notice?
    let definition: String
    let aspects: [String]
    let figures: [FigureLine]
    let cases: [CaseText]
    let casesNone: String?
    let papers: [Paper]
    let isMarkable: Bool
    let lock: Notice?
    let sittingSentence: String?
    let saveHref: String
    let draftHref: String
    let key: String
    let version: String
    let draftVersion: String
    let criteria: [Criterion]
    let mark: FormField
    let comment: Comment
    let errors: [String]
    let hasErrors: Bool
    let savedMark: String?
    let hasOthers: Bool
    let others: [Other]
    let othersSentence: String?
    let isDiscussed: Bool
    let remarks: [Remark]
    let remarkHref: String
    let conflictHref: String

    struct FigureLine: Sendable, Decodable {
        let title: String
        let declared: String
        let verified: String
    }

    struct CaseText: Sendable, Decodable {
        let number: String
        let title: String
        let fields: [Field]
        struct Field: Sendable, Decodable {
            let title: String
            let text: String
        }
    }

    struct Criterion: Sendable, Decodable {
        let id: String
        let name: String
        let title: String
        let most: String
        let value: String
        let steps: [Step]
        struct Step: Sendable, Decodable {
            let band: String
            let range: String
            let text: String
        }
    }

    struct Comment: Sendable, Decodable {
        let text: String
        let hint: String
        let limit: String
    }

    struct Other: Sendable, Decodable {
        let who: String
        let first: String
        let second: String
        let comment: String
    }

    struct Remark: Sendable, Decodable {
        let who: String
        let at: String
        let text: String
    }
}
