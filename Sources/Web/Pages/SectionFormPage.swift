/// Filling in one section: sections left, forms in the middle, what a reviewer would return right.
public struct SectionFormPage: Page, Decodable {
    public static let template = "section"
    public var title: String { heading.title }
    let heading: Heading
    let notice: Notice?
    let companyHref: String
    let companyTitle: String
    let sections: [SectionLink]
    let cells: [Cell]
    let isEmpty: Bool
    let none: EmptyState?
    let hasConcerns: Bool
    let concerns: [CompanyPage.Todo]
    let deadlineSentence: String
    /// What can be filled in at once.
    let offers: [Offer]
    let hasOffers: Bool
    /// Whose unsent text the browser keeps.
    let account: String
    /// The API's address of the heartbeat.
    let presenceApi: String
    /// The reader may change something on the page.
    let mayEditAny: Bool

    /// An act that fills blank fields with what is known.
    struct Offer: Sendable, Decodable {
        let text: String
        let title: String
        let href: String
    }

    struct SectionLink: Sendable, Decodable {
        let n: String
        let title: String
        let href: String
        let isCurrent: Bool
        /// `11/14`.
        let done: String
        /// Whole percent.
        let width: String
    }

    struct Cell: Sendable, Decodable {
        let id: String
        let number: String
        let title: String
        let definition: String
        let state: StateWord
        let savedMark: String?
        let returnReason: String?
        /// Where the figure comes from when nobody types it.
        let source: String?
        let hasFields: Bool
        let saveHref: String
        /// The API's address for saving single fields.
        let draftApi: String
        /// Value id → version of the field, as JSON.
        let versions: String
        /// Value id → where an unchecked text came from, as JSON.
        let origins: String
        let version: String
        let fields: [FormField]
        /// Figures and list as a whole.
        let mayEdit: Bool
        /// Evidence may be added and removed.
        let mayAttach: Bool
        /// No field of the form is typed, so that there is nothing to save.
        let isCounted: Bool?
        let items: Items?
        let hasRequirements: Bool
        let requirements: [Requirement]
    }

    /// The list behind the figure.
    struct Items: Sendable, Decodable {
        let count: String
        let importHref: String
        let templateHref: String
        /// The API's address of the list.
        let api: String
        /// Of the indicator.
        let title: String
        let columnsSentence: String
        let hasErrors: Bool
        let errorsSentence: String
        let errors: [RowError]
        /// Rows may be changed in the table.
        let mayEditRows: Bool
        /// The list may be replaced by a file.
        let mayReplace: Bool
        let hasReturned: Bool
        /// Rows that were sent back one by one.
        let returned: [ReturnedRow]
        let hasRows: Bool
        let head: [String]
        let rows: [ChartView.Row]
    }

    struct RowError: Sendable, Decodable {
        let row: String
        let column: String
        let message: String
    }

    struct Requirement: Sendable, Decodable {
        let id: String
        /// Unique on the page.
        let key: String
        let title: String
        let isRequired: Bool
        let papers: [Paper]
        let uploadHref: String
    }
}
