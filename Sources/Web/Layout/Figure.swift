import Vocabulary
import Wording

/// A figure in its short form, with the full one and the unit in its title and for copying.
public struct Figure: Sendable, Decodable {
    /// What is read: the short form.
    public let text: String
    public let unit: String?
    /// What the title says: the full form with its unit.
    public let full: String
    /// Plain digits for machines: `123456`.
    public let value: String

    /// - Parameter unit: in the reader's language; a unit that is already ten thousands takes hundred millions instead
    ///   of being doubled.
    public init(_ value: ExactDecimal, unit: String, _ language: Language) {
        let catalogue = Catalogue.of(language)
        self.value = value.description
        let grouped = FigureFormat.grouped(value)
        self.full = unit.isEmpty ? grouped : catalogue.text("web.figure.with_unit", ["figure": grouped, "unit": unit])
        if unit == catalogue.text("web.figure.money_unit"), value >= ExactDecimal(10_000), language == .zhHans {
            let scaled = ExactDecimal(rounding: value.doubleValue / 10_000, places: 2) ?? value
            self.text = FigureFormat.grouped(FigureFormat.trimmed(scaled))
            self.unit = catalogue.text("web.figure.large_money_unit")
        } else {
            self.text = FigureFormat.short(value, language)
            self.unit = unit.isEmpty ? nil : unit
        }
    }

    /// A whole count without a unit.
    public init(count: Int, _ language: Language) { self.init(ExactDecimal(count), unit: "", language) }

    /// A figure that is already words, such as a grade, or must be shown with all its digits, such as a total.
    init(text: String, unit: String? = nil) {
        self.text = text
        self.unit = unit
        self.full = unit.map { "\(text) \($0)" } ?? text
        self.value = text
    }
}
