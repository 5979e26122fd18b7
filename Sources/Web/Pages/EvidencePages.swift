/// All files of one platform: how far they are read, and what was found in them.
public struct EvidenceListPage: Page, Decodable {
    public static let template = "evidence"
    public var title: String { heading.title }
    let heading: Heading
    let notice: Notice?
    /// Findings that stand, in one sentence.
    let summary: String
    let groups: [Group]
    let isEmpty: Bool
    let none: EmptyState?

    struct Group: Sendable, Decodable {
        let number: String
        let title: String
        let cards: [EvidenceCard]
    }
}

/// A file with its state and findings.
struct EvidenceCard: Sendable, Decodable {
    /// Unique on the page.
    let key: String
    /// `PDF`, `PNG` …
    let kind: String
    let name: String
    let href: String
    let requirement: String?
    let size: String
    let at: String
    let digest: String
    let digestShort: String
    let state: StateWord
    let note: String?
    let isPending: Bool
    let hasLines: Bool
    let lines: [EvidenceLine]
}

/// One finding in words, with its page and what may be done about it.
struct EvidenceLine: Sendable, Decodable {
    let key: String
    let tone: String
    let sign: String
    let text: String
    let pageHref: String?
    let pageTitle: String?
    /// Who overruled it and why.
    let overruled: String?
    let decision: Decision?

    /// The form by which a reviewer overrules a finding, or lets it stand again.
    struct Decision: Sendable, Decodable {
        let href: String
        let indicator: String
        let digest: String
        let finding: String
        /// `yes` overrules, `no` lets it stand again.
        let overrules: String
        let title: String
    }
}

/// One file beside its text: pages as pictures, zoom, go to a page.
public struct EvidenceViewPage: Page, Decodable {
    public static let template = "viewer"
    public var title: String { heading.title }
    let heading: Heading
    let state: StateWord
    let note: String?
    let isPending: Bool
    let digest: String
    /// The page that the reader came for.
    let start: String
    let pageCount: String
    let hasPages: Bool
    let pages: [Sheet]
    /// Further pages that are not on this page.
    let earlierHref: String?
    let laterHref: String?
    let hasLines: Bool
    let lines: [EvidenceLine]
    let hasTexts: Bool
    let texts: [PageWords]

    struct Sheet: Sendable, Decodable {
        let n: String
        let source: String
        let thumb: String
        let title: String
    }

    struct PageWords: Sendable, Decodable {
        let n: String
        let title: String
        let isScan: Bool
        let text: String
    }
}
