import Scheme
import Vocabulary

/// A VALUES file: one row a unit, one column a value id, empty = missing (`docs/cli.md`).
///
/// Beside the values it may carry, for schemes that weigh evidence, `INDICATOR.evidence` (`E0` … `E4`, `E0+` for E0 that
/// a reviewer raised, `waiting` for a source that has not answered) and `INDICATOR.completeness` (0…1).
public struct ValuesFile: Sendable, Hashable {
    /// In the file's order; rows with faults that leave no unit are not among them.
    public let units: [RatedUnit]
    /// All faults of the file; with one of severity `error` the file is wrong and is not to be scored.
    public let findings: [Finding]

    public var isUsable: Bool { !findings.contains { $0.severity == .error } }

    /// Reads UTF-8, with or without a byte order mark, LF or CRLF.
    public init(reading bytes: some Sequence<UInt8>, scheme: IndicatorScheme) {
        let table = DelimitedText(utf8: Array(bytes))
        // A short row may be a shifted one; what it lacks is not taken for missing.
        let faults = table.findings.map { Finding(.error, $0.code, at: $0.place, $0.values) }
        guard !table.header.isEmpty else {
            self.init(units: [], findings: faults)
            return
        }
        let columns = ValuesColumns(header: table.header, scheme: scheme)
        var reader = RowReader(scheme: scheme, columns: columns)
        for row in table.rows { reader.read(row) }
        var findings = faults + columns.findings + reader.findings
        if reader.units.isEmpty, findings.allSatisfy({ $0.severity != .error }) {
            findings.append(Finding(.error, "score.values_empty"))
        }
        self.init(units: reader.units, findings: findings)
    }

    private init(units: [RatedUnit], findings: [Finding]) {
        self.units = units
        self.findings = findings
    }

    /// The units as a VALUES file that reads back as the same units: every value id of the scheme in order, evidence
    /// columns only where a unit carries any.
    public static func text(_ units: [RatedUnit], scheme: IndicatorScheme) -> String {
        ValuesWriter(units: units, scheme: scheme).text()
    }
}

/// Rows of a VALUES file into units.
private struct RowReader {
    let scheme: IndicatorScheme
    let columns: ValuesColumns
    private(set) var units: [RatedUnit] = []
    private(set) var findings: [Finding] = []
    private var rowOfUnit: [String: Int] = [:]

    init(scheme: IndicatorScheme, columns: ValuesColumns) {
        self.scheme = scheme
        self.columns = columns
    }

    mutating func read(_ row: DelimitedText.Row) {
        var unit = RatedUnit(id: "", type: nil, values: [:])
        for (index, meaning) in columns.meanings.enumerated() {
            let text = row.fields[index].trimmingWhitespace()
            switch meaning {
            case .unit: unit.id = text
            case .type: unit.type = text.isEmpty ? nil : text
            case .ignored: break
            case _ where text.isEmpty: break
            case .value(let id, let check): unit.values[id] = value(text, check, row, index)
            case .evidence(let id): readEvidence(text, id, &unit, row, index)
            case .completeness(let id): readCompleteness(text, id, &unit, row, index)
            }
        }
        checkType(unit, row)
        if columns.meanings.contains(.unit), unit.id.isEmpty {
            fault(row, nil, "score.unit_empty", [:])
        } else if let first = rowOfUnit[unit.id] {
            fault(row, nil, "score.unit_twice", ["unit": unit.id, "first": "\(first)"])
        } else {
            rowOfUnit[unit.id] = row.number
            units.append(unit)
        }
    }

    private mutating func value(
        _ text: String, _ check: ValuesColumns.Check, _ row: DelimitedText.Row, _ index: Int
    ) -> ScoreValue? {
        guard let value = ScoreValue(text) else {
            fault(row, index, "score.number_bad", ["value": text])
            return nil
        }
        switch check {
        case .any: break
        case .notNegative where value.number < 0: fault(row, index, "score.value_negative", ["value": text])
        case .mark where !(0...100).contains(value.number):
            fault(row, index, "score.mark_out_of_range", ["value": text])
        case .condition where value.number != 0 && value.number != 1:
            fault(row, index, "score.condition_not_binary", ["value": text])
        case .notNegative, .mark, .condition: break
        }
        return value
    }

    private mutating func readEvidence(
        _ text: String, _ id: IndicatorID, _ unit: inout RatedUnit, _ row: DelimitedText.Row, _ index: Int
    ) {
        if text == "waiting" {
            unit.waiting.insert(id)
            return
        }
        let isRaised = text.hasSuffix("+")
        let digits = text.drop { $0 == "E" || $0 == "e" }.prefix { $0 != "+" }
        guard let level = Int(digits).flatMap(EvidenceLevel.init(rawValue:)), !isRaised || level == .declared else {
            fault(row, index, "score.evidence_bad", ["value": text])
            return
        }
        let completeness = unit.evidence[id]?.completeness ?? 1
        unit.evidence[id] = CellEvidence(level: level, isRaised: isRaised, completeness: completeness)
    }

    private mutating func readCompleteness(
        _ text: String, _ id: IndicatorID, _ unit: inout RatedUnit, _ row: DelimitedText.Row, _ index: Int
    ) {
        guard let share = ScoreValue(text)?.number, (0...1).contains(share) else {
            fault(row, index, "score.completeness_bad", ["value": text])
            return
        }
        // Without an evidence column the level itself counts in full.
        var evidence = unit.evidence[id] ?? CellEvidence(level: .confirmed)
        evidence.completeness = share
        unit.evidence[id] = evidence
    }

    private mutating func checkType(_ unit: RatedUnit, _ row: DelimitedText.Row) {
        guard let index = columns.meanings.firstIndex(of: .type), !scheme.types.isEmpty else { return }
        guard let name = unit.type else {
            if scheme.readsTypeParameters { fault(row, index, "score.type_empty", [:]) }
            return
        }
        if scheme.platformType(named: name) == nil {
            let types = scheme.types.map { $0.title.zh == $0.id ? $0.id : "\($0.title.zh) (\($0.id))" }
            fault(row, index, "score.type_unknown", ["value": name, "types": types.joined(separator: ", ")])
        }
    }

    private mutating func fault(
        _ row: DelimitedText.Row, _ column: Int?, _ code: String, _ values: [String: String]
    ) {
        var values = values
        values["row"] = "\(row.number)"
        var place = "row \(row.number)"
        if let column {
            values["column"] = columns.names[column]
            place += ", column \(columns.names[column])"
        }
        findings.append(Finding(.error, code, at: place, values))
    }
}
