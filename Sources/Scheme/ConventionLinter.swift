import Vocabulary

/// Checks of what is agreed for the whole edition.
struct ConventionLinter {
    let scheme: IndicatorScheme
    let faults: Faults

    func run() {
        ranking()
        grades()
        evidence()
        sampling()
        experts()
        dictionaries()
        certificates()
        if let calendar = scheme.calendar {
            if !(1...12).contains(calendar.portMonthCount.value) {
                faults.add("port_months_out_of_range", at: "calendar.port-months")
            }
            if calendar.dataYear.value > calendar.cutOff.value.components.year {
                let values = ["year": String(calendar.dataYear.value), "cutOff": "\(calendar.cutOff.value)"]
                faults.add("data_year_after_cut_off", at: "calendar.data-year", values)
            }
        }
        let known = Set(scheme.indicators.flatMap { [$0.id.rawValue] + $0.valueIDs + $0.auxiliaryIDs })
        for id in scheme.values.columns.keys.sorted() where !known.contains(id) {
            faults.add("value_unknown", at: "values.columns.\(id)", ["id": id])
        }
    }

    private func ranking() {
        var seen: Set<String> = []
        let keys = scheme.ranking.limitedListOrder.map(\.value)
        for (index, key) in keys.enumerated() {
            let place = "ranking.limited-list.order[\(index)]"
            if !seen.insert(key).inserted { faults.add("order_repeats", at: place, ["key": key]) }
            if key == "lot" {
                if index != keys.count - 1 { faults.add("lot_not_last", at: place) }
            } else if key.hasPrefix("value:") {
                let id = IndicatorID(String(key.dropFirst(6)))
                if scheme.indicator(id) == nil { faults.add("value_unknown", at: place, ["id": id.rawValue]) }
            } else if !scheme.sections.contains(where: { $0.id == key }) {
                let known = scheme.sections.map(\.id).joined(separator: ", ")
                faults.add("order_unknown", at: place, ["key": key, "known": known])
            }
        }
        if let count = scheme.ranking.limitedListCount?.value, count < 1 {
            faults.add("number_not_positive", at: "ranking.limited-list.count")
        }
    }

    private func grades() {
        for (upper, lower) in zip(scheme.grades, scheme.grades.dropFirst()) where lower.floor.value >= upper.floor.value
        {
            let values = ["upper": "\(upper.floor.value)", "lower": "\(lower.floor.value)"]
            faults.add("grades_out_of_order", at: "grades[\(lower.id)].floor", values)
        }
    }

    private func evidence() {
        guard let worth = scheme.evidenceWorth else { return }
        for (kind, factors) in worth.factors {
            for (index, factor) in factors.enumerated() {
                let place = "evidence-worth.\(kind.rawValue)[\(index)]"
                if !(0...1).contains(factor.value) { faults.add("factor_out_of_range", at: place) }
                if index > 0, factor.value < factors[index - 1].value { faults.add("factors_fall", at: place) }
            }
        }
        let shares = [
            ("raised-declared", worth.raisedDeclared), ("completeness-threshold", worth.completenessThreshold),
            ("deviation-tolerance", worth.deviationTolerance),
        ]
        for (key, share) in shares where !(0...1).contains(share.value) {
            faults.add("factor_out_of_range", at: "evidence-worth.\(key)")
        }
        if worth.completenessThreshold.value == 0 {
            faults.add("number_not_positive", at: "evidence-worth.completeness-threshold")
        }
    }

    private func sampling() {
        guard let sampling = scheme.sampling else { return }
        let counts = [("draw", sampling.draw), ("draw-large", sampling.drawLarge)]
        for (key, count) in counts where count.value < 1 {
            faults.add("number_not_positive", at: "sampling.\(key)")
        }
        if !(0...1).contains(sampling.returnBelow.value) {
            faults.add("factor_out_of_range", at: "sampling.return-below")
        }
    }

    private func experts() {
        guard let marking = scheme.expertMarking else { return }
        let sum = marking.rubric.reduce(ExactDecimal.zero) { $0 + $1.points.value }
        if sum != ExactDecimal(100) { faults.add("rubric_not_hundred", at: "expert-marking.rubric", ["sum": "\(sum)"]) }
        for (index, line) in marking.rubric.enumerated() where line.steps.count != marking.bands.count {
            let values = ["steps": String(line.steps.count), "bands": String(marking.bands.count)]
            faults.add("rubric_steps", at: "expert-marking.rubric[\(index)].steps", values)
        }
        for (index, pair) in zip(marking.bands, marking.bands.dropFirst()).enumerated()
        where pair.1.from.value >= pair.0.from.value {
            faults.add("bands_out_of_order", at: "expert-marking.bands[\(index + 1)]")
        }
        if marking.atLeast.value > marking.experts.value || marking.atLeast.value < 1 {
            faults.add("experts_too_few", at: "expert-marking.at-least")
        }
        if marking.experts.value.isMultiple(of: 2) { faults.add("experts_even", at: "expert-marking.experts") }
    }

    private func dictionaries() {
        for dictionary in scheme.dictionaries {
            for entry in dictionary.entries {
                guard let parent = entry.parent, dictionary.entry(parent) == nil else { continue }
                let place = "dictionaries[\(dictionary.id)].entries[\(entry.code)].parent"
                faults.add("parent_unknown", at: place, ["code": entry.code, "parent": parent])
            }
        }
    }

    private func certificates() {
        for form in scheme.certificates {
            let place = "certificates[\(form.id)]"
            guard let pattern = try? Regex(form.pattern) else {
                faults.add("pattern_broken", at: "\(place).pattern", ["pattern": form.pattern])
                continue
            }
            if (try? pattern.wholeMatch(in: form.example)) == nil {
                let values = ["example": form.example, "pattern": form.pattern]
                faults.add("example_does_not_match", at: "\(place).example", values)
            }
        }
    }
}
