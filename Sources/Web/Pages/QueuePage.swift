/// Review: the list left, the form in the middle, the evidence right.
public struct QueuePage: Page, Decodable {
    public static let template = "queue"
    public var title: String { heading.title }
    let heading: Heading
    let notice: Notice?
    let undo: Undo?
    let address: String
    let view: String
    let views: [ViewLink]
    let choices: [Choice]
    let switches: [Switch]
    let isFiltered: Bool
    let isEmpty: Bool
    let none: EmptyState?
    let shown: String
    let items: [Item]
    let earlierHref: String?
    let laterHref: String?
    let bulk: Bulk?
    let selected: Selected?

    /// What was just done, with the way back.
    struct Undo: Sendable, Decodable {
        let action: String
        let batch: String
        let back: String
    }

    struct ViewLink: Sendable, Decodable {
        let title: String
        let href: String
        let count: String
        let isCurrent: Bool
    }

    struct Switch: Sendable, Decodable {
        let name: String
        let title: String
        let isOn: Bool
    }

    struct Item: Sendable, Decodable {
        let href: String
        let isCurrent: Bool
        /// `P07/dcmm-level`.
        let name: String
        let chooseLabel: String
        let maySelect: Bool
        let platform: String
        let number: String
        let indicator: String
        let declared: Figure?
        let state: StateWord
        let due: String
        let isOverdue: Bool
        let marks: [String]
    }

    /// What can be done to several at once.
    struct Bulk: Sendable, Decodable {
        let action: String
        let back: String
        let acts: [Choice]
        let reasonCodes: [Choice]
        let colleagues: [Choice]
        let allTitle: String
    }

    struct Selected: Sendable, Decodable {
        let platform: String
        let `operator`: String
        let platformHref: String
        let number: String
        let indicator: String
        let definition: String
        let state: StateWord
        let clock: String?
        let assigned: String?
        let hasEarlier: Bool
        let earlierTitle: String
        let figures: [FigureLine]
        let declaredBy: String
        let rule: String
        let listLine: String?
        let listHref: String?
        /// What the machine found in the papers and figures, returns and signals.
        let checks: [Notice]
        let decide: Decide?
        let handOver: HandOver?
        let verify: Verify?
        let mayReturnOnly: Bool
        let papers: [Paper]
        let pictures: [Picture]
        let history: Timeline?
        let checklistHref: String?
        let queryHref: String?
    }

    /// Declared → verified of one figure.
    struct FigureLine: Sendable, Decodable {
        let title: String
        /// A row is there even where the item was never sent back, so that the columns agree.
        let hasEarlier: Bool
        let earlier: Figure?
        let declared: Figure?
        let verified: Figure?
        /// Verified less declared, with its sign.
        let difference: String
        /// The same in per cent of the declared figure.
        let deviation: String
    }

    struct Decide: Sendable, Decodable {
        let acceptHref: String
        let returnHref: String
        let version: String
        let back: String
        let next: String
        let mayAccept: Bool
        let hasRows: Bool
        let returnEffect: String
        let reasonCodes: [Choice]
    }

    struct HandOver: Sendable, Decodable {
        let href: String
        let version: String
        let back: String
        let next: String
        let colleagues: [Choice]
    }

    struct Verify: Sendable, Decodable {
        let href: String
        let version: String
        let back: String
        let next: String
        let fields: [FormField]
    }

    struct Picture: Sendable, Decodable {
        let href: String
        let name: String
    }
}
