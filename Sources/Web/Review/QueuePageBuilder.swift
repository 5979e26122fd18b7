import Publish
import Review
import Scheme
import Submit
import Trust
import Vocabulary
import Wording

/// Builds the review queue: what waits, and the chosen item with its form and evidence.
struct QueuePageBuilder: Sendable {
    let book: DeskBook
    let filter: DeskFilter
    let chosen: ChosenItem?
    let names: [AccountID: String]
    let colleagues: [(id: AccountID, name: String)]
    let mayDecide: Bool
    let notice: Notice?
    let undo: QueuePage.Undo?
    let language: Language

    var cells: RoundCells { book.cells }
    var scheme: IndicatorScheme { cells.scheme }
    var catalogue: Catalogue { Catalogue.of(language) }
    var base: String { "/authority/rounds/\(cells.round.id)/queue" }
    var moments: MomentFormat { MomentFormat(zoneName: scheme.zone, language) }

    func say(_ key: String, _ values: [String: String] = [:]) -> String { catalogue.text("web.desk.\(key)", values) }

    func name(_ account: AccountID) -> String { names[account] ?? account.rawValue }

    func address(_ filter: DeskFilter) -> String { filter.query.isEmpty ? base : base + "?" + filter.query }

    /// All of the queue that the filters let through, on whatever page.
    private var workbookAddress: String {
        let query = filter.with {
            $0.page = 1; $0.cell = ""
        }.query
        return "\(base).xlsx" + (query.isEmpty ? "" : "?\(query)")
    }

    func page(_ entries: [DeskEntry], _ found: [DeskEntry]) -> QueuePage {
        let start = (filter.page - 1) * DeskFilter.pageSize
        let shown = Array(found.dropFirst(start).prefix(DeskFilter.pageSize))
        return QueuePage(
            heading: Heading(
                say("title"), kicker: cells.round.title[language], lead: say("lead"),
                acts: [
                    HeadAct(say("signals"), href: "/authority/rounds/\(cells.round.id)/signals"),
                    HeadAct(say("excel"), href: workbookAddress, isDownload: true),
                    HeadAct(
                        say("excel_decisions"), href: "/authority/rounds/\(cells.round.id)/decisions.xlsx",
                        isDownload: true),
                ]),
            notice: notice, undo: undo, address: base, view: filter.view.rawValue, views: views(entries),
            choices: choices(),
            switches: [
                .init(name: "signal", title: say("only_signal"), isOn: filter.withSignal),
                .init(name: "overdue", title: say("only_overdue"), isOn: filter.overdue),
            ],
            isFiltered: filter.with {
                $0.view = .todo; $0.page = 1; $0.cell = ""
            } != DeskFilter(),
            isEmpty: found.isEmpty,
            none: found.isEmpty
                ? EmptyState(
                    say("none.\(filter.view.rawValue)"),
                    act: filter.view == .all ? nil : .init(title: say("view.all"), href: base + "?view=all")) : nil,
            shown: say(
                "shown",
                [
                    "from": "\(min(start + 1, found.count))", "to": "\(start + shown.count)",
                    "count": FigureFormat.grouped(found.count),
                ]), items: shown.map(item),
            earlierHref: filter.page > 1
                ? address(
                    filter.with {
                        $0.page -= 1; $0.cell = ""
                    }) : nil,
            laterHref: start + shown.count < found.count
                ? address(
                    filter.with {
                        $0.page += 1; $0.cell = ""
                    }) : nil,
            bulk: mayDecide && !found.isEmpty ? bulk(found.count) : nil, selected: chosen.map { selected($0, found) })
    }

    private func views(_ entries: [DeskEntry]) -> [QueuePage.ViewLink] {
        DeskFilter.View.allCases.map { view in
            let other = filter.with {
                $0.view = view; $0.page = 1; $0.cell = ""
            }
            return QueuePage.ViewLink(
                title: say("view.\(view.rawValue)"), href: address(other),
                count: FigureFormat.grouped(other.apply(entries, reader: book.principal.account).count),
                isCurrent: view == filter.view)
        }
    }

