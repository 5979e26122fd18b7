import Access
import Review
import Scheme
import Submit
import Vocabulary
import Wording

/// Builds the page of signals and queries, for the authority and for a company.
struct SignalsPageBuilder: Sendable {
    let round: Round
    let scheme: IndicatorScheme
    let participations: [PlatformID: Participation]
    let signals: [RaisedSignal]
    let queries: [SignalQuery]
    /// Query → the papers that came with the answer.
    let files: [Int: [EvidenceFile]]
    let principal: Principal
    let today: CivilDay
    let isCompany: Bool
    let notice: Notice?
    let language: Language

    /// The most signals that the page shows.
    static let mostSignals = 100

    private var catalogue: Catalogue { Catalogue.of(language) }
    private var moments: MomentFormat { MomentFormat(zoneName: scheme.zone, language) }
    private var base: String { "/authority/rounds/\(round.id)/queries" }
    private func say(_ key: String, _ values: [String: String] = [:]) -> String {
        catalogue.text("web.desk.\(key)", values)
    }

    func page() -> SignalsPage {
        let asked = Set(queries.map(\.signal.key))
        let open = signals.filter { !asked.contains($0.key) }
        return SignalsPage(
            heading: Heading(
                say(isCompany ? "queries" : "signals"), kicker: round.title[language],
                lead: say(isCompany ? "queries_lead" : "signals_lead"),
                acts: isCompany
                    ? []
                    : [HeadAct(say("excel"), href: "/authority/rounds/\(round.id)/signals.xlsx", isDownload: true)]),
            notice: notice, showsSignals: !isCompany,
            signalsSentence: say(
                open.count > Self.mostSignals ? "signals_first" : "signals_count",
                ["count": FigureFormat.grouped(open.count), "shown": "\(Self.mostSignals)"]),
            hasSignals: !open.isEmpty,
            signals: open.prefix(Self.mostSignals).enumerated().map { signal($0.element, $0.offset) },
            queriesTitle: say("queries"), hasQueries: !queries.isEmpty,
            none: queries.isEmpty ? EmptyState(say(isCompany ? "queries_none_company" : "queries_none")) : nil,
            queries: queries.reversed().map(query))
    }

    private func title(_ signal: RaisedSignal) -> String {
        scheme.signals.first { $0.id == signal.kind }?.title[language] ?? signal.kind
    }

    private func place(_ signal: RaisedSignal) -> String {
        let platform = participations[signal.platform]?.name ?? signal.platform.rawValue
        guard let indicator = signal.indicator.flatMap({ scheme.indicator($0) }) else { return platform }
        return say(
            "item_title",
            ["platform": platform, "number": "\(indicator.number)", "indicator": indicator.title[language]])
    }

    private func rows(_ signal: RaisedSignal) -> String? {
        guard !signal.rows.isEmpty else { return nil }
        let shown = signal.rows.prefix(20).map { "\($0)" }.joined(separator: ", ")
        return say("return_rows", ["rows": signal.rows.count > 20 ? shown + " …" : shown])
    }

    private func signal(_ signal: RaisedSignal, _ index: Int) -> SignalsPage.Signal {
        let text = catalogue.text(signal.code, signal.values)
        return SignalsPage.Signal(
            id: "\(index)", title: title(signal), place: place(signal), text: text, rows: rows(signal),
            key: signal.key, askHref: base, mayAsk: principal.may(.checkFormally),
            draft: say("question_draft", ["text": text]))
    }

