import Vocabulary

/// One value of the scheme file and who stands behind it.
public struct Provenance: Sendable, Hashable {
    /// The key path: `sections[basic].groups[data].indicators[devices-connected].rule.floor`.
    public var path: String
    /// The line of the file, from 1.
    public var line: Int
    /// The value as written.
    public var text: String
    public var origin: Origin
    /// The number of the notice, for `decision`.
    public var document: String?

    public init(path: String, line: Int, text: String, origin: Origin, document: String?) {
        self.path = path
        self.line = line
        self.text = text
        self.origin = origin
        self.document = document
    }
}

extension IndicatorScheme {
    /// The values that nobody but us stands behind; a production round does not open while there are any.
    public var unconfirmed: [Provenance] { provenance.filter { $0.origin == .default } }
}
