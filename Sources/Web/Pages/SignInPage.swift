/// Where people sign in.
public struct SignInPage: Page, Decodable {
    public static let template = "signin"
    public let title: String
    /// What was wrong with the last try, and what to do.
    let fault: String?
    /// Where to go after it.
    let next: String
    let account: String
    let hasDemonstrationAccounts: Bool
    let demonstrationAccounts: [DemonstrationAccount]

    struct DemonstrationAccount: Sendable, Decodable {
        let role: String
        let account: String
    }
}
