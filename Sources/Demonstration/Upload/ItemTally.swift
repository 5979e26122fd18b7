import Scheme
import Vocabulary

/// What the rows of a list come to by the scheme's own way of counting.
enum ItemTally {
    /// By value id; rows as field id → text, taken as distinct and good.
    static func values(_ rows: [[String: String]], of indicator: Indicator) -> [String: ExactDecimal] {
        guard let count = indicator.itemCount else { return [:] }
        switch count {
        case .distinct:
            let id = indicator.parts.first { $0.kind == .number }.map { "\(indicator.id).\($0.id)" }
            return [id ?? indicator.id.rawValue: ExactDecimal(rows.count)]
        case .weighted(let field, let worth, let caps):
            return [indicator.id.rawValue: weighted(rows, field: field, worth: worth, caps: caps, indicator)]
        case .byPart(let field):
            return indicator.parts.reduce(into: [:]) { result, part in
                result["\(indicator.id).\(part.id)"] = ExactDecimal(rows.count { $0[field] == part.id })
            }
        case .highest(let field):
            return [indicator.id.rawValue: ExactDecimal(rows.compactMap { Int($0[field] ?? "") }.max() ?? 0)]
        }
    }

    private static func weighted(
        _ rows: [[String: String]], field: String, worth: [ItemUnits], caps: [UnitCap], _ indicator: Indicator
    ) -> ExactDecimal {
        // Thousandths keep the sum exact.
        func thousandths(_ value: Double) -> Int { Int((value * 1000).rounded()) }
        var units: [String: Int] = [:]
        for entry in worth {
            units[entry.code] = rows.count { $0[field] == entry.code } * thousandths(entry.units.value)
        }
        for cap in caps {
            let sum = cap.codes.reduce(0) { $0 + (units[$1] ?? 0) }
            let over = sum - thousandths(cap.units.value)
            if over > 0, let first = cap.codes.first { units[first] = (units[first] ?? 0) - over }
        }
        let total = ExactDecimal(coefficient: Int64(units.values.reduce(0, +)), places: 3)
        return total.rounded(places: indicator.valuePlaces)
    }
}
