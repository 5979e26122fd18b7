import Vocabulary

/// Doubles as a scheme file writes them.
enum PlainNumber {
    /// `300000`, `0.2`; no exponent and no trailing zeros for magnitudes that schemes use.
    static func text(_ value: Double) -> String {
        if value.isFinite, value == value.rounded(), abs(value) < 1e15 { return String(Int64(value)) }
        return value.description
    }
}
