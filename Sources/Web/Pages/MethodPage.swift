/// The method: every indicator with its points, its rule in words, and who stands behind each value.
public struct MethodPage: Page, Decodable {
    public static let template = "method"
    public var title: String { heading.title }
    let heading: Heading
    let facts: [Fact]
    let oursNote: String
    let sections: [Section]
    let conventions: [Convention]

    struct Section: Sendable, Decodable {
        let n: String
        let id: String
        let title: String
        let points: String
        let pointsSentence: String
        let groups: [Group]
    }

    struct Group: Sendable, Decodable {
        let title: String
        let pointsSentence: String
        let indicators: [Line]
    }

    struct Line: Sendable, Decodable {
        let number: String
        let id: String
        let title: String
        let mode: String
        let unit: String
        let window: String
        let windowIsOurs: Bool
        let definition: String
        let rule: String
        let ruleIsOurs: Bool
        let evidence: [String]
        let curve: Curve?
        let points: String
        let pointsAreOurs: Bool
    }

    /// The rule drawn: points over value.
    struct Curve: Sendable, Decodable {
        let n: String
        let path: String
        let end: String
    }

    struct Convention: Sendable, Decodable {
        let title: String
        let text: String
        let isOurs: Bool
    }
}
