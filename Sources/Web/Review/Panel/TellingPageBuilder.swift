import Access
import Evaluate
import Review
import Scheme
import Score
import Vocabulary

/// Builds the company's page of its own result: its values and points with the why, never anybody else's, never a rank.
struct TellingPageBuilder: Sendable {
    let work: PanelWork
    let participation: Participation
    private var base: String { "/company/rounds/\(work.round.id)/telling" }
    private var platform: PlatformID { participation.platform }
    private var maySubmit: Bool { work.principal.may(.submitSubmission, on: participation.scope) }

    func page(notices: [Notice]) async throws -> DossierPage {
        let heading = Heading(
            work.say("telling.title"), kicker: work.round.title[work.context.language], lead: participation.name)
        let telling = try await work.stores.tellings(work.round.id)[platform]
        let recheck = try await work.stores.recheck(work.round.id, platform)
        let isTold = ResultVisibility.companySeesOwn(
            work.round, scheme: work.scheme, submission: participation.submission)
        guard let telling, isTold || recheck != nil else {
            return DossierPage(
                heading, notices: notices,
                cards: [DossierCard("none", work.say("telling.title"), empty: EmptyState(work.say("telling.none")))])
        }
        var cards = [standing(telling, recheck)]
        if let recheck { cards.append(try await asked(recheck)) }
        cards += try await objections()
        if isTold, let unit = try await work.latest()?.result.field.unit(platform.rawValue) {
            cards += try await sheet(unit, mayAsk: participation.submission == .settled && recheck == nil && maySubmit)
        }
        return DossierPage(heading, notices: notices, cards: cards)
    }

    private func standing(_ telling: Telling, _ recheck: Recheck?) -> DossierCard {
        let isOpen = participation.submission == .settled && telling.acceptedAt == nil
        let accept = DossierForm(
            "accept", work.say("telling.accept"), action: base + "/acceptance",
            effect: work.say("telling.accept_effect"))
        return DossierCard(
            "standing", work.say("standing"), state: work.state(participation.submission),
            paragraphs: [
                isOpen && recheck == nil
                    ? work.say("telling.until", ["day": "\(telling.lastDay)", "days": "\(telling.days)"])
                    : work.say("telling.closed")
            ],
            pairs: [
                DossierPair(work.say("told"), work.moment(telling.at)),
                DossierPair(work.say("column.recheck_until"), "\(telling.lastDay)"),
                DossierPair(
                    work.say("decision.accepted"), telling.acceptedAt.map { work.moment($0) } ?? "–"),
            ], forms: isOpen && maySubmit ? [accept] : [])
    }

    private func asked(_ recheck: Recheck) async throws -> DossierCard {
        let rows = recheck.cells.map { cell in
            [
                DossierCell(work.title(cell.indicator)), DossierCell(cell.reason),
                DossierCell(work.figures(cell.before)),
                DossierCell(
                    cell.after.map(work.figures) ?? "–",
                    note: cell.isChanged.map { work.say($0 ? "recheck_changed" : "recheck_kept") }),
                DossierCell(cell.answer ?? work.say("owed"), note: cell.answeredAt.map { work.moment($0) }),
            ]
        }
        let head = ["indicator", "reason", "value_before", "value_after", "answer"].map { work.say("column.\($0)") }
        return DossierCard(
            "recheck", work.say("recheck"), hint: work.moment(recheck.at), isWide: true,
            paragraphs: [recheck.reason], table: DossierTable(work.say("recheck"), columns: head, rows: rows),
            papers: work.papers(try await work.stores.files(Recheck.owner(work.round.id, platform))),
            forms: recheck.isAnswered || !maySubmit ? [] : [fileForm()])
    }

    private func fileForm() -> DossierForm {
        DossierForm(
            "file", work.say("telling.attach"), action: base + "/files",
            fields: [
                DossierField(.file, "file", work.say("field.file"), hint: work.say("file_hint"), isRequired: true)
            ])
    }

