import Vocabulary

/// One indicator's block.
enum IndicatorReading {
    static func indicator(_ block: SchemeBlock) -> Indicator {
        let definition = block.text("definition", needsOrigin: true)
        let unit = unit(block, "unit", needsOrigin: true)
        let port = block.block("port", .port, required: false)
        let items = block.block("items", .items, required: false)
        return Indicator(
            number: block.whole("number") ?? 0, id: IndicatorID(block.string("id") ?? ""),
            title: block.text("title", needsOrigin: true), definition: definition, unit: unit.text,
            mode: block.choice("mode", CollectionMode.self)?.value ?? .given,
            subject: block.choice("subject", Subject.self)?.value ?? .platform,
            window: window(block), points: block.decimal("points") ?? Sourced(.zero, .default),
            weight: block.number("weight", required: false), rule: RuleReading.rule(block), valuePlaces: unit.places,
            missing: block.choice("missing", MissingPolicy.self)?.value ?? .zero,
            parts: block.blocks("parts", .part).map(part), items: items.map(ItemReading.fields) ?? [],
            evidence: evidence(block), portMeasure: port?.textValue("measure")?.value,
            evidenceClass: port?.choice("evidence-class", EvidenceClass.self)?.value ?? .none,
            isSampled: block.flagValue("sampled", required: false)?.value ?? false, ratio: ratio(block),
            auxiliaries: block.blocks("auxiliaries", .part).map(part), itemCount: items.flatMap(ItemReading.count),
            itemLimit: items?.wholeValue("at-most", required: false), lists: block.blocks("lists", .list).map(list),
            aspects: aspects(block), reductions: block.blocks("reductions", .reduction).map(reduction),
            zeroWithout: block.textValue("zero-without", required: false)?.value)
    }

    /// A unit with the digits after the point in which its values are given; both languages may write it alike.
    static func unit(_ block: SchemeBlock, _ key: String, needsOrigin: Bool) -> (text: LocalizedText, places: Int) {
        guard let unit = block.block(key, .unit) else { return (LocalizedText(zh: "", en: ""), 0) }
        let places = unit.whole("places", required: false) ?? 0
        if !(0...9).contains(places) { unit.faults.add("places_out_of_range", at: unit.path("places")) }
        return (unit.bothLanguages(needsOrigin: needsOrigin), min(max(places, 0), 9))
    }

    private static func window(_ block: SchemeBlock) -> Sourced<Window> {
        let choices = WindowReading.forms.joined(separator: ", ")
        let window = block.value("window", expected: "expected_window", values: ["choices": choices]) { node in
            node.scalar.flatMap { WindowReading.window($0.string) }
        }
        return window ?? Sourced(.given, .default)
    }

    private static func part(_ block: SchemeBlock) -> Part {
        let unit = unit(block, "unit", needsOrigin: false)
        let part = Part(
            id: block.string("id") ?? "", title: block.text("title"), unit: unit.text, valuePlaces: unit.places,
            kind: block.plainChoice("kind", Part.Kind.self, default: .number) ?? .number)
        block.recordSelf(part.title.zh)
        return part
    }

    private static func evidence(_ block: SchemeBlock) -> [EvidenceRequirement] {
        guard let evidence = block.block("evidence", .evidence, required: false) else { return [] }
        let list = evidence.blocks("requirements", .requirement, required: true).map { item in
            EvidenceRequirement(
                id: item.string("id") ?? "", title: item.text("title"),
                isRequired: item.flag("required", default: true),
                documents: item.strings("documents"))
        }
        evidence.recordSelf(list.map(\.title.zh).joined(separator: "; "))
        return list
    }

    private static func ratio(_ block: SchemeBlock) -> Ratio? {
        guard let ratio = block.block("ratio", .ratio, required: false) else { return nil }
        if !ratio.has("denominator") { ratio.faults.add("ratio_without_denominator", at: ratio.path) }
        let result = Ratio(
            numerator: ratio.textValue("numerator")?.value ?? "",
            denominator: ratio.textValue("denominator", required: false)?.value ?? "",
            denominatorAtLeast: ratio.number("denominator-at-least", required: false))
        return result
    }

    private static func reduction(_ block: SchemeBlock) -> Reduction {
        Reduction(
            without: block.textValue("without")?.value ?? "", factor: block.number("factor") ?? Sourced(1, .default))
    }

    private static func aspects(_ block: SchemeBlock) -> [LocalizedText] {
        guard let aspects = block.block("aspects", .aspects, required: false) else { return [] }
        let texts = aspects.blocks("texts", .text, required: true).map { $0.bothLanguages() }
        aspects.recordSelf(texts.map(\.zh).joined(separator: "; "))
        return texts
    }

    private static func list(_ block: SchemeBlock) -> OfficialListSource {
        block.recordSelf(block.node("id")?.scalar?.string ?? "")
        return OfficialListSource(
            id: block.string("id") ?? "", title: block.text("title"), issuer: block.text("issuer"),
            part: block.string("part") ?? "", year: block.whole("year") ?? 0, awards: block.strings("awards"),
            origin: block.origin?.origin ?? .default)
    }
}
