/// A form that two people saved: both values of every field that both changed, side by side.
public struct MergePage: Page, Decodable {
    public static let template = "merge"
    public var title: String { heading.title }

    let heading: Heading
    /// Where the chosen values go.
    let href: String
    let backHref: String
    /// The version that the choice replaces.
    let version: String
    /// Fields that merge by themselves, and what stands in all of them now.
    let kept: [Kept]
    let conflicts: [Conflict]

    struct Kept: Sendable, Decodable {
        let name: String
        let value: String
    }

    struct Conflict: Sendable, Decodable {
        let id: String
        let name: String
        let title: String
        let mine: String
        let theirs: String
        let mineTitle: String
        let mineText: String
        let theirsTitle: String
        let theirsText: String
    }
}
