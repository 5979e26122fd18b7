import Review
import Scheme
import Vocabulary
import Wording

/// Builds the page of severity and agreement; only of marks that may be seen.
struct ExpertAgreementBuilder: Sendable {
    let words: ExpertPanelsBuilder
    private var known: ExpertRound { words.known }
    private func say(_ key: String, _ values: [String: String] = [:]) -> String {
        words.say("agreement.\(key)", values)
    }

    init(_ words: ExpertPanelsBuilder) { self.words = words }

    func page() -> ExpertAgreementPage {
        ExpertAgreementPage(
            heading: Heading(say("title"), kicker: known.round.title[words.language], lead: say("lead")),
            crumbHref: words.base, crumb: words.say("panel.title"), indicators: known.indicators.map(line))
    }

    private func line(_ indicator: Indicator) -> ExpertAgreementPage.Line {
        let seen = known.open(indicator.id).filter { $0.revealedAt != nil }
        let marks = seen.map { one in
            Swift.Dictionary(one.counting.map { ($0.expert, $0.mark) }) { first, _ in first }
        }
        let agreement = MarkAgreement(Self.table(marks))
        let severity = MarkAgreement.severity(marks)
        let anchors = anchors(indicator, seen)
        func bounds(_ one: MarkAgreement.Coefficient?) -> String {
            one.map { say("bounds", ["lower": figure($0.lower), "upper": figure($0.upper)]) } ?? ""
        }
        return ExpertAgreementPage.Line(
            number: "\(indicator.number)", title: indicator.title[words.language],
            none: agreement == nil && severity.isEmpty ? EmptyState(say("none")) : nil, hasFigures: agreement != nil,
            single: agreement.map { figure($0.single.value) } ?? "", singleBounds: bounds(agreement?.single),
            mean: agreement.map { figure($0.mean.value) } ?? "", meanBounds: bounds(agreement?.mean),
            base: agreement.map { say("base", ["cases": "\($0.cases)", "experts": "\($0.experts)"]) } ?? "",
            word: agreement.map { word($0.mean.value) }, hasSeverity: !severity.isEmpty,
            severity: severity.map(severityLine), hasAnchors: !anchors.isEmpty, anchors: anchors)
    }

    private func figure(_ value: Double) -> String { value < -1 ? "< -1" : FigureFormat.fixed(value, places: 3) }

    /// Source: T. K. Koo, M. Y. Li, "A guideline of selecting and reporting intraclass correlation coefficients", Journal
    /// of Chiropractic Medicine 15 (2016): below 0.5 poor, to 0.75 moderate, to 0.9 good, above excellent.
    private func word(_ value: Double) -> StateWord {
        switch value {
        case ..<0.5: StateWord("✕", say("poor"), .wrong)
        case ..<0.75: StateWord("▲", say("moderate"), .watch)
        case ..<0.9: StateWord("✓", say("good"), .good)
        default: StateWord("✓", say("excellent"), .good)
        }
    }

    /// The largest table without a gap: the experts who marked the most cases, and the cases that all of them marked.
    static func table(_ marks: [[AccountID: ExactDecimal]]) -> [[Double]] {
        let counts = marks.reduce(into: [Set<AccountID>: Int]()) { $0[Set($1.keys), default: 0] += 1 }
        func weight(_ one: (key: Set<AccountID>, value: Int)) -> Int { one.value * one.key.count }
        // Equal sizes: the table of the experts whose accounts come first.
        let chosen = counts.sorted { a, b in
            weight(a) != weight(b) ? weight(a) > weight(b) : a.key.sorted().lexicographicallyPrecedes(b.key.sorted())
        }.first
        guard let experts = chosen?.key.sorted() else { return [] }
        return marks.filter { given in experts.allSatisfy { given[$0] != nil } }
            .map { given in experts.compactMap { given[$0]?.doubleValue } }
    }

    private func severityLine(
        _ one: (expert: AccountID, mean: ExactDecimal, cases: Int)
    ) -> ExpertAgreementPage.Severity {
        // Twenty points to either side fill the bar.
        let length = min(50, abs(one.mean.doubleValue) * 2.5)
        let sign = one.mean > .zero ? "+" : ""
        return ExpertAgreementPage.Severity(
            name: words.name(one.expert), account: one.expert.rawValue, mean: sign + one.mean.description,
            cases: "\(one.cases)",
            barX: FigureFormat.fixed(one.mean < .zero ? 50 - length : 50, places: 1),
            barWidth: FigureFormat.fixed(length, places: 1))
    }

    /// Every panel's mean over the shared cases, and its difference from the mean of all panels.
    private func anchors(_ indicator: Indicator, _ seen: [CaseStanding]) -> [ExpertAgreementPage.Anchor] {
        let shared = seen.filter(\.isAnchor)
        guard !shared.isEmpty else { return [] }
        let panelOf = Swift.Dictionary(
            known.book.seats.filter { $0.indicator == indicator.id }.map { ($0.expert, $0.panel) }
        ) { first, _ in first }
        var marks: [Int: [ExactDecimal]] = [:]
        for sheet in shared.flatMap(\.counting) { marks[panelOf[sheet.expert] ?? 1, default: []].append(sheet.mark) }
        guard let all = ExactDecimal.mean(marks.values.flatMap { $0 }, places: 2) else { return [] }
        return marks.sorted { $0.key < $1.key }.compactMap { panel, given in
            ExactDecimal.mean(given, places: 2).map { mean in
                let difference = mean - all
                return ExpertAgreementPage.Anchor(
                    panel: "\(panel)", mean: mean.description,
                    difference: (difference > .zero ? "+" : "") + difference.description)
            }
        }
    }
}
