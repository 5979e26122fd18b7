import Scheme
import Vocabulary

/// A scored field in the forms that leave the house, the same bytes from the command line and from the server.
public struct ScoreDocument: Sendable {
    public let scheme: IndicatorScheme
    public let field: ScoreField

    /// What of the result is written; keys that are not shown are left out.
    public struct Parts: OptionSet, Sendable, Hashable {
        public let rawValue: Int
        public init(rawValue: Int) { self.rawValue = rawValue }
        /// `rank`, `rankInType` and `grade`.
        public static let ranks = Parts(rawValue: 1)
        public static let totals = Parts(rawValue: 2)
        public static let sections = Parts(rawValue: 4)
        public static let points = Parts(rawValue: 8)
        public static let all: Parts = [.ranks, .totals, .sections, .points]
    }

    public let parts: Parts

    public init(scheme: IndicatorScheme, field: ScoreField, parts: Parts = .all) {
        self.scheme = scheme
        self.field = field
        self.parts = parts
    }

    /// `{"scheme": id, "units": [{"unit", "type", "total", "rank", "rankInType", "grade", "sections", "points"}]}`, one
    /// line a unit, in the field's order, numbers with the digits they are published with; ends with a line feed.
    ///
    /// A unit that is not rated has null total and rank, and null where a figure is missing. A unit of which a cell
    /// waits for its source has one key more, `waiting`: the ids.
    public func json() -> String {
        let units = field.units.map { "\n    \(json($0))" }.joined(separator: ",")
        return "{\n  \"scheme\": \(JSONText.string(field.scheme.rawValue)),\n  \"units\": [\(units)\n  ]\n}\n"
    }

    /// The same figures as rows; header `unit,type,total,rank,rankInType,grade,sections.ID…,points.ID…`.
    public func csv() -> String {
        var header = ["unit", "type"]
        if parts.contains(.totals) { header.append("total") }
        if parts.contains(.ranks) { header += ["rank", "rankInType", "grade"] }
        if parts.contains(.sections) { header += scheme.sections.map { "sections.\($0.id)" } }
        if parts.contains(.points) { header += scheme.indicators.map { "points.\($0.id)" } }
        var out = DelimitedText.line(header)
        for unit in field.units { out += DelimitedText.line(row(unit)) }
        return out
    }

    private func row(_ unit: UnitScore) -> [String] {
        var row = [unit.unit, unit.type ?? ""]
        if parts.contains(.totals) { row.append(unit.total?.description ?? "") }
        if parts.contains(.ranks) {
            row += [unit.rank.map(String.init) ?? "", unit.rankInType.map(String.init) ?? "", unit.grade ?? ""]
        }
        if parts.contains(.sections) { row += unit.sheet.sections.map { points($0, unit)?.description ?? "" } }
        if parts.contains(.points) { row += unit.sheet.indicators.map { points($0, unit)?.description ?? "" } }
        return row
    }

    private func json(_ unit: UnitScore) -> String {
        var members = [
            ("unit", JSONText.string(unit.unit)), ("type", unit.type.map(JSONText.string) ?? "null"),
        ]
        if parts.contains(.totals) { members.append(("total", number(unit.total))) }
        if parts.contains(.ranks) {
            members.append(("rank", unit.rank.map(String.init) ?? "null"))
            members.append(("rankInType", unit.rankInType.map(String.init) ?? "null"))
            members.append(("grade", unit.grade.map(JSONText.string) ?? "null"))
        }
        if parts.contains(.sections) {
            let sections = unit.sheet.sections.map { ($0.id, number(self.points($0, unit))) }
            members.append(("sections", JSONText.object(sections)))
        }
        if parts.contains(.points) {
            let points = unit.sheet.indicators.map { ($0.id.rawValue, number(self.points($0, unit))) }
            members.append(("points", JSONText.object(points)))
        }
        let waiting = unit.sheet.indicators.filter { $0.state == .waiting }
        if !waiting.isEmpty {
            let ids = waiting.map { JSONText.string($0.id.rawValue) }.joined(separator: ", ")
            members.append(("waiting", "[\(ids)]"))
        }
        return JSONText.object(members)
    }

    private func number(_ value: ExactDecimal?) -> String { value?.description ?? "null" }

    private func points(_ line: IndicatorScore, _ unit: UnitScore) -> ExactDecimal? {
        unit.total == nil && line.state != .scored ? nil : line.points
    }

    private func points(_ section: SectionScore, _ unit: UnitScore) -> ExactDecimal? {
        let lines = section.groups.flatMap(\.indicators)
        return unit.total == nil && lines.contains { $0.state != .scored } ? nil : section.points
    }
}

/// JSON text written by hand, so that numbers keep their digits and members their order.
enum JSONText {
    static func object(_ members: [(String, String)]) -> String {
        "{" + members.map { "\(string($0.0)): \($0.1)" }.joined(separator: ", ") + "}"
    }

    static func string(_ text: String) -> String {
        var out = "\""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"": out += "\\\""
            case "\\": out += "\\\\"
            case "\n": out += "\\n"
            case "\r": out += "\\r"
            case "\t": out += "\\t"
            case _ where scalar.value < 32:
                out += "\\u00" + (scalar.value < 16 ? "0" : "") + String(scalar.value, radix: 16)
            default: out.unicodeScalars.append(scalar)
            }
        }
        return out + "\""
    }
}
