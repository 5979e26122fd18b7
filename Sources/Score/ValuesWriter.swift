import Scheme
import Vocabulary

/// Units as the text of a VALUES file.
struct ValuesWriter {
    let units: [RatedUnit]
    let scheme: IndicatorScheme

    func text() -> String {
        var header = [scheme.values.unitColumn ?? "unit"]
        var cells: [(RatedUnit) -> String] = [{ $0.id }]
        if let typeColumn = scheme.values.typeColumn {
            header.append(typeColumn)
            cells.append { $0.type ?? "" }
        }
        for indicator in scheme.indicators {
            for id in valueIDs(indicator) {
                header.append(scheme.values.columns[id] ?? id)
                cells.append { $0.values[id]?.text ?? "" }
            }
            guard scheme.evidenceWorth != nil else { continue }
            let id = indicator.id
            if units.contains(where: { $0.evidence[id] != nil || $0.waiting.contains(id) }) {
                header.append("\(id).evidence")
                cells.append { evidence($0, id) }
            }
            if units.contains(where: { $0.evidence[id].map { $0.completeness != 1 } ?? false }) {
                header.append("\(id).completeness")
                cells.append { $0.evidence[id].map { Figures.text($0.completeness) } ?? "" }
            }
        }
        var out = DelimitedText.line(header)
        for unit in units { out += DelimitedText.line(cells.map { $0(unit) }) }
        return out
    }

    /// The indicator's own id when any unit gives it or nothing else is read; its parts when it has any.
    private func valueIDs(_ indicator: Indicator) -> [String] {
        let own = indicator.id.rawValue
        let parts = indicator.parts.map { "\(own).\($0.id)" }
        let auxiliaries = indicator.auxiliaryIDs.filter { id in units.contains { $0.values[id] != nil } }
        let isOwnGiven = units.contains { $0.values[own] != nil }
        return (isOwnGiven || parts.isEmpty ? [own] + parts : parts) + auxiliaries
    }

    private func evidence(_ unit: RatedUnit, _ id: IndicatorID) -> String {
        if unit.waiting.contains(id) { return "waiting" }
        guard let evidence = unit.evidence[id] else { return "" }
        return "E\(evidence.level.rawValue)" + (evidence.isRaised ? "+" : "")
    }
}
