/// Verification by sample of a round: what is drawn, how far it is, who owes what.
public struct SamplesPage: Page, Decodable {
    public static let template = "samples"
    public var title: String { heading.title }
    let heading: Heading
    let notice: Notice?
    let facts: [Fact]
    /// Lists that would be frozen and drawn; nil for who does not draw.
    let draw: Effect?
    let settle: Effect?
    let address: String
    let choices: [Choice]
    let hasLists: Bool
    let none: EmptyState?
    let shown: String
    let lists: [Line]
    let hasOffices: Bool
    let offices: [Office]

    struct Effect: Sendable, Decodable {
        let href: String
        let title: String
        let effect: String
    }

    struct Line: Sendable, Decodable {
        let href: String
        let platform: String
        let indicator: String
        let rows: String
        let drawn: String
        let proved: String
        let judged: String
        let share: String
        let state: StateWord
    }

    struct Office: Sendable, Decodable {
        let title: String
        let judged: String
        let all: String
        /// 0…100.
        let percent: Int
        let href: String
    }
}

/// One list: how it was drawn, what was found, what becomes of it.
public struct SampledListPage: Page, Decodable {
    public static let template = "sample"
    public var title: String { heading.title }
    let heading: Heading
    let notice: Notice?
    let state: StateWord
    let sentence: String
    let facts: [Fact]
    let drawing: Drawing?
    let acts: [Act]
    let proposal: Proposal?
    let history: [Notice]
    let bulk: Bulk?
    let hasRows: Bool
    let rows: [Row]

    struct Drawing: Sendable, Decodable {
        let pairs: [Pair]
        let freeze: ProofChip
        let draw: ProofChip
        let rule: String
        let strata: [Stratum]
        let drawn: String
        let apiHref: String
    }

    struct Pair: Sendable, Decodable {
        let title: String
        let text: String
    }

    struct Stratum: Sendable, Decodable {
        let name: String
        let rows: String
        let drawn: String
    }

    /// A form of its own with a reason and, where it needs one, a figure.
    struct Act: Sendable, Decodable {
        let id: String
        let href: String
        let title: String
        let effect: String
        let isMain: Bool
        let isWrong: Bool
        let hidden: [Hidden]
        let fields: [FormField]
        let reason: String?
    }

    struct Hidden: Sendable, Decodable {
        let name: String
        let value: String
    }

    struct Proposal: Sendable, Decodable {
        let text: String
        let by: String
    }

    struct Bulk: Sendable, Decodable {
        let href: String
        let effect: String
        let rows: [String]
        let numbers: String
    }

    struct Row: Sendable, Decodable {
        let href: String
        let number: String
        let text: String
        let office: String
        let proofs: String
        let state: StateWord
        let note: String
    }
}
