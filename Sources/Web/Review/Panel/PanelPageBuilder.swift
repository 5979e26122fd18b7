import Access
import Evaluate
import Review
import Scheme
import Vocabulary

/// Builds the panel's overview and the preview of settling.
struct PanelPageBuilder: Sendable {
    let book: PanelBook
    private var work: PanelWork { book.work }
    private var base: String { "/authority/rounds/\(work.round.id)" }

    func page(notices: [Notice]) async throws -> DossierPage {
        let waiting = book.lines.filter { $0.state == .panel }.count
        let computed = book.run.map { run in
            work.say("computed", ["number": "\(run.number)", "at": work.moment(run.finishedAt ?? run.startedAt)])
        }
        return DossierPage(
            Heading(
                work.say("title"), kicker: work.round.title[work.context.language],
                lead: computed ?? work.say("not_computed"),
                acts: [
                    HeadAct(work.say("comparison.title"), href: base + "/comparison"),
                    HeadAct(work.say("notice_desk.title"), href: base + "/notice"),
                    HeadAct(work.say("objections.title"), href: base + "/objections"),
                ]),
            notices: notices,
            facts: [
                Fact(label: work.say("fact.waiting"), figure: Figure(count: waiting, work.context.language), note: nil),
                Fact(
                    label: work.say("fact.settled"),
                    figure: Figure(
                        count: book.lines.filter { $0.state == .settled }.count, work.context.language), note: nil),
                Fact(
                    label: work.say("fact.recheck"),
                    figure: Figure(
                        count: book.lines.filter { $0.recheckOwed > 0 }.count, work.context.language), note: nil),
                Fact(
                    label: work.say("fact.signals"),
                    figure: Figure(count: book.lines.reduce(0) { $0 + $1.signals }, work.context.language), note: nil),
            ],
            cards: [try await platforms(), try await minutes()])
    }

    private func platforms() async throws -> DossierCard {
        if book.lines.isEmpty {
            return DossierCard(
                "platforms", work.say("platforms"), isWide: true, empty: EmptyState(work.say("platforms_none")))
        }
        let maySettle = work.principal.may(.settle)
        let minutes = try await work.stores.minutes(work.round.id)
        let rows = book.lines.map { row($0, maySettle: maySettle) }
        var forms: [DossierForm] = []
        if maySettle, book.lines.contains(where: { $0.state == .panel }) {
            forms.append(
                DossierForm(
                    "settle", work.say("settle"), action: base + "/panel/preview", effect: work.say("settle_effect"),
                    method: "get", isFolded: false, button: work.say("settle_preview"),
                    fields: [
                        DossierField(
                            .choice, "minutes", work.say("minutes"), value: minutes.first?.id ?? "",
                            options: minutes.map { (value: $0.id, title: "\($0.number) · \($0.heldOn)") })
                    ]))
        }
        let head = [
            work.say("column.platform"), work.say("column.state"), "#" + work.say("column.total"),
            "#" + work.say("column.rank"), "#" + work.say("column.rank_plain"), "#" + work.say("column.signals"),
            "#" + work.say("column.divergences"), "#" + work.say("column.recheck"),
        ]
        return DossierCard(
            "platforms", work.say("platforms"), hint: work.say("platforms_hint"), isWide: true,
            table: DossierTable(work.say("platforms"), columns: head, rows: rows), forms: forms)
    }

    private func row(_ line: PanelLine, maySettle: Bool) -> [DossierCell] {
        let isChoosable = maySettle && line.state == .panel
        let check = DossierCell.Check(
            form: "settle", name: "platform.\(line.platform)", label: work.say("choose", ["platform": line.name]),
            isChecked: false)
        return [
            DossierCell(
                line.name, href: "\(base)/panel/\(line.platform)", note: line.company,
                check: isChoosable ? check : nil),
            DossierCell("", state: work.state(line.state)),
            .figure(line.total?.description, note: line.isProvisional ? work.say("provisional") : nil),
            .figure(line.rank.map(String.init)), .figure(line.rankWithoutBonus.map(String.init)),
            .figure("\(line.signals)"), .figure("\(line.divergences)"), .figure("\(line.recheckOwed)"),
        ]
    }

