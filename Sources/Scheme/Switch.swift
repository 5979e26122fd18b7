import Vocabulary

/// A yes/no choice of the edition.
public struct Switch: Sendable, Hashable {
    public var id: String
    public var title: LocalizedText
    public var value: Sourced<Bool>

    public init(id: String, title: LocalizedText, value: Sourced<Bool>) {
        self.id = id
        self.title = title
        self.value = value
    }
}