    /// Accepted objections against the own platform: the facts, never who raised them.
    private func objections() async throws -> [DossierCard] {
        let all = try await work.stores.objections(work.round.id, after: 0, limit: 10_000)
        return all.filter { $0.platform == platform && $0.state != .received && $0.state != .notAccepted }.map { one in
            let hear = DossierForm(
                "hear-\(one.number)", work.say("telling.hear"), action: "\(base)/hearing/\(one.number)",
                effect: work.say("telling.hear_effect"), isMain: one.heard == nil,
                fields: [
                    DossierField(
                        .area, "heard", work.say("field.heard"), value: one.heard ?? "", maxLength: 5000,
                        isRequired: true)
                ])
            return DossierCard(
                "objection-\(one.number)", work.say("objection.number", ["number": "\(one.number)"]),
                state: work.state(one), paragraphs: [one.facts],
                pairs: [
                    DossierPair(
                        work.say("column.indicator"), one.indicator.map(work.title) ?? work.say("objection.whole")),
                    DossierPair(work.say("field.heard"), one.heard ?? work.say("owed")),
                ], forms: one.state == .accepted && maySubmit ? [hear] : [])
        }
    }

    /// The own sheet; with boxes to tick while a recheck may be asked for.
    private func sheet(_ unit: UnitScore, mayAsk: Bool) async throws -> [DossierCard] {
        let verified = try await work.site.verifications(work.round.id, platform)
        let rows = unit.sheet.indicators.map { line -> [DossierCell] in
            let one = verified[line.id]
            let sentence = line.sentences.map { work.catalogue.text($0.code, $0.values(in: work.context.language)) }
                .joined(separator: work.catalogue.text("web.list.space"))
            return [
                DossierCell(work.title(line.id)), DossierCell(one.map { work.figures($0.values) } ?? work.say("none")),
                DossierCell(
                    one.map { work.catalogue.text("web.basis.\($0.basis.rawValue)") } ?? "–", note: one?.reason),
                DossierCell(sentence, note: line.formula.isEmpty ? nil : "\(line.formula) → \(line.points)"),
                .figure("\(line.points) / \(FigureFormat.trimmed(line.full))"),
                DossierCell("", proof: one?.logIndex.map { ProofChip(index: $0) }),
            ]
        }
        let head = [
            work.say("column.indicator"), work.say("column.verified"), work.say("column.basis"),
            work.say("column.why"), "#" + work.say("column.points"), work.say("column.proof"),
        ]
        let sections = unit.sheet.sections.map { "\($0.title[work.context.language]) \($0.points)" }
        let card = DossierCard(
            "sheet", work.say("telling.sheet"), isWide: true,
            paragraphs: [
                work.say(
                    "telling.sum",
                    [
                        "sections": sections.joined(separator: work.catalogue.text("web.list.separator")),
                        "total": unit.total?.description ?? "–",
                    ])
            ], table: DossierTable(work.say("telling.sheet"), columns: head, rows: rows))
        return mayAsk ? [card, askCard(unit), fileCard()] : [card]
    }

    private func askCard(_ unit: UnitScore) -> DossierCard {
        var fields = [
            DossierField(
                .area, "reason", work.say("field.recheck_reason"), hint: work.say("telling.reason_hint"),
                maxLength: 2000, isRequired: true)
        ]
        for line in unit.sheet.indicators {
            fields.append(DossierField(.check, "cell.\(line.id)", work.title(line.id)))
            fields.append(
                DossierField(
                    .text, "reason.\(line.id)", work.say("telling.cell_reason", ["number": "\(line.number)"]),
                    maxLength: 500))
        }
        return DossierCard(
            "ask", work.say("telling.ask"), hint: work.say("telling.ask_hint"), isWide: true,
            forms: [
                DossierForm(
                    "recheck", work.say("telling.ask"), action: base + "/recheck",
                    effect: work.say("telling.ask_effect"), fields: fields)
            ])
    }

    private func fileCard() -> DossierCard {
        DossierCard(
            "evidence", work.say("telling.evidence"), hint: work.say("telling.evidence_hint"), forms: [fileForm()])
    }
}