    private func minutes() async throws -> DossierCard {
        let minutes = try await work.stores.minutes(work.round.id)
        var rows: [[DossierCell]] = []
        for one in minutes {
            let file = try await work.stores.files(one.owner).first
            rows.append([
                DossierCell(one.number, href: file.map { "/api/v1/panel-files/\($0.digest)" }, note: file?.name),
                DossierCell("\(one.heldOn)"), DossierCell(one.present),
                DossierCell(try await work.name(one.by), note: work.moment(one.at)),
                DossierCell("", proof: one.logIndex.map { ProofChip(index: $0) }),
            ])
        }
        let head = ["number", "heldOn", "present", "kept_by", "proof"].map { work.say("column.\($0)") }
        let mayKeep = work.principal.may(.settle) || work.principal.may(.runRound)
        let form = DossierForm(
            "keep-minutes", work.say("keep_minutes"), action: base + "/panel/minutes",
            effect: work.say("keep_minutes_effect"), isMain: minutes.isEmpty,
            fields: [
                DossierField(.text, "number", work.say("field.number"), maxLength: 100, isRequired: true),
                DossierField(.date, "heldOn", work.say("field.heldOn"), value: "\(work.today)", isRequired: true),
                DossierField(
                    .area, "present", work.say("field.present"), hint: work.say("present_hint"), maxLength: 1000,
                    isRequired: true),
                DossierField(.area, "note", work.say("field.note"), maxLength: 2000),
                DossierField(
                    .file, "file", work.say("field.file"), hint: work.say("file_hint"), isRequired: true),
            ])
        return DossierCard(
            "minutes", work.say("minutes"), hint: work.say("minutes_hint"), isWide: true,
            table: rows.isEmpty ? nil : DossierTable(work.say("minutes"), columns: head, rows: rows),
            empty: rows.isEmpty ? EmptyState(work.say("minutes_none")) : nil, forms: mayKeep ? [form] : [])
    }

    /// What settling will do, platform by platform, with the one button that does it.
    static func preview(_ work: PanelWork, _ planned: [PanelDesk.Settlement], minutes: String?) -> DossierPage {
        let base = "/authority/rounds/\(work.round.id)/panel"
        let ready = planned.filter(\.allowed)
        let rows = planned.map { one in
            [
                DossierCell(one.name, href: "\(base)/\(one.platform)"),
                DossierCell(
                    "",
                    state: one.allowed
                        ? StateWord("✓", work.say("will_settle"), .good)
                        : StateWord("✕", work.say("cannot_settle"), .wrong)),
                DossierCell(one.findings.map(\.message).joined(separator: " ")),
            ]
        }
        let fields =
            [
                DossierField(.hidden, "minutes", value: minutes ?? ""),
                DossierField(.area, "reason", work.say("field.conclusion"), maxLength: 1000),
            ] + ready.map { DossierField(.hidden, "platform.\($0.platform)", value: "on") }
        let form = DossierForm(
            "settle", work.say("settle_now", ["count": "\(ready.count)"]), action: base + "/settlements",
            effect: work.say("settle_now_effect", ["count": "\(ready.count)"]), isFolded: false, fields: fields)
        return DossierPage(
            Heading(
                work.say("preview"), kicker: work.round.title[work.context.language],
                lead: work.say(
                    "preview_lead",
                    ["ready": "\(ready.count)", "left": "\(planned.count - ready.count)"])),
            crumbs: [.init(title: work.say("title"), href: base)],
            cards: [
                DossierCard(
                    "plan", work.say("platforms"), isWide: true,
                    table: DossierTable(
                        work.say("platforms"),
                        columns: ["platform", "effect", "why_not"].map { work.say("column.\($0)") }, rows: rows),
                    forms: ready.isEmpty ? [] : [form])
            ])
    }
}
