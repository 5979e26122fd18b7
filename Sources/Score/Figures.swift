import Vocabulary

/// Numbers as formulas and sentences show them: no grouping, a point, the same in every language.
enum Figures {
    /// Whole numbers without a point; others in the shortest notation that reads back as the same double.
    static func text(_ value: Double) -> String {
        if value == value.rounded(), abs(value) < 1e15 { return String(Int64(value)) }
        return value.description
    }

    /// At most six digits after the point, no zeros at the end: `1.523871`.
    static func result(_ value: Double) -> String {
        trimmed(Rounding.halfUp(value, places: 6).value)
    }

    /// A share of one as a percentage: 0.2 → `20`.
    static func percent(_ share: Double) -> String {
        trimmed(Rounding.halfUp(share * 100, places: 2).value)
    }

    /// Without zeros at the end: `1.50` → `1.5`.
    static func trimmed(_ value: ExactDecimal) -> String {
        var (coefficient, places) = (value.coefficient, value.places)
        while places > 0, coefficient % 10 == 0 {
            coefficient /= 10
            places -= 1
        }
        return ExactDecimal(coefficient: coefficient, places: places).description
    }
}
