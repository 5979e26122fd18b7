import Publish
import Review
import Scheme
import Submit
import Vocabulary
import Wording

/// The item that is open on the desk, with everything that only it needs.
struct ChosenItem: Sendable {
    let entry: DeskEntry
    let evidence: ChosenEvidence
    let history: [ItemDecision]
    /// What was declared when the item was last sent back, where that is another version than the present.
    let earlier: EarlierDeclaration?
    /// The version of the verified side.
    let verifiedVersion: Int
    let mayDecide: Bool
    let mayVerify: Bool
    let signals: [RaisedSignal]
}

extension QueuePageBuilder {
    func selected(_ chosen: ChosenItem, _ found: [DeskEntry]) -> QueuePage.Selected {
        let entry = chosen.entry
        let (participation, indicator, cell) = (entry.participation, entry.indicator, entry.cell)
        let declaration = cells.declarations[cell]
        let stated = cells.portDeclared[participation.platform]?[indicator.id]
        let back = filter.with { $0.cell = "" }.query
        let next = nextName(after: entry, found)
        let path = "\(base)/\(participation.platform)/\(indicator.id)"
        let rows = book.listCounts[cell]
        return QueuePage.Selected(
            platform: participation.name, operator: participation.company.name,
            platformHref: address(
                DeskFilter().with {
                    $0.view = .all; $0.platform = participation.platform.rawValue
                }),
            number: "\(indicator.number)", indicator: indicator.title[language],
            definition: indicator.definition[language], state: state(entry), clock: clock(entry),
            assigned: entry.assignment.map {
                say("assigned_to", ["who": name($0.account), "note": $0.note])
            }, hasEarlier: chosen.earlier != nil,
            earlierTitle: chosen.earlier.map { say("earlier_version", ["version": "\($0.version)"]) } ?? "",
            figures: figures(chosen),
            declaredBy: declaration.map {
                catalogue.text(
                    "web.queue.by",
                    ["who": name($0.by), "at": moments.minute($0.at), "version": "\($0.version)"])
            } ?? catalogue.text(stated == nil ? "web.queue.undeclared" : "web.queue.by_summary"),
            rule: MethodWriter(scheme, language).rule(of: indicator),
            listLine: rows.map { say("list_rows", ["count": FigureFormat.grouped($0)]) },
            listHref: rows == nil
                ? nil
                : "/api/v1/rounds/\(cells.round.id)/platforms/\(participation.platform)/cells/\(indicator.id)/items",
            checks: checks(chosen),
            decide: chosen.mayDecide && indicator.mode == .upload
                ? QueuePage.Decide(
                    acceptHref: path + "/accept", returnHref: path + "/return", version: version(chosen), back: back,
                    next: next, mayAccept: entry.decision?.verdict != .accept, hasRows: (rows ?? 0) > 0,
                    returnEffect: catalogue.text("web.queue.effect", ["company": participation.company.name]),
                    reasonCodes: [reasonCodes("return-code")]) : nil,
            handOver: chosen.mayDecide && !colleagues.isEmpty
                ? QueuePage.HandOver(
                    href: path + "/hand-over", version: version(chosen), back: back, next: next,
                    colleagues: [colleagueChoice("hand-colleague")]) : nil,
            verify: chosen.mayVerify
                ? QueuePage.Verify(
                    href: path + "/verified", version: "\(chosen.verifiedVersion)", back: back, next: next,
                    fields: verifyFields(indicator, cell, declaration)) : nil,
            mayReturnOnly: chosen.mayDecide && indicator.mode != .upload,
            preview: preview(chosen), files: files(chosen),
            evidenceHref: chosen.evidence.files.isEmpty
                ? nil : "/rounds/\(cells.round.id)/platforms/\(participation.platform)/evidence",
            history: history(chosen),
            checklistHref: [.recommended, .formalCheck, .supplement].contains(participation.submission)
                ? "/authority/rounds/\(cells.round.id)/submissions/\(participation.platform)/checklist" : nil,
            queryHref: chosen.signals.isEmpty ? nil : "/authority/rounds/\(cells.round.id)/signals")
    }

    /// Declaration and decision that the forms were made from.
    private func version(_ chosen: ChosenItem) -> String {
        "\(cells.declarations[chosen.entry.cell]?.version ?? 0)-\(chosen.entry.decision?.id ?? 0)"
    }

    private func nextName(after entry: DeskEntry, _ found: [DeskEntry]) -> String {
        guard let at = found.firstIndex(where: { $0.cell == entry.cell }), found.count > 1 else { return "" }
        return found[at + 1 < found.count ? at + 1 : at - 1].name
    }

    private func clock(_ entry: DeskEntry) -> String? {
        guard let since = entry.since, let due = entry.due, let level = entry.level else { return nil }
        return say(
            entry.isOverdue ? "clock_overdue" : "clock",
            [
                "level": say("level.\(level.rawValue)"), "since": moments.minute(since), "due": due.description,
                "age": "\(entry.age)",
            ])
    }

