import Vocabulary

/// Checks of one indicator against itself and against the rest of the scheme.
struct IndicatorLinter {
    let scheme: IndicatorScheme
    let indicator: Indicator
    let path: String
    let faults: Faults

    func run() {
        if indicator.points.value <= .zero { faults.add("points_not_positive", at: "\(path).points") }
        let rules = RuleLinter(scheme: scheme, indicator: indicator, faults: faults)
        rules.check(indicator.rule, points: indicator.points.value, path: "\(path).rule")
        rules.checkParts(path: "\(path).rule")
        mode()
        window()
        ratio()
        lists()
        items()
        for reduction in indicator.reductions {
            let place = "\(path).reductions"
            let condition = indicator.auxiliaries.first { $0.id == reduction.without }
            if condition?.kind != .condition { faults.add("reduction_unknown", at: place, ["id": reduction.without]) }
            if !(0...1).contains(reduction.factor.value) { faults.add("factor_out_of_range", at: place) }
        }
        if let id = indicator.zeroWithout, !knownValues.contains(id) { unknownValue(id, at: "zero-without") }
    }

    /// Every value id of the scheme, parts and auxiliary figures included.
    private var knownValues: [String] {
        scheme.indicators.flatMap { [$0.id.rawValue] + $0.valueIDs + $0.auxiliaryIDs }
    }

    private func unknownValue(_ id: String, at key: String) {
        let near = SchemeKeys.nearest(to: id, in: knownValues)
        let place = "\(path).\(key)"
        if let near {
            faults.add("value_unknown_near", at: place, ["id": id, "near": near])
        } else {
            faults.add("value_unknown", at: place, ["id": id])
        }
    }

    private func mode() {
        switch indicator.mode {
        case .port:
            if indicator.portMeasure == nil { faults.add("port_missing", at: path) }
            if indicator.portMeasure != nil, indicator.evidenceClass == .none, scheme.evidenceWorth != nil {
                faults.add("evidence_class_missing", at: "\(path).port")
            }
        case .list:
            if indicator.lists.isEmpty { faults.add("lists_missing", at: path) }
        default: break
        }
        if indicator.mode != .port, indicator.portMeasure != nil {
            faults.add("port_unexpected", at: "\(path).port", ["mode": indicator.mode.rawValue])
        }
        if indicator.isSampled, indicator.items.isEmpty { faults.add("sampled_without_items", at: "\(path).sampled") }
        if indicator.isSampled, scheme.sampling == nil { faults.add("sampling_missing", at: "\(path).sampled") }
    }

    private func window() {
        if indicator.window.value != .given, scheme.calendar == nil {
            faults.add("calendar_missing", at: "\(path).window")
        }
        if indicator.mode == .port, indicator.window.value != .portMonthsMean, indicator.window.value != .end {
            let text = WindowReading.text(indicator.window.value)
            faults.add("window_not_for_port", at: "\(path).window", ["window": text])
        }
    }

    private func ratio() {
        guard let ratio = indicator.ratio else { return }
        for (key, id) in [("numerator", ratio.numerator), ("denominator", ratio.denominator)] where !id.isEmpty {
            if id == indicator.id.rawValue || !knownValues.contains(id) { unknownValue(id, at: "ratio.\(key)") }
        }
        if !ratio.denominator.isEmpty, ratio.numerator == ratio.denominator {
            faults.add("ratio_of_itself", at: "\(path).ratio.denominator", ["id": ratio.denominator])
        }
        if let least = ratio.denominatorAtLeast?.value, least <= 0 {
            faults.add("denominator_not_positive", at: "\(path).ratio.denominator-at-least")
        }
    }

    private func lists() {
        for list in indicator.lists where !indicator.parts.contains(where: { $0.id == list.part }) {
            faults.add("part_unknown", at: "\(path).lists[\(list.id)].part", partValues(list.part))
        }
    }

    private func partValues(_ id: String) -> [String: String] {
        ["part": id, "known": indicator.parts.map(\.id).joined(separator: ", ")]
    }

    private func items() {
        guard !indicator.items.isEmpty else { return }
        let place = "\(path).items"
        for field in indicator.items { check(field, at: "\(place).fields[\(field.id)]") }
        guard let count = indicator.itemCount else { return }
        switch count {
        case .distinct: break
        case .highest(let field), .byPart(let field), .weighted(let field, _, _):
            if !indicator.items.contains(where: { $0.id == field }) {
                faults.add("field_unknown", at: "\(place).count.field", ["field": field])
            }
        }
        if !indicator.items.contains(where: \.isKey) { faults.add("list_without_key", at: "\(place).fields") }
        if case .byPart(let field) = count { byPart(field, at: "\(place).count") }
        if case .weighted(let field, let worth, let caps) = count { weighted(field, worth, caps, at: "\(place).count") }
    }

    private func check(_ field: ItemField, at place: String) {
        switch field.kind {
        case .choice(let id) where scheme.dictionary(id) == nil:
            let known = scheme.dictionaries.map(\.id)
            if let near = SchemeKeys.nearest(to: id, in: known) {
                faults.add("dictionary_unknown_near", at: "\(place).dictionary", ["id": id, "near": near])
            } else {
                faults.add("dictionary_unknown", at: "\(place).dictionary", ["id": id])
            }
        case .certificate(let id) where !scheme.certificates.contains { $0.id == id }:
            let known = scheme.certificates.map(\.id).joined(separator: ", ")
            faults.add("certificate_unknown", at: "\(place).form", ["id": id, "known": known])
        default: break
        }
        if let other = field.requiredUnless, !indicator.items.contains(where: { $0.id == other }) {
            faults.add("field_unknown", at: "\(place).required-unless", ["field": other])
        }
    }

    /// The codes of a choice field; nil for other fields.
    private func codes(of field: String) -> [String]? {
        guard case .choice(let id) = indicator.items.first(where: { $0.id == field })?.kind else { return nil }
        return scheme.dictionary(id)?.entries.map(\.code)
    }

    private func byPart(_ field: String, at place: String) {
        for code in codes(of: field) ?? [] where !indicator.parts.contains(where: { $0.id == code }) {
            faults.add("part_unknown", at: "\(place).field", partValues(code))
        }
    }

    private func weighted(_ field: String, _ worth: [ItemUnits], _ caps: [UnitCap], at place: String) {
        guard let codes = codes(of: field) else { return }
        let stated = worth.map(\.code)
        for code in stated + caps.flatMap(\.codes) where !codes.contains(code) {
            faults.add("code_unknown", at: "\(place).worth", ["code": code, "known": codes.joined(separator: ", ")])
        }
        for code in codes where !stated.contains(code) {
            faults.add("code_without_worth", at: "\(place).worth", ["code": code])
        }
    }
}
