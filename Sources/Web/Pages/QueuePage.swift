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
        /// The file that is open beside the form, page by page.
        let preview: Preview?
        let files: [File]
        /// All files of the platform, where findings are overruled.
        let evidenceHref: String?
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

    /// One page of a file as a picture.
    struct Preview: Sendable, Decodable {
        let name: String
        let viewerHref: String
        let hasPage: Bool
        let image: String
        let title: String
        let page: String
        let pageCount: String
        /// `/evidence/DIGEST/pages/`, by which the script turns pages.
        let pages: String
        /// Both are there where the file has several pages, so that the script can turn back and on.
        let earlierHref: String?
        let laterHref: String?
        let isFirst: Bool
        let isLast: Bool
    }

    /// A file of the item with what was found in it; its name opens it beside the form.
    struct File: Sendable, Decodable {
        let kind: String
        let name: String
        let href: String
        let viewerHref: String
        let isCurrent: Bool
        let requirement: String?
        let note: String
        let state: StateWord
        let hasLines: Bool
        let lines: [EvidenceLine]
    }
}
