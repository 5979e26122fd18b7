import Access
import Evaluate
import Review
import Scheme
import Trust
import Vocabulary
import Wording

/// Builds the authority's page of a round.
struct RoundPageBuilder: Sendable {
    let cells: RoundCells
    let principal: Principal
    let language: Language
    /// The last computations, newest first, as far as the page says something of them.
    let computation: Computation
    /// The state of each platform's port, in the order of the platforms.
    let ports: [PortState]
    /// Newest first.
    let entries: [LoggedEntry]
    /// Display names of the accounts behind the entries.
    let names: [AccountID: String]
    let notice: Notice?

    /// What is known of the round's computations.
    struct Computation: Sendable {
        let state: StateWord
        let sentence: String
        let eventsHref: String?
        let hasResult: Bool
        let mayCompute: Bool
    }

    /// One platform's port.
    struct PortState: Sendable {
        enum Kind: String, Sendable, CaseIterable { case full, late, none, wait }
        let platform: Participation
        let kind: Kind
        let text: String
    }

    private var catalogue: Catalogue { Catalogue.of(language) }
    private var round: Round { cells.round }
    private var scheme: IndicatorScheme { cells.scheme }
    private var base: String { "/authority/rounds/\(round.id)" }
    private func say(_ key: String, _ values: [String: String] = [:]) -> String {
        catalogue.text("web.round.\(key)", values)
    }

    func page() -> RoundPage {
        let rows = cells.participations.map { participation in
            (participation, scheme.indicators.map { cells.kind(participation, $0) })
        }
        var counts: [RoundCells.Kind: Int] = [:]
        for (_, kinds) in rows { for kind in kinds { counts[kind, default: 0] += 1 } }
        let hasPlatforms = !rows.isEmpty
        return RoundPage(
            heading: Heading(
                say("title"), kicker: round.title[language],
                acts: computation.hasResult
                    ? [HeadAct(catalogue.text("web.compute.result"), href: "/rounds/\(round.id)/result")] : []),
            notice: notice, steps: steps(), next: next(counts), actions: actions(), queues: queues(counts),
            eventsHref: computation.eventsHref, computeSentence: computation.sentence,
            lastComputation: computation.state, computeHref: base + "/computations",
            computeApi: "/api/v1/rounds/\(round.id)/computations",
            computeSteps: ChartView.json(
                EvaluationStep.allCases.reduce(into: [:]) {
                    $0[$1.rawValue] = catalogue.text("web.compute_step.\($1.rawValue)")
                }), mayCompute: computation.mayCompute,
            resultHref: computation.hasResult ? "/rounds/\(round.id)/result" : nil,
            isRunning: computation.eventsHref != nil, percent: "0",
            progressSentence: computation.eventsHref == nil ? "" : catalogue.text("web.compute.starting"),
            portLegend: portLegend(), ports: ports.map(block), portTroubles: portTroubles(),
            portsFine: say(ports.isEmpty ? "ports_none" : "ports_fine"), heatSentence: hasPlatforms ? say("heat") : "",
            heatLegend: hasPlatforms ? heatLegend(counts) : [], hasPlatforms: hasPlatforms, heatColumns: columns(),
            heatRows: rows.map(row), empty: hasPlatforms ? nil : EmptyState(say("no_platforms")),
            activity: activity())
    }

    // MARK: Where it stands

    private func steps() -> [RoundPage.Step] {
        let line = RoundState.allCases.filter { $0.order >= 0 }
        let standing = round.state.order >= 0 ? round.state : round.suspendedFrom ?? .preparing
        return line.map { state in
            let isNow = state == standing
            let isDone = state.order < standing.order
            return RoundPage.Step(
                title: catalogue.text("web.round_state.\(state.rawValue)"),
                state: isDone ? "done" : isNow ? "now" : "todo", sign: isDone ? "✓" : "\(state.order + 1)",
                date: state == .open ? say("until", ["date": "\(round.cutOff)"]) : nil, isCurrent: isNow)
        }
    }

    private func next(_ counts: [RoundCells.Kind: Int]) -> String {
        let values = [
            "submitted": "\(counts[.submitted] ?? 0)", "returned": "\(counts[.returned] ?? 0)",
            "waiting": "\(counts[.waiting] ?? 0)", "cutOff": "\(round.cutOff)",
            "platforms": "\(cells.participations.count)",
        ]
        return catalogue.text("web.round_next.\(round.state.rawValue)", values)
    }

    private func actions() -> [RoundPage.RoundAct] {
        round.allowedActions.filter { principal.may($0.permission) }.map { action in
            let values = ["platforms": "\(cells.participations.count)", "title": round.title[language]]
            return RoundPage.RoundAct(
                title: catalogue.text("web.round_action.\(action.rawValue)"), href: base + "/actions",
                action: action.rawValue, effect: catalogue.text("web.round_effect.\(action.rawValue)", values),
                isMain: false, isWrong: action == .suspend || action == .cancel)
        }
    }

