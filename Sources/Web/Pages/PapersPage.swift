import Vocabulary

/// The company's papers: what to print, what to stamp, what was scanned, and whether a list keeps it out.
public struct PapersPage: Page, Decodable {
    public static let template = "papers"
    public var title: String { heading.title }

    let heading: Heading
    let notice: Notice?
    let papers: [Item]
    let eligibility: Eligibility

    struct Item: Sendable, Decodable {
        let id: String
        let title: String
        let text: String
        let state: StateWord
        let stateSentence: String
        let downloads: [Download]
        let scan: Scan?
        /// The scan is being read: the page looks again by itself.
        let isWaiting: Bool
        /// Nil for those who may not upload now.
        let uploadHref: String?
        /// For offices: nil where nothing is to be confirmed.
        let confirmHref: String?
    }

    struct Download: Sendable, Decodable {
        let title: String
        let href: String
    }

    /// What the machine read of a scan, and what a person has to look at, or has.
    struct Look: Sendable, Decodable {
        let machine: [String]
        let state: StateWord
        let person: String
    }

    struct Scan: Sendable, Decodable {
        let name: String
        let href: String
        let sentence: String
        let look: Look
    }
}

/// Whether a negative list keeps a company out, and what was said about it.
struct Eligibility: Sendable, Decodable {
    let state: StateWord
    let sentence: String
    let hasHits: Bool
    let hits: [Hit]

    struct Hit: Sendable, Decodable {
        let id: String
        let title: String
        let text: String
        let state: StateWord
        let words: [String]
        let list: String
        let row: String
        /// Where an answer or a decision goes; nil for readers only.
        let answerHref: String?
        let decideHref: String?
        /// What the operator's button does: `unblock` or `block`.
        let act: String
        let actTitle: String
        let wantsEvidence: Bool
    }
}

/// What an office can print, and where the papers of its platforms stand.
public struct OfficePapersPage: Page, Decodable {
    public static let template = "officepapers"
    public var title: String { heading.title }

    let heading: Heading
    let notice: Notice?
    let hasPapers: Bool
    let papers: [PapersPage.Item]
    let isEmpty: Bool
    let none: EmptyState?
    let platforms: [Row]

    struct Row: Sendable, Decodable {
        let name: String
        let company: String
        let href: String
        let declaration: StateWord
        let commitment: StateWord
        let eligibility: StateWord
        let downloads: [PapersPage.Download]
    }
}
