import Scheme
import Vocabulary

/// What each column of a VALUES file means under a scheme.
struct ValuesColumns {
    enum Meaning: Hashable {
        case unit, type
        case value(id: String, check: Check)
        case evidence(IndicatorID)
        case completeness(IndicatorID)
        case ignored
    }

    /// What a figure must be, by the rule that reads it.
    enum Check: Hashable {
        case any, notNegative, mark, condition

        init(_ rule: Rule, part: String?) {
            switch rule {
            case .log, .tiers, .highestOnly, .perItem: self = .notNegative
            case .mark: self = .mark
            case .allConditions: self = .condition
            case .sumOfParts(let rules):
                let inner = rules.first { $0.part == part }
                self = inner.map { $0.dividedByTypeParameter == nil ? Check($0.rule, part: nil) : .notNegative } ?? .any
            case .linear, .efficacy, .identity: self = .any
            }
        }
    }

    private(set) var meanings: [Meaning] = []
    private(set) var findings: [Finding] = []
    let names: [String]

    private let scheme: IndicatorScheme
    private let known: [String: Meaning]

    init(header: [String], scheme: IndicatorScheme) {
        self.scheme = scheme
        self.names = header.map { $0.trimmingWhitespace() }
        self.known = ValuesColumns.known(scheme)
        // A file that does not have the column the scheme names has its units in the first.
        let named = scheme.values.unitColumn
        let first = names.first ?? ""
        let unitName = named.flatMap { names.contains($0) ? $0 : nil } ?? (known[first] == nil ? first : named ?? first)
        for (index, name) in names.enumerated() { meanings.append(meaning(name, index, unitName)) }
        if !meanings.contains(.unit) {
            findings.append(Finding(.error, "score.unit_column_missing", at: "row 1", ["column": unitName]))
        }
        checkTypeColumn()
        checkMissingColumns()
    }

    /// Column name → meaning, for all columns that the scheme knows.
    private static func known(_ scheme: IndicatorScheme) -> [String: Meaning] {
        var known: [String: Meaning] = [:]
        func add(_ id: String, _ meaning: Meaning) { known[scheme.values.columns[id] ?? id] = meaning }
        for indicator in scheme.indicators {
            let own = indicator.id.rawValue
            add(own, .value(id: own, check: Check(indicator.rule, part: nil)))
            for part in indicator.parts {
                let id = "\(own).\(part.id)"
                add(id, .value(id: id, check: part.kind == .mark ? .mark : Check(indicator.rule, part: part.id)))
            }
            for figure in indicator.auxiliaries {
                let id = "\(own).\(figure.id)"
                add(id, .value(id: id, check: figure.kind == .condition ? .condition : .any))
            }
            if scheme.evidenceWorth != nil {
                known["\(own).evidence"] = .evidence(indicator.id)
                known["\(own).completeness"] = .completeness(indicator.id)
            }
        }
        return known
    }

    private mutating func meaning(_ name: String, _ index: Int, _ unitName: String) -> Meaning {
        if names[..<index].contains(name) { return .ignored }
        if name == unitName { return .unit }
        if let typeColumn = scheme.values.typeColumn, name == typeColumn { return .type }
        if let meaning = known[name] { return meaning }
        if let near = resembling(name) {
            findings.append(
                Finding(.error, "score.column_misspelt", at: "row 1", ["column": name, "near": near]))
        } else if scheme.values.columns.isEmpty {
            findings.append(Finding(.warning, "score.column_unknown", at: "row 1", ["column": name]))
        }
        return .ignored
    }

    /// The known column that an unknown one was probably meant to be; only among columns that the file lacks.
    private func resembling(_ name: String) -> String? {
        let plain = ValuesColumns.plain(name)
        guard plain.count >= 4 else { return nil }
        let candidates = known.keys.filter { !names.contains($0) }.sorted()
        if let same = candidates.first(where: { ValuesColumns.plain($0) == plain }) { return same }
        if let dot = name.firstIndex(of: "."), scheme.indicator(IndicatorID(String(name[..<dot]))) != nil {
            return candidates.first { $0.hasPrefix(name[...dot]) } ?? String(name[..<dot])
        }
        return candidates.first { $0.count >= 6 && ValuesColumns.plain($0).isWithinTwoEdits(of: plain) }
    }

    private static func plain(_ name: String) -> [UInt8] {
        name.lowercased().utf8.filter { (97...122).contains($0) || (48...57).contains($0) || $0 == 46 }
    }

    private mutating func checkTypeColumn() {
        guard let name = scheme.values.typeColumn, !meanings.contains(.type), !scheme.types.isEmpty else { return }
        let severity: Finding.Severity = scheme.readsTypeParameters ? .error : .warning
        findings.append(Finding(severity, "score.type_column_missing", at: "row 1", ["column": name]))
    }

    /// A column that is not there is a value missing for all: said once, no fault by itself.
    private mutating func checkMissingColumns() {
        var present: Set<String> = []
        for case .value(let id, _) in meanings { present.insert(id) }
        if present.isEmpty {
            findings.append(Finding(.error, "score.columns_none", at: "row 1"))
            return
        }
        for indicator in scheme.indicators where !present.contains(indicator.id.rawValue) {
            let ids = indicator.scoredValueIDs
            let isDerived = (indicator.valueIDs + indicator.auxiliaryIDs).contains { present.contains($0) }
            if isDerived, ids == [indicator.id.rawValue] { continue }
            for id in ids where !present.contains(id) {
                let column = scheme.values.columns[id] ?? id
                findings.append(Finding(.warning, "score.column_missing", at: "row 1", ["column": column]))
            }
        }
    }
}

extension Indicator {
    /// The value ids that its rule reads.
    var scoredValueIDs: [String] {
        switch rule {
        case .perItem(let worths, _, _): return worths.map { "\(id).\($0.part)" }
        case .sumOfParts(let rules): return rules.map { "\(id).\($0.part)" }
        default: return [id.rawValue]
        }
    }

    /// The conditions of a yes/no: whichever of its figures are conditions.
    var conditions: [Part] { (parts + auxiliaries).filter { $0.kind == .condition } }
}

extension IndicatorScheme {
    /// True when a rule divides by a number of the unit's type.
    var readsTypeParameters: Bool {
        indicators.contains { indicator in
            guard case .sumOfParts(let rules) = indicator.rule else { return false }
            return rules.contains { $0.dividedByTypeParameter != nil }
        }
    }
}

extension [UInt8] {
    /// True when at most two insertions, deletions or replacements lead from one to the other.
    func isWithinTwoEdits(of other: [UInt8]) -> Bool {
        if abs(count - other.count) > 2 { return false }
        var previous = Swift.Array(0...other.count)
        for (i, byte) in enumerated() {
            var current = [i + 1]
            for (j, another) in other.enumerated() {
                current.append(
                    Swift.min(previous[j + 1] + 1, current[j] + 1, previous[j] + (byte == another ? 0 : 1)))
            }
            previous = current
        }
        return (previous.last ?? 3) <= 2
    }
}
