import Scheme
import Vocabulary

/// What the rows of a list add up to.
public enum ItemTally {
    /// The values that the distinct rows of a list give, by value id, with the indicator's places.
    ///
    /// An indicator without `itemCount` gives none: its list explains the figure and does not make it.
    public static func values(_ rows: [ItemRow], of indicator: Indicator) -> [String: ExactDecimal] {
        guard let count = indicator.itemCount else { return [:] }
        switch count {
        case .distinct:
            return [ownValueID(indicator): ExactDecimal(rows.count)]
        case .highest(let field):
            let highest = rows.compactMap { $0.fields[field].flatMap { ExactDecimal($0) } }.max()
            return [ownValueID(indicator): highest ?? .zero]
        case .byPart(let field):
            var values: [String: ExactDecimal] = [:]
            for part in indicator.parts where part.kind == .number {
                let number = rows.filter { $0.fields[field] == part.id }.count
                values["\(indicator.id).\(part.id)"] = ExactDecimal(number)
            }
            return values
        case .weighted(let field, let worth, let caps):
            return [ownValueID(indicator): weighted(rows, field, worth, caps, places: indicator.valuePlaces)]
        }
    }

    /// The value of a list whose rows are only counted, by value id.
    static func values(count: Int, of indicator: Indicator) -> [String: ExactDecimal] {
        [ownValueID(indicator): ExactDecimal(count)]
    }

    /// How many rows stand behind each code of the counting field, for people to check the sum by; in the scheme's
    /// order, codes without a row left out.
    public static func breakdown(_ rows: [ItemRow], of indicator: Indicator) -> [(code: String, rows: Int)] {
        let field: String
        let codes: [String]
        switch indicator.itemCount {
        case .weighted(let name, let worth, _): (field, codes) = (name, worth.map(\.code))
        case .byPart(let name): (field, codes) = (name, indicator.parts.map(\.id))
        default: return []
        }
        return codes.compactMap { code in
            let number = rows.filter { $0.fields[field] == code }.count
            return number == 0 ? nil : (code, number)
        }
    }

    /// Σ units of each row, where the rows of a cap's codes together are worth no more than the cap.
    private static func weighted(
        _ rows: [ItemRow], _ field: String, _ worth: [ItemUnits], _ caps: [UnitCap], places: Int
    ) -> ExactDecimal {
        var units: [String: ExactDecimal] = [:]
        for row in rows {
            guard let code = row.fields[field], let each = worth.first(where: { $0.code == code }) else { continue }
            units[code, default: .zero] = units[code, default: .zero] + exact(each.units.value)
        }
        var total = ExactDecimal.zero
        for cap in caps {
            let together = cap.codes.reduce(ExactDecimal.zero) { $0 + (units.removeValue(forKey: $1) ?? .zero) }
            total = total + min(together, exact(cap.units.value))
        }
        return units.values.reduce(total, +).rounded(places: places)
    }

    private static func exact(_ number: Double) -> ExactDecimal { ExactDecimal(rounding: number, places: 6) ?? .zero }

    private static func ownValueID(_ indicator: Indicator) -> String {
        guard let part = indicator.parts.first(where: { $0.kind == .number }) else { return indicator.id.rawValue }
        return "\(indicator.id).\(part.id)"
    }
}