    private func query(_ query: SignalQuery) -> SignalsPage.Query {
        var state = query.state(today: today)
        // The company hears of a decision when two have taken it.
        var decision = query.decision
        if isCompany, state == .proposed {
            decision = nil
            state = query.answer == nil ? .lapsed : .answered
        }
        let scope = participations[query.signal.platform]?.scope ?? .installation
        let mayPropose = !isCompany && principal.may(.checkFormally) && [.answered, .lapsed, .proposed].contains(state)
        let mayDecide = !isCompany && state == .proposed && principal.may(.decideRound)
        let mayAnswer = isCompany && query.answer == nil && query.decision == nil
        return SignalsPage.Query(
            id: "\(query.id)", number: say("query_number", ["number": "\(query.id)"]), title: title(query.signal),
            place: place(query.signal), state: word(state),
            text: catalogue.text(query.signal.code, query.signal.values),
            rows: rows(query.signal), question: query.question,
            asked: say(
                query.due < dayAsked(query) ? "asked_open" : "asked_until",
                ["at": moments.minute(query.askedAt), "day": query.due.description]),
            answer: query.answer?.text,
            answered: query.answer.map { say("answered_by", ["who": $0.by.rawValue, "at": moments.minute($0.at)]) }
                ?? "",
            hasPapers: !(files[query.id] ?? []).isEmpty,
            papers: (files[query.id] ?? []).map { paper($0) },
            uploads: (1...QueryPageRoutes.mostFiles).map { .init(id: "paper-\(query.id)-\($0)", name: "file\($0)") },
            decision: decision.map(sentence), reason: decision?.reason ?? "",
            answerHref: mayAnswer && principal.may(.declareCell, on: scope)
                ? "/company/rounds/\(round.id)/queries/\(query.id)" : nil,
            proposeHref: mayPropose ? "\(base)/\(query.id)/proposal" : nil,
            verdicts: mayPropose ? [verdicts(query)] : [], fields: mayPropose ? fields(query) : [],
            decideHref: mayDecide ? "\(base)/\(query.id)/approval" : nil)
    }

    /// A paper that opens page by page.
    private func paper(_ file: EvidenceFile) -> Paper {
        Paper(
            kind: file.type.rawValue.uppercased(), name: file.name, href: "/evidence/\(file.digest.hex)",
            size: FigureFormat.bytes(file.size), at: moments.minute(file.at), digest: file.digest.hex,
            digestShort: String(file.digest.hex.prefix(12)))
    }

    private func dayAsked(_ query: SignalQuery) -> CivilDay {
        DayCutter(zoneName: scheme.zone)?.day(of: query.askedAt) ?? query.due
    }

    private func word(_ state: SignalQuery.State) -> StateWord {
        let word = say("query_state.\(state.rawValue)")
        switch state {
        case .open: return StateWord("…", word, .watch)
        case .answered: return StateWord("◑", word, .act)
        case .lapsed: return StateWord("!", word, .wrong)
        case .proposed: return StateWord("◐", word, .act)
        case .decided: return StateWord("✓", word, .good)
        }
    }

    private func sentence(_ decision: SignalQuery.Decision) -> String {
        let values = decision.values.sorted { $0.key < $1.key }.map { "\(FigureFormat.grouped($0.value))" }
        let verdict = say("verdict.\(decision.verdict.rawValue)")
        return say(
            decision.approvedBy == nil ? "decision_proposed" : "decision_taken",
            [
                "verdict": verdict, "values": values.joined(separator: " / "), "who": decision.proposedBy.rawValue,
                "approver": decision.approvedBy?.rawValue ?? "",
            ])
    }

    private func verdicts(_ query: SignalQuery) -> Choice {
        let isCell = query.signal.indicator != nil
        return Choice(
            "verdict", id: "verdict-\(query.id)", label: say("verdict"),
            options: SignalQuery.Verdict.allCases.filter { isCell || $0 == .uphold || $0 == .disqualify }.map {
                ($0.rawValue, say("verdict.\($0.rawValue)"))
            }, selected: "")
    }

    private func fields(_ query: SignalQuery) -> [FormField] {
        guard let indicator = query.signal.indicator.flatMap({ scheme.indicator($0) }) else { return [] }
        return indicator.valueIDs.enumerated().map { index, id in
            let part = indicator.parts.isEmpty ? nil : indicator.parts[index]
            return FormField(
                id: "cut-\(query.id)-\(index)", name: id, label: (part?.title ?? indicator.title)[language],
                unit: (part?.unit ?? indicator.unit)[language], inputMode: "decimal", hint: say("cut_hint"))
        }
    }
}
