/// The system administrator's list of accounts.
public struct AccountsPage: Page, Decodable {
    public static let template = "accounts"
    public var title: String { heading.title }
    let heading: Heading
    let notice: Notice?
    let accounts: [Line]
    let createHref: String
    let fields: [FormField]
    let choices: [Choice]

    struct Line: Sendable, Decodable {
        let id: String
        let name: String
        let roles: String
        let belongs: String
    }
}
