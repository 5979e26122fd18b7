/// One page for the owner of a drawn machine, opened by a link, without signing in; made for a phone.
public struct ConfirmationPage: Page, Decodable {
    public static let template = "confirmation"
    public var title: String { heading.title }
    let heading: Heading
    let notice: Notice?
    /// What the platform says of the machine.
    let pairs: [Pair]
    /// Nil once said.
    let form: Form?

    struct Pair: Sendable, Decodable {
        let title: String
        let text: String
    }

    struct Form: Sendable, Decodable {
        let action: String
        let choices: [Option]
    }

    struct Option: Sendable, Decodable {
        let id: String
        let value: String
        let title: String
    }
}
