import Review
import Scheme
import Submit
import Vocabulary
import Wording

/// The words of the company's pages for states, figures and places.
struct CompanyWords: Sendable {
    let language: Language
    private var catalogue: Catalogue { Catalogue.of(language) }

    func say(_ key: String, _ values: [String: String] = [:]) -> String {
        catalogue.text("submit.page.\(key)", values)
    }

    /// What nobody fills in is never "not filled in".
    func cellState(_ state: CellState, _ indicator: Indicator) -> StateWord {
        if state == .blank, indicator.mode != .upload { return StateWord("○", say("cell.collected"), .plain) }
        let word = say("cell.\(state.rawValue)")
        switch state {
        case .blank: return StateWord("○", word, .plain)
        case .declared: return StateWord("◐", word, .act)
        case .submitted: return StateWord("◑", word, .act)
        case .returned: return StateWord("↩", word, .wrong)
        case .verified: return StateWord("✓", word, .good)
        case .waiting: return StateWord("…", word, .watch)
        }
    }

    func submissionState(_ state: SubmissionState) -> StateWord {
        let word = say("submission.\(state.rawValue)")
        switch state {
        case .draft, .supplement: return StateWord("◐", word, .act)
        case .returned: return StateWord("↩", word, .wrong)
        case .withdrawn, .notRecommended, .notAccepted, .disqualified, .revoked: return StateWord("✕", word, .wrong)
        case .settled, .inNotice, .published: return StateWord("✓", word, .good)
        default: return StateWord("◑", word, .watch)
        }
    }

    /// The cell's figure: its own, or the sum of its parts where they have one unit.
    func figure(_ values: [String: ExactDecimal]?, _ indicator: Indicator) -> Figure? {
        guard let values else { return nil }
        if let own = values[indicator.id.rawValue] { return Figure(own, unit: indicator.unit[language], language) }
        let parts = indicator.parts.filter { $0.kind != .mark && $0.unit == indicator.parts.first?.unit }
        let known = parts.compactMap { values["\(indicator.id).\($0.id)"] }
        guard let unit = parts.first?.unit, !known.isEmpty else { return nil }
        return Figure(known.reduce(.zero, +), unit: unit[language], language)
    }

    /// What is missing, as an instruction.
    func missing(_ missing: Completeness.Missing, _ indicator: Indicator, _ scheme: IndicatorScheme) -> String {
        switch missing.kind {
        case .figure(let id):
            let figure = indicator.declaredFigures(in: scheme).first { $0.id == id }
            let isChosen = figure?.source == .condition || figure?.steps.isEmpty == false
            return say(isChosen ? "missing.choice" : "missing.figure", ["title": figure?.title[language] ?? id])
        case .list: return say("missing.list")
        case .evidence(let id):
            let title = indicator.evidence.first { $0.id == id }?.title[language] ?? id
            return say("missing.evidence", ["title": title])
        }
    }

    /// Days to the cut-off in the scheme's zone, and the sentence about it.
    func deadline(_ access: CellAccess) -> (days: String?, sentence: String) {
        let values = ["day": access.round.cutOff.description]
        guard let cutter = DayCutter(zoneName: access.scheme.zone) else { return (nil, say("deadline.on", values)) }
        let today = cutter.day(of: access.now)
        let left = access.round.cutOff.daysSince1970 - today.daysSince1970
        if access.round.kind == .demonstration {
            return (left < 0 ? nil : "\(left)", say("deadline.demonstration", values))
        }
        let workdays = WorkingCalendar.china.workdays(after: today, through: access.round.cutOff)
        let both = values.merging(["workdays": "\(workdays)"]) { own, _ in own }
        return left < 0 ? ("0", say("deadline.over", values)) : ("\(left)", say("deadline.left", both))
    }
}
