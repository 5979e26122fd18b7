import Foundation
import Vocabulary

/// Figures as the method prints them: in units of ten thousand for people who read Chinese, 300,000 for others.
enum MethodNumber {
    static func text(_ value: Double, _ language: Language) -> String {
        guard value == value.rounded(), abs(value) < 1e15 else { return value.description }
        let whole = Int(value)
        if language == .zhHans {
            if whole != 0, whole.isMultiple(of: 100_000_000) { return "\(whole / 100_000_000)\u{4EBF}" }
            if whole != 0, whole.isMultiple(of: 10_000) { return "\(whole / 10_000)\u{4E07}" }
            return String(whole)
        }
        return grouped(whole)
    }

    /// Points without trailing zeros: `1.5`, `3`.
    static func points(_ value: ExactDecimal) -> String {
        var coefficient = value.coefficient
        var places = value.places
        while places > 0, coefficient.isMultiple(of: 10) {
            coefficient /= 10
            places -= 1
        }
        return ExactDecimal(coefficient: coefficient, places: places).description
    }

    /// A share as a percentage: `0.9` is `90%`.
    static func percent(_ share: Double) -> String {
        let value = (share * 10_000).rounded() / 100
        return (value == value.rounded() ? String(Int(value)) : value.description) + "%"
    }

    private static func grouped(_ whole: Int) -> String {
        var digits = Array(String(whole.magnitude))
        var index = digits.count - 3
        while index > 0 {
            digits.insert(",", at: index)
            index -= 3
        }
        return (whole < 0 ? "-" : "") + String(digits)
    }
}
