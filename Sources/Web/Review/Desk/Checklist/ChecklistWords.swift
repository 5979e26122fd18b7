import Paper
import Review
import Scheme
import Vocabulary
import Wording

/// The checklist in the reader's words.
struct ChecklistWords: Sendable {
    let scheme: IndicatorScheme
    let language: Language
    let names: [AccountID: String]

    private var catalogue: Catalogue { Catalogue.of(language) }

    func say(_ key: String, _ values: [String: String] = [:]) -> String {
        catalogue.text("web.desk.checklist.\(key)", values)
    }

    /// What stands for a tick without words.
    static func seen(_ language: Language) -> String { Catalogue.of(language).text("web.desk.checklist.seen") }

    func question(_ line: ChecklistLine) -> String { catalogue.text(line.question.code, line.question.values) }

    /// What the machine saw, with figures and papers by their titles.
    func found(_ line: ChecklistLine) -> String {
        var values = line.source.values
        if let missing = values["missing"] {
            let indicator = line.indicator.flatMap { scheme.indicator($0) }
            values["missing"] = missing.split(separator: "|").map { title(String($0), indicator) }
                .joined(separator: catalogue.text("submit.page.list_separator"))
        }
        if let region = values["region"] { values["region"] = scheme.regionTitle(RegionCode(region), language) }
        return catalogue.text(line.source.code, values)
    }

    private func title(_ missing: String, _ indicator: Indicator?) -> String {
        let parts = missing.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
        switch parts.first {
        case "figure":
            let figure = indicator?.declaredFigures(in: scheme).first { $0.id == parts.last }
            return figure?.title[language] ?? missing
        case "evidence": return indicator?.evidence.first { $0.id == parts.last }?.title[language] ?? missing
        default: return say("the_list")
        }
    }

    func result(_ line: ChecklistLine) -> StateWord {
        switch line.result {
        case .pass: StateWord("✓", say("result.pass"), .good)
        case .fail: StateWord("✕", say("result.fail"), .wrong)
        case .open: StateWord("○", say("result.open"), .watch)
        }
    }

    func outcome(_ line: ChecklistLine) -> StateWord {
        switch line.outcome {
        case .pass: StateWord("✓", say("outcome.pass"), .good)
        case .fail: StateWord("✕", say("outcome.fail"), .wrong)
        case .notApplicable: StateWord("–", say("outcome.not-applicable"), .plain)
        case nil: StateWord("○", say("outcome.open"), .watch)
        }
    }

    /// Who said what and when; nil for a line that no person has decided, or whose decision fell with another result.
    func decision(_ line: ChecklistLine) -> String? {
        guard let decision = line.decision else { return nil }
        let values = [
            "who": names[decision.by] ?? decision.by.rawValue,
            "at": MomentFormat(zoneName: scheme.zone, language).minute(decision.at),
            "verdict": say("outcome.\(decision.verdict.rawValue)"), "reason": decision.reason,
        ]
        return say(decision.automatic == line.result ? "decision" : "decision_void", values)
    }

    /// The text that asks the company for what failed, one numbered line each; empty when nothing failed.
    func supplement(_ lines: [ChecklistLine]) -> String {
        let failed = lines.filter { $0.outcome == .fail }
        guard !failed.isEmpty else { return "" }
        let asked = failed.enumerated().map { index, line in
            let words = line.decision.flatMap { $0.automatic == line.result ? $0.reason : nil }
            return say(
                "supplement_line",
                ["index": "\(index + 1)", "question": question(line), "found": words ?? found(line)])
        }
        return ([say("supplement_head")] + asked).joined(separator: "\n")
    }

    /// The checklist as a spreadsheet.
    func workbook(_ lines: [ChecklistLine], _ participation: Participation) -> Workbook {
        let head = [
            "column_part", "column_question", "column_result", "column_found", "column_outcome", "column_words",
            "column_who", "column_when",
        ]
        let moments = MomentFormat(zoneName: scheme.zone, language)
        var rows: [[Workbook.Cell]] = [head.map { .text(say($0)) }]
        for line in lines {
            let decision = line.decision.flatMap { $0.automatic == line.result ? $0 : nil }
            rows.append([
                .text(say("part.\(line.part.rawValue)")), .text(question(line)), .text(result(line).word),
                .text(found(line)), .text(outcome(line).word), .text(decision?.reason ?? ""),
                .text(decision.map { names[$0.by] ?? $0.by.rawValue } ?? ""),
                .text(decision.map { moments.minute($0.at) } ?? ""),
            ])
        }
        return Workbook(sheets: [.init(name: say("title"), rows: rows)])
    }
}
