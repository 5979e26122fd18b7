/// One account as those see it who keep accounts safe.
public struct AccountSecurityPage: Page, Decodable {
    public static let template = "accountsecurity"
    public var title: String { heading.title }
    let heading: Heading
    let notice: Notice?
    let state: StateWord
    /// Since when, by whom and why.
    let lockSentence: String?
    let factor: String
    let sessions: [SessionLine]
    let hasSessions: Bool
    let maySecure: Bool
    let actHref: String
    let actions: [Choice]

    struct SessionLine: Sendable, Decodable {
        let agent: String
        let agentTitle: String?
        let startedAt: String
        let expiresAt: String
    }
}