    /// The figures of an indicator: its own, or those of its parts; a share also has the parts it is made of.
    private func values(_ indicator: Indicator) -> [(id: String, title: LocalizedText, unit: LocalizedText)] {
        let own =
            indicator.parts.isEmpty
            ? [(id: indicator.id.rawValue, title: indicator.title, unit: indicator.unit)]
            : indicator.parts.map { (id: "\(indicator.id).\($0.id)", title: $0.title, unit: $0.unit) }
        return own + indicator.auxiliaries.map { ("\(indicator.id).\($0.id)", $0.title, $0.unit) }
    }

    private func figures(_ chosen: ChosenItem) -> [QueuePage.FigureLine] {
        let (indicator, cell) = (chosen.entry.indicator, chosen.entry.cell)
        let stated = cells.portDeclared[cell.platform]?[indicator.id]
        return values(indicator).compactMap { part in
            let declared =
                (part.id == indicator.id.rawValue ? stated : nil) ?? cells.declarations[cell]?.values[part.id]
            let verified = cells.verifications[cell]?.values[part.id]
            let earlier = chosen.earlier?.values[part.id]
            if declared == nil, verified == nil, earlier == nil, !indicator.valueIDs.contains(part.id) { return nil }
            func figure(_ value: ExactDecimal?) -> Figure? {
                value.map { Figure($0, unit: part.unit[language], language) }
            }
            return QueuePage.FigureLine(
                title: part.title[language], hasEarlier: chosen.earlier != nil, earlier: figure(earlier),
                declared: figure(declared), verified: figure(verified),
                difference: Self.difference(declared, verified), deviation: Self.deviation(declared, verified))
        }
    }

    /// Verified less declared, with its sign; empty while one of them is missing.
    static func difference(_ declared: ExactDecimal?, _ verified: ExactDecimal?) -> String {
        guard let declared, let verified else { return "" }
        let difference = verified - declared
        let text = FigureFormat.grouped(FigureFormat.trimmed(difference))
        return difference > .zero ? "+" + text : text
    }

    /// (verified − declared) ÷ declared in per cent, two places; empty where it cannot be said.
    static func deviation(_ declared: ExactDecimal?, _ verified: ExactDecimal?) -> String {
        guard let declared, let verified, declared != .zero,
            let share = (verified - declared).times(ExactDecimal(100), over: declared, places: 2)
        else { return "" }
        return (share > .zero ? "+" : "") + "\(share)%"
    }

    private func verifyFields(_ indicator: Indicator, _ cell: CellAddress, _ declaration: Declaration?) -> [FormField] {
        let ids = Set(indicator.valueIDs)
        return values(indicator).filter { ids.contains($0.id) }.map { part in
            let known = cells.verifications[cell]?.values[part.id] ?? declaration?.values[part.id]
            return FormField(
                id: "value-\(part.id.replacing(".", with: "-"))", name: part.id, label: part.title[language],
                unit: part.unit[language], value: known?.description ?? "", inputMode: "decimal")
        }
    }

    private func checks(_ chosen: ChosenItem) -> [Notice] {
        let (cell, indicator) = (chosen.entry.cell, chosen.entry.indicator)
        var all: [Notice] = []
        if let returned = cells.returns[cell] {
            let text = catalogue.text(
                "web.queue.returned", ["reason": returned.reason, "at": moments.minute(returned.at)])
            let rows = returned.rows.isEmpty ? "" : " " + say("return_rows", ["rows": rowText(returned.rows)])
            all.append(Notice(text + rows, .watch))
        } else if let answered = chosen.history.first(where: { $0.verdict == .return }), chosen.earlier != nil {
            all.append(
                Notice(
                    say("answered_return", ["reason": answered.reason, "at": moments.minute(answered.at)]), .plain))
        }
        if let verified = cells.verifications[cell] {
            all.append(
                Notice(
                    catalogue.text(
                        "web.queue.verified", ["who": name(verified.by), "at": moments.minute(verified.at)]), .good))
        }
        if cells.deviates(cell, indicator) { all.append(Notice(catalogue.text("web.queue.deviates"), .wrong)) }
        all += chosen.signals.prefix(10).map { Notice(catalogue.text($0.code, $0.values), .watch) }
        return all
    }

    func rowText(_ rows: [Int]) -> String {
        let shown = rows.prefix(20).map { "\($0)" }.joined(separator: ", ")
        return rows.count > 20 ? shown + " …" : shown
    }

    private func history(_ chosen: ChosenItem) -> Timeline? {
        guard !chosen.history.isEmpty else { return nil }
        return Timeline(
            acts: chosen.history.prefix(20).map { one in
                let code = one.reasonCode.map { catalogue.text("web.queue.reason.\($0.rawValue)") } ?? ""
                var what = say(
                    "history.\(one.verdict.rawValue)",
                    ["level": say("level.\(one.level.rawValue)"), "code": code, "reason": one.reason])
                if let void = one.void { what += " " + say("void.\(void.rawValue)") }
                return Timeline.Line(
                    instant: one.at.description, at: moments.short(one.at), atFull: moments.full(one.at),
                    who: name(one.by), what: what, proof: nil)
            })
    }
}
