import Review
import Scheme
import Vocabulary
import Wording

/// Builds the operator's and the panel's pages of the experts of a round.
struct ExpertPanelsBuilder: Sendable {
    let known: ExpertRound
    /// The pool by account; empty for readers who see only accounts.
    let pool: [AccountID: Expert]
    let mayKeep: Bool
    let notice: Notice?
    let language: Language

    var catalogue: Catalogue { Catalogue.of(language) }
    var base: String { "/authority/rounds/\(known.round.id)/experts" }
    var moments: MomentFormat { MomentFormat(zoneName: known.scheme.zone, language) }
    func say(_ key: String, _ values: [String: String] = [:]) -> String {
        catalogue.text("web.experts.\(key)", values)
    }
    func name(_ account: AccountID) -> String { pool[account]?.name ?? account.rawValue }
    private var separator: String { catalogue.text("web.list.separator") }

    func overview() -> ExpertPanelsPage {
        var acts = [
            HeadAct(say("agreement.title"), href: base + "/agreement"),
            HeadAct(say("panel.export"), href: base + "/sheets.xlsx", isDownload: true),
            HeadAct(say("panel.export_panels"), href: base + "/panels.xlsx", isDownload: true),
        ]
        if mayKeep { acts.insert(HeadAct(say("pool.title"), href: "/authority/experts"), at: 0) }
        return ExpertPanelsPage(
            heading: Heading(
                say("panel.title"), kicker: known.round.title[language], lead: say("panel.lead"), acts: acts),
            notice: notice, mayKeep: mayKeep, settleHref: base + "/settle", groupsHref: "/authority/experts#groups",
            indicators: known.indicators.map(line))
    }

    private func line(_ indicator: Indicator) -> ExpertPanelsPage.Line {
        let record = known.book.draw(indicator.id)
        let open = known.open(indicator.id)
        let cases = known.platforms(indicator.id, atDraw: true).count
        let owed = open.reduce(0) { $0 + $1.experts.count }
        let given = open.reduce(0) { $0 + $1.first.count }
        let late = Set(open.flatMap(\.owing)).sorted()
        let divergent = open.filter { $0.stage == .discussing }
        let least = known.scheme.expertMarking?.atLeast.value ?? 3
        let short = open.filter { $0.experts.count < least }
        let seats = known.book.seats.filter { $0.indicator == indicator.id && $0.left == nil && !$0.isStandIn }
        return ExpertPanelsPage.Line(
            id: indicator.id.rawValue, number: "\(indicator.number)", title: indicator.title[language],
            state: state(indicator, open), casesSentence: say("panel.cases", ["count": "\(cases)"]),
            isDrawn: record != nil,
            experts: say("panel.experts", ["names": seats.map { name($0.expert) }.joined(separator: separator)]),
            href: "\(base)/\(indicator.id)",
            progress: say("panel.progress", ["done": "\(given)", "all": "\(owed)"]),
            width: "\(owed == 0 ? 0 : given * 100 / owed)", isDone: owed > 0 && given == owed,
            late: late.isEmpty || record == nil
                ? nil : say("panel.late", ["names": late.prefix(12).map(name).joined(separator: separator)]),
            remindHref: mayKeep && !late.isEmpty ? "\(base)/\(indicator.id)/remind" : nil,
            divergent: divergent.isEmpty ? nil : say("panel.divergent", ["count": "\(divergent.count)"]),
            short: short.isEmpty
                ? nil : say("panel.short", ["count": "\(short.count)", "least": "\(least)"]),
            drawHref: mayKeep && record == nil && cases > 0 ? "\(base)/\(indicator.id)/draw" : nil,
            fields: fieldChoice(indicator.id.rawValue))
    }

    /// A select of its own id, so that several stand on one page.
    private func fieldChoice(_ id: String) -> Choice {
        Choice(
            "field", id: "field-\(id)", label: say("panel.field"),
            options: [("", say("panel.any_field"))]
                + ExpertField.allCases.map { ($0.rawValue, catalogue.text("experts.field.\($0.rawValue)")) },
            selected: "")
    }

    private func state(_ indicator: Indicator, _ open: [CaseStanding]) -> StateWord {
        if known.settled.contains(indicator.id) { return StateWord("✓", say("state.settled"), .good) }
        if known.book.draw(indicator.id) == nil { return StateWord("○", say("state.not_drawn"), .plain) }
        if open.contains(where: { $0.stage == .discussing }) { return StateWord("◇", say("state.discussing"), .wrong) }
        if open.isEmpty { return StateWord("○", say("state.waiting"), .plain) }
        return open.allSatisfy { $0.stage == .ready }
            ? StateWord("●", say("state.ready"), .good) : StateWord("◐", say("state.marking"), .act)
    }

    // MARK: One indicator