    private func choices() -> [Choice] {
        let cities = Set(cells.participations.map(\.company.region.city.rawValue)).sorted()
        let assignees = Set(book.assignments.values.flatMap(\.values).map(\.account)).sorted()
        let all = ("", say("any"))
        return [
            Choice(
                "city", label: catalogue.text("web.result.column_city"),
                options: [("", catalogue.text("web.result.all_cities"))]
                    + cities.map { ($0, scheme.regionTitle(RegionCode($0), language)) }, selected: filter.city),
            Choice(
                "type", label: catalogue.text("web.result.column_type"),
                options: [all] + scheme.types.map { ($0.id, $0.title[language]) }, selected: filter.type),
            Choice(
                "platform", label: say("platform"),
                options: [all] + cells.participations.map { ($0.platform.rawValue, $0.name) },
                selected: filter.platform),
            Choice(
                "indicator", label: say("indicator"),
                options: [all] + scheme.indicators.map { ($0.id.rawValue, "\($0.number) \($0.title[language])") },
                selected: filter.indicator),
            Choice(
                "age", label: say("age"),
                options: DeskFilter.ages.map {
                    ($0 == 0 ? "" : "\($0)", $0 == 0 ? say("any") : say("age_from", ["days": "\($0)"]))
                },
                selected: filter.age == 0 ? "" : "\(filter.age)"),
            Choice(
                "assigned", label: say("assigned"),
                options: [all, ("me", say("assigned_me")), ("nobody", say("assigned_nobody"))]
                    + assignees.map { ($0.rawValue, name($0)) }, selected: filter.assigned),
            Choice(
                "sort", label: say("sort"),
                options: DeskFilter.Sort.allCases.map { ($0.rawValue, say("sort.\($0.rawValue)")) },
                selected: filter.sort.rawValue),
        ]
    }

    private func item(_ entry: DeskEntry) -> QueuePage.Item {
        var marks: [String] = []
        if entry.signalCount > 0 { marks.append(say("mark_signals", ["count": "\(entry.signalCount)"])) }
        if let assignment = entry.assignment { marks.append(name(assignment.account)) }
        return QueuePage.Item(
            href: address(filter.with { $0.cell = entry.name }), isCurrent: entry.name == chosen?.entry.name,
            name: entry.name,
            chooseLabel: say(
                "choose", ["platform": entry.participation.name, "indicator": entry.indicator.title[language]]),
            maySelect: mayDecide && entry.level != nil, platform: entry.participation.name,
            number: "\(entry.indicator.number)", indicator: entry.indicator.title[language],
            declared: cells.declaredFigure(entry.cell, entry.indicator, language), state: state(entry),
            due: entry.isTodo ? due(entry) : "", isOverdue: entry.isOverdue, marks: marks)
    }

    private func due(_ entry: DeskEntry) -> String {
        guard let due = entry.due else { return "" }
        return say(entry.isOverdue ? "overdue" : "due", ["day": due.description])
    }

    func state(_ entry: DeskEntry) -> StateWord {
        if let decision = entry.decision {
            return decision.verdict == .accept
                ? StateWord("✓", say("state.accepted"), .good) : StateWord("↩", say("state.returned"), .wrong)
        }
        let word = say("state.\(entry.kind.rawValue)")
        switch entry.kind {
        case .verified: return StateWord(entry.kind.sign, word, .good)
        case .alert: return StateWord(entry.kind.sign, word, .wrong)
        case .returned, .waiting: return StateWord(entry.kind.sign, word, .watch)
        default: return StateWord(entry.kind.sign, word, .plain)
        }
    }

    private func bulk(_ count: Int) -> QueuePage.Bulk {
        QueuePage.Bulk(
            action: base + "/bulk/preview", back: filter.with { $0.cell = "" }.query,
            acts: [
                Choice(
                    "action", label: say("bulk_action"),
                    options: [
                        ("accept", say("bulk.accept")), ("return", say("bulk.return")),
                        ("hand-over", say("bulk.hand-over")),
                    ], selected: "accept")
            ], reasonCodes: [reasonCodes("bulk-code")], colleagues: [colleagueChoice("bulk-colleague")],
            allTitle: say("bulk_all", ["count": FigureFormat.grouped(count)]))
    }

    func reasonCodes(_ id: String) -> Choice {
        Choice(
            "reasonCode", id: id, label: catalogue.text("web.queue.reason_code"),
            options: CellReturn.ReasonCode.allCases.map {
                ($0.rawValue, catalogue.text("web.queue.reason.\($0.rawValue)"))
            }, selected: "")
    }

    func colleagueChoice(_ id: String) -> Choice {
        Choice(
            "to", id: id, label: say("colleague"), options: colleagues.map { ($0.id.rawValue, $0.name) }, selected: "")
    }
}

extension Paper {
    /// - Parameter isOpen: the reader may open the file.
    init(_ file: EvidenceFile, moments: MomentFormat, isOpen: Bool) {
        self.init(
            kind: file.type.rawValue.uppercased(), name: file.name,
            href: isOpen ? "/api/v1/evidence/\(file.digest.hex)" : nil, size: FigureFormat.bytes(file.size),
            at: moments.minute(file.at), digest: file.digest.hex, digestShort: String(file.digest.hex.prefix(12)))
    }
}

extension FigureFormat {
    /// `1.2 MB`, `384 KB`: thousands, as file managers show them.
    static func bytes(_ count: Int) -> String {
        if count >= 1_000_000 { return "\(fixed(Double(count) / 1_000_000, places: 1)) MB" }
        return count >= 1000 ? "\(count / 1000) KB" : "\(count) B"
    }
}
