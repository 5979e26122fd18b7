/// The experts of a round: every marked indicator with its panel, what is owed, what lies apart.
public struct ExpertPanelsPage: Page, Decodable {
    public static let template = "expertpanels"
    public var title: String { heading.title }
    let heading: Heading
    let notice: Notice?
    let mayKeep: Bool
    let settleHref: String
    let groupsHref: String
    let indicators: [Line]

    struct Line: Sendable, Decodable {
        let id: String
        let number: String
        let title: String
        let state: StateWord
        let casesSentence: String
        let isDrawn: Bool
        let experts: String
        let href: String
        let progress: String
        let width: String
        let isDone: Bool
        let late: String?
        let remindHref: String?
        let divergent: String?
        let short: String?
        let drawHref: String?
        let fields: Choice
    }
}

/// One indicator's experts: how they were drawn, who owes what, every case with its marks once they may be seen.
public struct ExpertPanelPage: Page, Decodable {
    public static let template = "expertpanel"
    public var title: String { heading.title }
    let heading: Heading
    let crumbHref: String
    let crumb: String
    let notice: Notice?
    let drawSentence: String
    let repeatState: StateWord
    let logHref: String
    let seats: [Seat]
    let head: [String]
    let rows: [Row]
    let hasRows: Bool
    let none: EmptyState?
    let excluded: [Excluded]
    let hasExcluded: Bool

    struct Seat: Sendable, Decodable {
        let account: String
        let name: String
        let employer: String
        let panel: String
        let state: StateWord
        let progress: String
        let replaceHref: String?
        let fieldID: String
    }

    struct Row: Sendable, Decodable {
        let platform: String
        let isAnchor: Bool
        let marks: [String]
        let settled: String
        let spread: String
        let state: StateWord
    }

    struct Excluded: Sendable, Decodable {
        let account: String
        let name: String
        let reason: String
    }
}

/// How severe the experts are and how far they agree, for the panel.
public struct ExpertAgreementPage: Page, Decodable {
    public static let template = "expertagreement"
    public var title: String { heading.title }
    let heading: Heading
    let crumbHref: String
    let crumb: String
    let indicators: [Line]

    struct Line: Sendable, Decodable {
        let number: String
        let title: String
        let none: EmptyState?
        let hasFigures: Bool
        let single: String
        let singleBounds: String
        let mean: String
        let meanBounds: String
        let base: String
        let word: StateWord?
        let hasSeverity: Bool
        let severity: [Severity]
        let hasAnchors: Bool
        let anchors: [Anchor]
    }

    struct Severity: Sendable, Decodable {
        let name: String
        let account: String
        let mean: String
        let cases: String
        /// A bar from the middle: x and width in 0…100.
        let barX: String
        let barWidth: String
    }

    struct Anchor: Sendable, Decodable {
        let panel: String
        let mean: String
        let difference: String
    }
}
