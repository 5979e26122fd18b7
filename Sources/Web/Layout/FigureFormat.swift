import Vocabulary
import Wording

/// Writes figures as the reader expects them: grouped, in ten thousands and hundred millions in Chinese, in k, M and bn
/// in English.
public enum FigureFormat {
    /// `1,234,567`; the digits after a point stay as they are.
    public static func grouped(_ number: some CustomStringConvertible) -> String {
        let text = number.description
        let negative = text.hasPrefix("-")
        let parts = (negative ? text.dropFirst() : Substring(text)).split(separator: ".", maxSplits: 1)
        guard let whole = parts.first else { return text }
        var out = ""
        for (index, digit) in whole.enumerated() {
            if index > 0, (whole.count - index) % 3 == 0 { out.append(",") }
            out.append(digit)
        }
        return (negative ? "-" : "") + out + (parts.count > 1 ? "." + parts[1] : "")
    }

    /// The short form: below 10 000 in full; above in ten thousands or hundred millions (k, M, bn) with at most four
    /// digits.
    public static func short(_ value: ExactDecimal, _ language: Language) -> String {
        let catalogue = Catalogue.of(language)
        let magnitude = value.coefficient.magnitude / power(value.places)
        for step in steps(language) where magnitude >= step.from {
            let scaled = value.doubleValue / Double(step.divisor)
            let places = abs(scaled) >= 1000 ? 0 : abs(scaled) >= 100 ? 1 : 2
            let digits = ExactDecimal(rounding: scaled, places: places).map(trimmed) ?? "\(scaled)"
            return catalogue.text("web.figure.\(step.key)", ["figure": grouped(digits)])
        }
        return grouped(value)
    }

    /// Without trailing zeros after the point: `12.50` → `12.5`.
    public static func trimmed(_ value: ExactDecimal) -> String {
        var text = value.description
        guard text.contains(".") else { return text }
        while text.hasSuffix("0") { text.removeLast() }
        if text.hasSuffix(".") { text.removeLast() }
        return text
    }

    /// Plain notation with so many digits after the point.
    public static func fixed(_ value: Double, places: Int) -> String {
        ExactDecimal(rounding: value, places: places)?.description ?? "0"
    }

    private static func power(_ exponent: Int) -> UInt64 { (0..<exponent).reduce(1) { all, _ in all * 10 } }

    private static func steps(_ language: Language) -> [(key: String, from: UInt64, divisor: UInt64)] {
        switch language {
        case .zhHans: [("hundred_million", 100_000_000, 100_000_000), ("ten_thousand", 10_000, 10_000)]
        case .en:
            [
                ("billion", 1_000_000_000, 1_000_000_000), ("million", 1_000_000, 1_000_000),
                ("thousand", 10_000, 1000),
            ]
        }
    }
}

extension FigureFormat {
    /// A double in its shortest form with at most two digits after the point.
    static func trimmedText(_ value: Double) -> String {
        ExactDecimal(rounding: value, places: 2).map(trimmed) ?? "\(value)"
    }
}