    private func queues(_ counts: [RoundCells.Kind: Int]) -> [RoundPage.Queue] {
        let kinds: [(RoundCells.Kind, String)] = [
            (.submitted, "plain"), (.returned, "watch"), (.alert, "wrong"), (.waiting, "plain"),
        ]
        return kinds.map { kind, tone in
            let count = counts[kind] ?? 0
            return RoundPage.Queue(
                title: say("queue_\(kind.rawValue)"), count: "\(count)",
                note: count == 0 ? say("queue_empty") : say("queue_\(kind.rawValue)_note"),
                href: "\(base)/queue?kind=\(kind.rawValue)", tone: count == 0 ? "plain" : tone)
        }
    }

    // MARK: Ports

    private func portLegend() -> [RoundPage.LegendEntry] {
        PortState.Kind.allCases.compactMap { kind in
            let count = ports.filter { $0.kind == kind }.count
            guard count > 0 else { return nil }
            return RoundPage.LegendEntry(kind: kind.rawValue, title: say("port_\(kind.rawValue)"), count: "\(count)")
        }
    }

    private func block(_ port: PortState) -> RoundPage.PortBlock {
        let values = ["platform": port.platform.name, "text": port.text]
        return RoundPage.PortBlock(
            kind: port.kind.rawValue, href: "/rounds/\(round.id)/platforms/\(port.platform.platform)",
            sentence: say("port_sentence", values))
    }

    private func portTroubles() -> [RoundPage.PortTrouble] {
        ports.filter { $0.kind == .late || $0.kind == .none }.prefix(6).map { port in
            RoundPage.PortTrouble(
                state: port.kind == .late
                    ? StateWord("▲", say("port_late"), .watch) : StateWord("✕", say("port_none"), .wrong),
                href: "/rounds/\(round.id)/platforms/\(port.platform.platform)", platform: port.platform.name,
                text: port.text)
        }
    }

    // MARK: The heat table

    private func heatLegend(_ counts: [RoundCells.Kind: Int]) -> [RoundPage.LegendEntry] {
        RoundCells.Kind.allCases.compactMap { kind in
            guard let count = counts[kind], count > 0 else { return nil }
            return RoundPage.LegendEntry(
                kind: kind.rawValue, title: catalogue.text("web.cell_state.\(kind.rawValue)"),
                count: FigureFormat.grouped(count), sign: kind.sign)
        }
    }

    private func columns() -> [RoundPage.HeatColumn] {
        scheme.sections.enumerated().flatMap { index, section in
            section.groups.flatMap(\.indicators).map {
                RoundPage.HeatColumn(
                    number: "\($0.number)", n: "\(index + 1)", title: $0.title[language],
                    href: "/rounds/\(round.id)/method#\($0.id)")
            }
        }
    }

    private func row(_ participation: Participation, _ kinds: [RoundCells.Kind]) -> RoundPage.HeatRow {
        let href = "/rounds/\(round.id)/platforms/\(participation.platform)"
        let done = kinds.filter { $0 == .verified || $0 == .alert }.count
        return RoundPage.HeatRow(
            platform: participation.name, href: href,
            cells: zip(scheme.indicators, kinds).map { indicator, kind in
                let values = [
                    "platform": participation.name, "number": "\(indicator.number)",
                    "indicator": indicator.title[language],
                    "state": catalogue.text("web.cell_state.\(kind.rawValue)"),
                ]
                let isDecided = kind == .submitted || kind == .returned
                return RoundPage.HeatCell(
                    kind: kind.rawValue, sign: kind.sign,
                    href: isDecided
                        ? "\(base)/queue?kind=\(kind.rawValue)&cell=\(participation.platform)/\(indicator.id)"
                        : "\(href)#\(indicator.id)", title: say("cell", values))
            }, done: "\(done)/\(kinds.count)")
    }

    // MARK: Who did what

    /// The account's display name where it is known.
    private func person(_ actor: AuditActor) -> String {
        if case .account(let id) = actor, let name = names[id] { return name }
        return catalogue.auditActor(actor)
    }

    private func activity() -> Timeline? {
        guard !entries.isEmpty else { return nil }
        let platforms = cells.participations.reduce(into: [PlatformID: String]()) { $0[$1.platform] = $1.name }
        let moments = MomentFormat(zoneName: scheme.zone, language)
        return Timeline(
            acts: entries.map { entry in
                let leaf = entry.leaf
                let about = [
                    leaf.subject.platform.map { platforms[$0] ?? $0.rawValue },
                    leaf.subject.indicator.map { scheme.indicator($0)?.title[language] ?? $0.rawValue },
                ].compactMap { $0 }
                let what = ([catalogue.auditKind(leaf.kind)] + about).joined(separator: " · ")
                return Timeline.Line(
                    instant: leaf.at.description, at: moments.short(leaf.at), atFull: moments.full(leaf.at),
                    who: person(leaf.actor), what: what, proof: ProofChip(index: entry.index))
            })
    }
}

extension RoundAction {
    /// What must be permitted to do this to a round.
    var permission: Permission {
        switch self {
        case .publish, .suspend, .resume, .cancel: .decideRound
        default: .runRound
        }
    }
}
