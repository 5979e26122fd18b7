/// The public result: the ranking with its filters, its method in five lines, its downloads and its proof.
public struct ResultPage: Page, Decodable {
    public static let template = "result"
    public var title: String { heading.title }
    let heading: Heading
    let notice: Notice?
    let facts: [Fact]
    /// What is not public yet is not here at all.
    let isHidden: Bool
    let hidden: EmptyState?
    let address: String
    let query: String
    let choices: [Choice]
    let isFiltered: Bool
    let shown: String
    let sections: [SectionMark]
    let csvName: String
    let columns: [Column]
    let rows: [Row]
    let isEmpty: Bool
    let none: EmptyState?
    let note: String
    let explanation: [String]
    let methodHref: String
    let verifySentence: String
    let verification: Verification?
    let downloads: [Download]

    struct SectionMark: Sendable, Decodable {
        let n: String
        let title: String
    }

    struct Row: Sendable, Decodable {
        let rank: String
        let isTied: Bool
        /// Within the limited list.
        let isLimited: Bool
        let href: String
        let platform: String
        let `operator`: String
        let city: String
        let type: String
        let bar: StackedBar?
        let sectionPoints: [SectionPoints]
        let total: String
        let grade: String?
    }

    struct SectionPoints: Sendable, Decodable {
        let n: String
        let points: String
    }

    struct Verification: Sendable, Decodable {
        let size: String
        let root: String
        let digest: String
    }

    struct Download: Sendable, Decodable {
        let href: String
        let title: String
        let note: String
    }
}
