/// What row-level data is held of a round, until when, and what was deleted.
public struct PrivacyPage: Page, Decodable {
    public static let template = "privacy"
    public var title: String { heading.title }
    let heading: Heading
    /// What is kept how long, as a sentence.
    let schedule: String
    let held: [Held]
    let isEmpty: Bool
    let none: EmptyState
    let deleted: [Deleted]
    let hasDeleted: Bool

    struct Held: Sendable, Decodable {
        let kind: String
        let platform: String
        let indicator: String
        let rows: String
        let due: String
        /// To the masked rows; nil for rows of the port and for those who may not.
        let href: String?
    }

    struct Deleted: Sendable, Decodable {
        let kind: String
        let platform: String
        let indicator: String
        let rows: String
        let at: String
        let digest: String
        let proof: ProofChip
    }
}

/// One list that tells of persons: masked, and in clear to who gives a reason.
public struct PersonalRowsPage: Page, Decodable {
    public static let template = "personal"
    public var title: String { heading.title }
    let heading: Heading
    let notice: Notice?
    let head: [String]
    let rows: [Row]
    let isEmpty: Bool
    let none: EmptyState
    /// Nil once the rows are open.
    let ask: Ask?
    /// The entry that the look left.
    let proof: ProofChip?

    struct Row: Sendable, Decodable {
        let number: String
        let cells: [String]
    }

    struct Ask: Sendable, Decodable { let href: String }
}
