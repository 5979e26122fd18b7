import Scheme
import Vocabulary

/// The conventions of an edition, each in a sentence.
struct ConventionWriter {
    let writer: MethodWriter
    private var scheme: IndicatorScheme { writer.scheme }
    private var language: Language { writer.language }

    func all() -> [MethodConvention] {
        [
            calendar(), ports(), precision(), missing(), bonus(), ranking(), limitedList(), grades(), evidence(),
            completeness(), sampling(), experts(), types(), visibility(), switches(),
        ].compactMap { $0 }
    }

    private func convention(_ key: String, _ values: [String: String], isOurs: Bool) -> MethodConvention {
        MethodConvention(
            title: writer.say("convention.\(key).title"), text: writer.say("convention.\(key).text", values),
            isOurs: isOurs)
    }

    private func joined(_ words: [String]) -> String { words.joined(separator: writer.say("word_separator")) }
    private func clauses(_ words: [String]) -> String { words.joined(separator: writer.say("clause_separator")) }

    private func calendar() -> MethodConvention? {
        guard let calendar = scheme.calendar else { return nil }
        let values = [
            "edition": scheme.edition, "year": String(calendar.dataYear.value), "cutOff": "\(calendar.cutOff.value)",
            "zone": scheme.zone,
        ]
        return convention("calendar", values, isOurs: calendar.cutOff.origin == .default)
    }

    private func ports() -> MethodConvention? {
        guard let calendar = scheme.calendar, scheme.indicators.contains(where: { $0.mode == .port }) else {
            return nil
        }
        let months = calendar.portMonths(cutOff: calendar.cutOff.value).map { "\($0)" }
        let values = ["months": joined(months), "days": String(calendar.onTimeDays.value)]
        return convention("ports", values, isOurs: calendar.portMonthCount.origin == .default)
    }

    private func precision() -> MethodConvention? {
        let key = scheme.precision.level == .indicator ? "precision" : "precision_index"
        return convention(key, ["places": String(scheme.precision.places)], isOurs: isOurs("precision"))
    }

    private func missing() -> MethodConvention? {
        guard scheme.indicators.allSatisfy({ $0.missing == .zero }) else { return nil }
        return convention("missing", [:], isOurs: isOurs("sections"))
    }

    private func isOurs(_ prefix: String) -> Bool {
        scheme.provenance.contains { $0.path.hasPrefix(prefix) && $0.origin == .default }
    }

    private func bonus() -> MethodConvention? {
        guard let cap = scheme.bonusCap, let base = scheme.basePoints else { return nil }
        let values = ["base": MethodNumber.points(base), "cap": MethodNumber.points(cap.value)]
        return convention("bonus", values, isOurs: cap.origin == .default)
    }

    private func ranking() -> MethodConvention? {
        let key = scheme.ranking.withinType && !scheme.types.isEmpty ? "ranking_types" : "ranking"
        return convention(key, [:], isOurs: isOurs("ranking"))
    }

    private func limitedList() -> MethodConvention? {
        guard let count = scheme.ranking.limitedListCount else { return nil }
        let keys = scheme.ranking.limitedListOrder.map { key -> String in
            if key.value == "lot" { return writer.say("order_lot") }
            if key.value.hasPrefix("value:") {
                let id = IndicatorID(String(key.value.dropFirst(6)))
                return writer.say("order_value", ["title": scheme.indicator(id)?.title[language] ?? id.rawValue])
            }
            let section = scheme.sections.first { $0.id == key.value }
            return writer.say("order_section", ["title": section?.title[language] ?? key.value])
        }
        return convention(
            "limited_list", ["count": String(count.value), "list": joined(keys)], isOurs: count.origin == .default)
    }

    private func grades() -> MethodConvention? {
        guard !scheme.grades.isEmpty else { return nil }
        let list = scheme.grades.map {
            writer.say(
                "grade", ["title": $0.title[language], "floor": MethodNumber.points($0.floor.value)])
        }
        return convention(
            "grades", ["list": joined(list)], isOurs: scheme.grades.contains { $0.floor.origin == .default })
    }

    private func evidence() -> MethodConvention? {
        guard let worth = scheme.evidenceWorth else { return nil }
        let values = [
            "stock": factors(worth.factors[.stock]), "activity": factors(worth.factors[.activity]),
            "raised": writer.number(worth.raisedDeclared.value),
        ]
        return convention("evidence", values, isOurs: worth.raisedDeclared.origin == .default)
    }

    private func factors(_ factors: [Sourced<Double>]?) -> String {
        joined((factors ?? []).enumerated().map { "E\($0.offset) × \(writer.number($0.element.value))" })
    }

    private func completeness() -> MethodConvention? {
        guard let worth = scheme.evidenceWorth else { return nil }
        let values = [
            "threshold": MethodNumber.percent(worth.completenessThreshold.value),
            "tolerance": MethodNumber.percent(worth.deviationTolerance.value),
        ]
        return convention("completeness", values, isOurs: worth.completenessThreshold.origin == .default)
    }

    private func sampling() -> MethodConvention? {
        guard let sampling = scheme.sampling else { return nil }
        let values = [
            "whole": String(sampling.wholeUpTo.value), "draw": String(sampling.draw.value),
            "drawLarge": String(sampling.drawLarge.value), "largeFrom": MethodNumber.points(sampling.largeFrom.value),
            "below": MethodNumber.percent(sampling.returnBelow.value), "days": String(sampling.workingDays.value),
        ]
        return convention("sampling", values, isOurs: sampling.draw.origin == .default)
    }

    private func experts() -> MethodConvention? {
        guard let marking = scheme.expertMarking else { return nil }
        let values = [
            "experts": String(marking.experts.value), "least": String(marking.atLeast.value),
            "trim": String(marking.trimFrom.value), "below": writer.number(marking.reasonBelow.value),
            "above": writer.number(marking.reasonAbove.value),
        ]
        return convention("experts", values, isOurs: marking.experts.origin == .default)
    }

    private func types() -> MethodConvention? {
        guard !scheme.types.isEmpty else { return nil }
        return convention("types", ["list": joined(scheme.types.map { $0.title[language] })], isOurs: isOurs("types"))
    }

    private func visibility() -> MethodConvention? {
        guard !scheme.visibility.isEmpty else { return nil }
        let seen = scheme.visibility.filter { $0.who == "public" }.map { rule in
            let values = ["what": writer.say("what.\(rule.what)"), "from": writer.say("from.\(rule.from.value)")]
            return writer.say(rule.from.value == "never" ? "seen_never" : "seen", values)
        }
        return convention("visibility", ["list": clauses(seen)], isOurs: isOurs("visibility"))
    }

    private func switches() -> MethodConvention? {
        guard !scheme.switches.isEmpty else { return nil }
        let list = scheme.switches.map {
            writer.say($0.value.value ? "switch_on" : "switch_off", ["title": $0.title[language]])
        }
        return convention("switches", ["list": clauses(list)], isOurs: isOurs("switches"))
    }
}