    func detail(_ indicator: Indicator, _ record: ExpertDrawRecord) -> ExpertPanelPage {
        let seats = known.book.seats.filter { $0.indicator == indicator.id }
        let marking = seats.filter { seat in
            seat.left == nil
                || known.standings.values.contains {
                    $0.cell.indicator == indicator.id && $0.experts.contains(seat.expert)
                }
        }.map(\.expert)
        let rows = known.platforms(indicator.id, atDraw: true).compactMap { one -> ExpertPanelPage.Row? in
            known.standings[known.cell(one.platform, indicator.id)].map { row(one, $0, marking, indicator) }
        }
        return ExpertPanelPage(
            heading: Heading(indicator.title[language], kicker: known.round.title[language], lead: nil),
            crumbHref: base, crumb: say("panel.title"), notice: notice,
            drawSentence: say(
                "panel.drawn",
                [
                    "at": moments.minute(record.at), "by": record.by.rawValue, "size": "\(record.checkpointSize)",
                    "seed": String(record.request.seed.prefix(16)), "pool": "\(record.request.candidates.count)",
                    "seats": "\(record.request.seats)", "panels": "\(record.request.panels)",
                ]),
            repeatState: record.repeats
                ? StateWord("✓", say("panel.repeats"), .good) : StateWord("✕", say("panel.repeats_not"), .wrong),
            logHref: "/log/\(max(0, record.checkpointSize - 1))", seats: seats.map { seat($0, indicator) },
            head: marking.map(name), rows: rows, hasRows: !rows.isEmpty,
            none: rows.isEmpty ? EmptyState(say("panel.no_rows")) : nil,
            excluded: record.outcome.excluded.map { one in
                ExpertPanelPage.Excluded(
                    account: one.account.rawValue, name: name(one.account), reason: reason(one))
            }, hasExcluded: !record.outcome.excluded.isEmpty)
    }

    func reason(_ one: ExpertDraw.Exclusion) -> String {
        let platform = known.participation(PlatformID(one.of))?.name
        return say("reason.\(one.reason.rawValue)", ["of": platform ?? (one.of.isEmpty ? "" : name(AccountID(one.of)))])
    }

    private func seat(_ seat: ExpertSeat, _ indicator: Indicator) -> ExpertPanelPage.Seat {
        let duties = known.open(indicator.id).filter { $0.experts.contains(seat.expert) }
        let done = duties.count { !$0.owing.contains(seat.expert) }
        let state: StateWord
        if let left = seat.left {
            state = StateWord("✕", say("panel.left", ["reason": left]), .plain)
        } else if !known.book.hasPledged(seat.expert) {
            state = StateWord("▲", say("panel.unsigned"), .watch)
        } else {
            state = StateWord("✓", say(seat.isStandIn ? "panel.stand_in" : "panel.signed"), .good)
        }
        let account = seat.expert.rawValue
        return ExpertPanelPage.Seat(
            account: account, name: name(seat.expert), employer: pool[seat.expert]?.employer ?? "",
            panel: "\(seat.panel)", state: state, progress: "\(done) / \(duties.count)",
            replaceHref: mayKeep && seat.left == nil && !known.settled.contains(indicator.id)
                ? "\(base)/\(indicator.id)/replace" : nil,
            fieldID: "reason-\(seat.panel)-\(account)")
    }

    private func row(
        _ one: Participation, _ standing: CaseStanding, _ experts: [AccountID], _ indicator: Indicator
    ) -> ExpertPanelPage.Row {
        let isSeen = standing.revealedAt != nil
        let settlement = known.scheme.expertMarking.flatMap { rules in
            standing.stage == .ready
                ? try? MarkSettlement(
                    standing.counting.map(\.mark), rules: rules, places: indicator.markValue?.places ?? 2) : nil
        }
        let state: StateWord
        switch standing.stage {
        case .marking: state = StateWord("◐", say("panel.owing", ["count": "\(standing.owing.count)"]), .act)
        case .complete: state = StateWord("●", say("panel.hidden"), .plain)
        case .discussing: state = StateWord("◇", say("panel.discussing", ["count": "\(standing.owing.count)"]), .wrong)
        case .ready: state = StateWord("✓", say("state.ready"), .good)
        }
        return ExpertPanelPage.Row(
            platform: one.name, isAnchor: standing.isAnchor,
            marks: experts.map { expert in
                guard standing.experts.contains(expert) else { return say("panel.not_asked") }
                guard let first = standing.first[expert] else { return say("panel.mark_owed") }
                guard isSeen else { return say("panel.mark_in") }
                guard let second = standing.second[expert] else { return first.mark.description }
                return standing.isSecondComplete
                    ? "\(first.mark) → \(second.mark)" : "\(first.mark) → " + say("panel.mark_in")
            }, settled: settlement?.mark.description ?? "",
            spread: isSeen
                ? standing.divergence.map {
                    say(
                        "panel.spread_value",
                        ["range": FigureFormat.trimmed($0.range), "distance": FigureFormat.trimmed($0.distance)])
                } ?? "" : "", state: state)
    }
}
