import Review
import Scheme
import Vocabulary
import Wording

/// The words of this area's pages for stages, rows and places.
struct SampleWords: Sendable {
    let scheme: IndicatorScheme
    let language: Language

    func say(_ key: String, _ values: [String: String] = [:]) -> String {
        Catalogue.of(language).text("web.sampling.\(key)", values)
    }

    func stage(_ stage: SampledList.Stage) -> StateWord {
        let word = say("stage.\(stage.rawValue)")
        switch stage {
        case .frozen: return StateWord("○", word, .plain)
        case .asked: return StateWord("◔", word, .act)
        case .judging: return StateWord("◑", word, .act)
        case .judged: return StateWord("◕", word, .watch)
        case .proposed: return StateWord("▲", word, .watch)
        case .settled: return StateWord("✓", word, .good)
        case .returned: return StateWord("↩", word, .wrong)
        }
    }

    func judgement(_ judgement: SampleJudgement?) -> StateWord {
        switch judgement?.verdict {
        case nil: return StateWord("○", say("open"), .plain)
        case .good: return StateWord("✓", say("good"), .good)
        case .bad: return StateWord("✕", say("bad"), .wrong)
        }
    }

    /// Reason and note of a judgement; empty for a good row without words.
    func why(_ judgement: SampleJudgement) -> String {
        [judgement.reasonCode.map { say("reason.\($0.rawValue)") } ?? "", judgement.note].filter { !$0.isEmpty }
            .joined(separator: language == .zhHans ? "\u{FF1A}" : ": ")
    }

    func stratum(_ name: String) -> String {
        let parts = name.split(separator: "/", maxSplits: 1).map(String.init)
        let place: String
        switch parts.first ?? name {
        case SampleStratification.unknown: place = say("stratum_unknown")
        case SampleStratification.abroad: place = say("stratum_abroad")
        case let code:
            let title = scheme.regionTitle(RegionCode(code), language)
            place = title == code ? say("stratum_province", ["code": String(code.prefix(2))]) : title
        }
        return parts.count > 1 ? "\(place) · \(parts[1])" : place
    }

    /// The row's fields with their titles, in the order of the list, choices in words.
    func pairs(_ fields: [String: String], _ indicator: Indicator) -> [SampledListPage.Pair] {
        indicator.items.compactMap { field in
            guard let value = fields[field.id], !value.isEmpty else { return nil }
            return SampledListPage.Pair(title: field.title[language], text: text(value, field))
        }
    }

    /// The first fields of a row, short.
    func short(_ fields: [String: String], _ indicator: Indicator, _ count: Int = 2) -> String {
        pairs(fields, indicator).prefix(count).map(\.text).joined(separator: " · ")
    }

    private func text(_ value: String, _ field: ItemField) -> String {
        switch field.kind {
        case .choice(let dictionary): return scheme.dictionary(dictionary)?.entry(value)?.title[language] ?? value
        case .region: return scheme.regionTitle(RegionCode(value), language)
        default: return value
        }
    }

    func indicator(_ indicator: Indicator) -> String { "\(indicator.number) \(indicator.title[language])" }
}
