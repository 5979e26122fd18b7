/// One's own account: password, second factor, sessions.
public struct OwnAccountPage: Page, Decodable {
    public static let template = "ownaccount"
    public var title: String { heading.title }
    let heading: Heading
    let notice: Notice?
    let factorState: StateWord
    let factorLeft: String?
    let mayPropose: Bool
    let mayRemove: Bool
    /// While it is being set up.
    let proposal: Proposal?
    /// Codes on paper, shown once.
    let codes: [String]
    let hasCodes: Bool
    let sessions: [SessionLine]
    let hasOthers: Bool

    struct Proposal: Sendable, Decodable {
        let secret: String
        let grouped: String
        let address: String
    }

    struct SessionLine: Sendable, Decodable {
        let id: String
        let agent: String
        let agentTitle: String?
        let startedAt: String
        let expiresAt: String
        let isCurrent: Bool
    }
}
