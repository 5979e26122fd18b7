/// Many accounts from a table: the form, and what came of it.
public struct AccountImportPage: Page, Decodable {
    public static let template = "accountimport"
    public var title: String { heading.title }
    let heading: Heading
    let notice: Notice?
    let hasFaults: Bool
    let faults: [Fault]
    let hasCreated: Bool
    let created: [Created]

    struct Fault: Sendable, Decodable {
        let place: String
        let message: String
    }

    struct Created: Sendable, Decodable {
        let row: String
        let account: String
        let name: String
        /// Shown this once; nil where the table gave one.
        let password: String?
    }
}
