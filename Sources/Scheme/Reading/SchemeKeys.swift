/// Every key a scheme file may carry, by the block it stands in; `docs/scheme-format.md` explains the same list.
public enum SchemeKeys: String, Sendable, CaseIterable {
    case scheme, calendar, values, type, total, precision, section, group, indicator, text, unit, value
    case linear, log, tiers, highestOnly = "highest-only", perItem = "per-item", allConditions = "all-conditions"
    case mark, sumOfParts = "sum-of-parts", efficacy, identity, tier, itemWorth = "item-worth", setCap = "set-cap"
    case partRule = "part-rule", part, items, distinct, weighted, byPart = "by-part", highest
    case unitCap = "unit-cap", field, evidence, requirement, port, ratio, reduction, list, aspects
    case ranking, limitedList = "limited-list", grade, evidenceWorth = "evidence-worth", sampling
    case expertMarking = "expert-marking", band, rubric, visibility, dictionary, entry, certificate, signal
    case switches = "switch"

    /// The keys in the order in which the documentation lists them.
    public var keys: [String] {
        let own = SchemeKeys.own[self] ?? []
        return originless.contains(self) ? own : own + ["origin", "document"]
    }

    /// These blocks hold others and hand no origin down, so that no value takes one by accident.
    private var originless: Set<SchemeKeys> { [.scheme, .section, .group, .indicator, .values] }

    private static let own: [SchemeKeys: [String]] = [
        .scheme: [
            "format", "id", "title", "edition", "zone", "calendar", "values", "types", "total", "precision",
            "sections", "ranking", "grades", "evidence-worth", "sampling", "expert-marking", "visibility",
            "dictionaries", "certificates", "signals", "switches",
        ],
        .calendar: [
            "data-year", "cut-off", "port-months", "on-time-days", "query-working-days",
            "review-working-days", "return-working-days", "recheck-working-days", "notice-working-days",
        ],
        .values: ["unit-column", "type-column", "columns"],
        .type: ["id", "title", "parameters"],
        .total: ["aggregation", "base", "bonus-cap"],
        .precision: ["level", "places"],
        .section: ["id", "title", "bonus", "weight", "aggregation", "points", "groups"],
        .group: ["id", "title", "aggregation", "points", "indicators"],
        .indicator: [
            "number", "id", "title", "definition", "unit", "mode", "subject", "window", "points", "weight", "rule",
            "missing", "parts", "auxiliaries", "items", "evidence", "port", "sampled", "ratio", "lists", "aspects",
            "reductions", "zero-without",
        ],
        .text: ["zh", "en"],
        .unit: ["zh", "en", "places"],
        .value: ["value"],
        .linear: ["kind", "floor", "target", "less-is-better"],
        .log: ["kind", "floor", "target", "foot"],
        .tiers: ["kind", "tiers"],
        .highestOnly: ["kind", "tiers"],
        .perItem: ["kind", "items", "set-caps", "cap"],
        .allConditions: ["kind"],
        .mark: ["kind"],
        .sumOfParts: ["kind", "parts"],
        .efficacy: ["kind", "low", "high"],
        .identity: ["kind"],
        .tier: ["at", "points", "title", "code"],
        .itemWorth: ["part", "each"],
        .setCap: ["parts", "cap"],
        .partRule: ["part", "points", "rule", "divided-by"],
        .part: ["id", "title", "unit", "kind"],
        .items: ["count", "at-most", "fields"],
        .distinct: ["kind"],
        .weighted: ["kind", "field", "worth", "caps"],
        .byPart: ["kind", "field"],
        .highest: ["kind", "field"],
        .unitCap: ["codes", "units"],
        .field: ["id", "title", "kind", "dictionary", "form", "required", "required-unless", "key", "personal"],
        .evidence: ["requirements"],
        .requirement: ["id", "title", "required", "documents"],
        .port: ["measure", "evidence-class"],
        .ratio: ["numerator", "denominator", "denominator-at-least"],
        .reduction: ["without", "factor"],
        .list: ["id", "title", "issuer", "part", "year", "awards"],
        .aspects: ["texts"],
        .ranking: ["within-type", "limited-list"],
        .limitedList: ["count", "order"],
        .grade: ["id", "title", "floor"],
        .evidenceWorth: ["stock", "activity", "raised-declared", "completeness-threshold", "deviation-tolerance"],
        .sampling: ["whole-up-to", "draw", "draw-large", "large-from", "return-below", "working-days"],
        .expertMarking: [
            "experts", "at-least", "trim-from", "reason-below", "reason-above", "panels-above", "anchor-cases",
            "case-characters", "case-pages", "bands", "rubric",
        ],
        .band: ["title", "from"],
        .rubric: ["title", "points", "steps"],
        .visibility: ["what", "who", "from"],
        .dictionary: ["id", "title", "entries"],
        .entry: ["code", "zh", "en", "parent", "counted", "aliases"],
        .certificate: ["id", "title", "pattern", "check", "example"],
        .signal: ["id", "title", "thresholds"],
        .switches: ["id", "title", "value"],
    ]

    /// The known key nearest to a mistyped one, at most three edits away; nil when none is near.
    static func nearest(to key: String, in known: [String]) -> String? {
        let ranked = known.map { ($0, editDistance(key, $0)) }.min { $0.1 < $1.1 }
        guard let (name, distance) = ranked, distance <= min(3, max(1, key.count / 2)) else { return nil }
        return name
    }

    /// Levenshtein distance in characters.
    static func editDistance(_ a: String, _ b: String) -> Int {
        let (a, b) = (Array(a), Array(b))
        var row = Array(0...b.count)
        for i in a.indices {
            var diagonal = row[0]
            row[0] = i + 1
            for j in b.indices {
                let above = row[j + 1]
                row[j + 1] = min(above + 1, row[j] + 1, diagonal + (a[i] == b[j] ? 0 : 1))
                diagonal = above
            }
        }
        return row[b.count]
    }
}
