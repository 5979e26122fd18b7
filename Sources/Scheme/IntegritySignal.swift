import Vocabulary

/// A pattern that calls for a query, never for a verdict.
public struct IntegritySignal: Sendable, Hashable {
    public var id: String
    public var title: LocalizedText
    /// Thresholds by name: `share`, `from-values`, `factor`.
    public var thresholds: [String: Sourced<Double>]

    public init(id: String, title: LocalizedText, thresholds: [String: Sourced<Double>]) {
        self.id = id
        self.title = title
        self.thresholds = thresholds
    }
}
