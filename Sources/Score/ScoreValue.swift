import Vocabulary

/// One figure as it was given: its text, which is shown, and its double, which is computed with.
public struct ScoreValue: Sendable, Hashable, CustomStringConvertible {
    /// The figure as people wrote it: `417.221`.
    public let text: String
    /// The double nearest to the text; always finite.
    public let number: Double

    public init(_ decimal: ExactDecimal) {
        self.text = decimal.description
        self.number = decimal.doubleValue
    }

    /// A computed figure in the shortest notation that reads back as the same double.
    init(_ number: Double) {
        self.text = Figures.text(number)
        self.number = number
    }

    /// Reads decimal notation with an optional exponent (`12.5`, `-3`, `1.2e-3`); nil for anything else, grouping
    /// separators, infinities and hexadecimal digits included.
    public init?(_ text: some StringProtocol) {
        let bytes = Array(text.utf8)
        let allowed = bytes.allSatisfy { (48...57).contains($0) || [43, 45, 46, 69, 101].contains($0) }
        guard allowed, bytes.contains(where: { (48...57).contains($0) }), let number = Double(String(text)),
            number.isFinite
        else { return nil }
        self.text = String(text)
        self.number = number
    }

    public var description: String { text }
}
