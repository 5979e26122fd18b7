/// Judging drawn rows: the queue left, the row in the middle, its proof right.
public struct JudgePage: Page, Decodable {
    public static let template = "judge"
    public var title: String { heading.title }
    let heading: Heading
    let notice: Notice?
    let address: String
    let choices: [Choice]
    let progress: String
    /// 0…100.
    let percent: Int
    let isEmpty: Bool
    let none: EmptyState?
    let items: [Item]
    let nextHref: String?
    let selected: Selected?

    struct Item: Sendable, Decodable {
        let href: String
        let isCurrent: Bool
        let platform: String
        let indicator: String
        let text: String
        let state: StateWord
    }

    struct Selected: Sendable, Decodable {
        let kicker: String
        let title: String
        let pairs: [SampledListPage.Pair]
        let checks: [Notice]
        let mayJudge: Bool
        let mayJudgeBad: Bool
        let href: String
        let version: String
        let back: String
        let reasonCodes: [Choice]
        let note: String
        let skipHref: String?
        let papers: [ProofPaper]
        let history: [Notice]
    }

    /// A paper with its picture where it is one.
    struct ProofPaper: Sendable, Decodable {
        let paper: Paper
        let picture: String?
        /// A PDF, shown in the page.
        let document: String?
        let name: String
    }
}

/// The company's page of drawn rows: what is asked, until when, and where it is handed in.
public struct ProofsPage: Page, Decodable {
    public static let template = "proofs"
    public var title: String { heading.title }
    let heading: Heading
    let notice: Notice?
    let none: EmptyState?
    let lists: [ListLink]
    let list: Shown?
    let complete: Complete?

    struct ListLink: Sendable, Decodable {
        let href: String
        let isCurrent: Bool
        let title: String
        let progress: String
        let state: StateWord
    }

    struct Shown: Sendable, Decodable {
        let title: String
        let sentence: String
        let fairness: String
        let drawHref: String
        let takesProof: Bool
        let rows: [Row]
    }

    struct Row: Sendable, Decodable {
        let id: String
        let number: String
        let title: String
        let text: String
        let state: StateWord
        let takesProof: Bool
        let uploadHref: String
        let removeHref: String
        let label: String
        let papers: [Held]
    }

    struct Held: Sendable, Decodable {
        let paper: Paper
        let digest: String
        let takesProof: Bool
        let removeHref: String
        let removeLabel: String
    }

    struct Complete: Sendable, Decodable {
        let href: String
        let effect: String
    }
}
