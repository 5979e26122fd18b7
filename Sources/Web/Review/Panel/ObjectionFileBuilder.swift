import Access
import Evaluate
import Review
import Scheme
import Vocabulary
import Wording

/// Builds the authority's list of objections.
struct ObjectionListBuilder: Sendable {
    let work: PanelWork

    func page(after: Int) async throws -> DossierPage {
        let found = try await work.stores.objections(work.round.id, after: after, limit: 101)
        let names = try await work.site.participations(work.round.id).reduce(into: [PlatformID: String]()) {
            $0[$1.platform] = $1.name
        }
        let base = "/authority/rounds/\(work.round.id)/objections"
        let rows = found.prefix(100).map { one in
            [
                DossierCell(work.say("objection.number", ["number": "\(one.number)"]), href: "\(base)/\(one.number)"),
                DossierCell(names[one.platform] ?? one.platform.rawValue),
                DossierCell(one.indicator.map(work.title) ?? work.say("objection.whole")),
                DossierCell("", state: work.state(one)), DossierCell(work.moment(one.at)),
                DossierCell(
                    one.contactProof.map { work.say("proof.\($0.rawValue)") } ?? work.say("proof.none")),
            ]
        }
        let head = ["objection", "platform", "indicator", "state", "at", "contact"].map { work.say("column.\($0)") }
        let next = found.count > 100 ? found.prefix(100).last?.number : nil
        return DossierPage(
            Heading(
                work.say("objections.title"), kicker: work.round.title[work.context.language],
                lead: work.say("objections.lead"),
                acts: [
                    HeadAct(
                        Catalogue.of(work.context.language).text("web.desk.excel"), href: "\(base)/list.xlsx",
                        isDownload: true)
                ]),
            crumbs: [.init(title: work.say("title"), href: "/authority/rounds/\(work.round.id)/panel")],
            cards: [
                DossierCard(
                    "objections", work.say("objections.title"), isWide: true,
                    links: next.map { [HeadAct(work.say("next_page"), href: "\(base)?cursor=\($0)")] } ?? [],
                    table: rows.isEmpty ? nil : DossierTable(work.say("objections.title"), columns: head, rows: rows),
                    empty: rows.isEmpty ? EmptyState(work.say("objections.none")) : nil)
            ])
    }
}

/// Builds the file of one objection: who, what, the steps in their order, and who would move.
struct ObjectionFileBuilder: Sendable {
    let work: PanelWork
    let objection: Objection
    /// Who objects in clear with the entry of this look; nil as long as nobody gave a reason.
    var seen: (objector: Objector, logIndex: Int)?
    private var base: String { "/authority/rounds/\(work.round.id)/objections/\(objection.number)" }
    private var mayHandle: Bool { work.principal.may(.checkFormally) }

    func page(notices: [Notice]) async throws -> DossierPage {
        let participation = try await work.participation(objection.platform)
        return DossierPage(
            Heading(
                work.say("objection.number", ["number": "\(objection.number)"]),
                kicker: work.round.title[work.context.language], lead: participation.name),
            crumbs: [
                .init(title: work.say("objections.title"), href: "/authority/rounds/\(work.round.id)/objections")
            ], notices: notices + hints(),
            cards: [
                try await facts(participation), try await person(), steps(), try await history(), try await effect(),
            ].compactMap { $0 })
    }

    /// What the system sees against accepting it; the operator decides.
    private func hints() -> [Notice] {
        guard objection.state == .received else { return [] }
        var hints: [Notice] = []
        if objection.contactProof == nil { hints.append(Notice(work.say("hint.unproven"), .watch)) }
        if let indicator = objection.indicator.flatMap({ work.scheme.indicator($0) }),
            indicator.markValue != nil
        {
            hints.append(Notice(work.say("hint.expert_judgement"), .watch))
        }
        return hints
    }

    private func facts(_ participation: Participation) async throws -> DossierCard {
        DossierCard(
            "facts", work.say("field.facts"), state: work.state(objection), paragraphs: [objection.facts],
            pairs: [
                DossierPair(work.say("column.platform"), "\(participation.name) · \(participation.company.name)"),
                DossierPair(
                    work.say("column.indicator"), objection.indicator.map(work.title) ?? work.say("objection.whole")),
                DossierPair(
                    work.say("received_at"), work.moment(objection.at),
                    proof: objection.logIndex.map { ProofChip(index: $0) }),
                DossierPair(work.say("field.heard"), objection.heard ?? work.say("owed")),
            ], papers: work.papers(try await work.stores.files(objection.owner)))
    }

    private func person() async throws -> DossierCard {
        let masked = try await work.stores.objector(objection.id)?.masked
        let shown = seen?.objector ?? masked
        var forms: [DossierForm] = []
        if seen == nil, masked != nil, work.principal.may(.readObjector) {
            forms.append(
                DossierForm(
                    "person", work.say("person_view"), action: base + "/person", effect: work.say("person_effect"),
                    fields: [DossierField(.area, "reason", work.say("field.reason"), maxLength: 2000, isRequired: true)]
                ))
        }
        return DossierCard(
            "objector", work.say("objector"), hint: work.say(masked == nil ? "objector_deleted" : "objector_hint"),
            findings: seen == nil ? [] : [Notice(work.say("person_seen"), .watch)],
            pairs: [
                DossierPair(work.say("field.name"), shown?.name ?? "–"),
                DossierPair(
                    shown.map { work.say("identity.\($0.identityKind.rawValue)") } ?? work.say("field.identity"),
                    shown?.identity ?? "–"),
                DossierPair(
                    shown.map { work.say("contact.\($0.contactKind.rawValue)") } ?? work.say("field.contact"),
                    shown?.contact ?? "–"),
                DossierPair(
                    work.say("column.contact"),
                    (objection.contactProof.map { work.say("proof.\($0.rawValue)") } ?? work.say("proof.none"))
                        + (objection.contactNote.isEmpty ? "" : " · \(objection.contactNote)"),
                    proof: seen.map { ProofChip(index: $0.logIndex) }),
            ], forms: forms)
    }

    private func steps() -> DossierCard? {
        guard mayHandle, objection.state.isOpen else { return nil }
        var forms: [DossierForm] = []
        if objection.contactProof == nil {
            forms.append(
                DossierForm(
                    "contact", work.say("step.contact"), action: base + "/contact",
                    effect: work.say("step.contact_effect"), isMain: true,
                    fields: [DossierField(.area, "note", work.say("field.call"), maxLength: 500, isRequired: true)]))
        }
        if objection.state == .received {
            let options =
                [(value: "accept", title: work.say("step.accept"))]
                + Objection.Refusal.allCases.map { (value: $0.rawValue, title: work.say("refusal.\($0.rawValue)")) }
            forms.append(
                DossierForm(
                    "decision", work.say("step.decide"), action: base + "/decision",
                    effect: work.say("step.decide_effect"), isMain: objection.contactProof != nil,
                    fields: [
                        DossierField(.choice, "refusal", work.say("field.refusal"), options: options),
                        DossierField(.area, "reason", work.say("field.reason"), maxLength: 2000, isRequired: true),
                    ]))
        } else {
            forms.append(
                DossierForm(
                    "hearing", work.say("step.hear"), action: base + "/hearing", effect: work.say("step.hear_effect"),
                    isMain: objection.heard == nil,
                    fields: [
                        DossierField(
                            .area, "heard", work.say("field.heard"), value: objection.heard ?? "", maxLength: 5000,
                            isRequired: true)
                    ]))
            forms.append(
                DossierForm(
                    "answer", work.say("step.answer"), action: base + "/answer", effect: work.say("step.answer_effect"),
                    isMain: objection.heard != nil,
                    fields: [
                        DossierField(
                            .choice, "verdict", work.say("field.verdict"),
                            options: ["dismiss", "uphold"].map { (value: $0, title: work.say("verdict.\($0)")) }),
                        DossierField(
                            .text, "number", work.say("field.letter_number"), maxLength: 100, isRequired: true),
                        DossierField(.area, "letter", work.say("field.letter"), maxLength: 10_000, isRequired: true),
                    ]))
        }
        return DossierCard("steps", work.say("steps"), forms: forms)
    }

    private func history() async throws -> DossierCard {
        var acts: [(at: Instant, by: AccountID?, what: String, logIndex: Int?)] = [
            (objection.at, nil, work.say("history_received"), nil)
        ]
        if let at = objection.decidedAt {
            let key = objection.refusal == nil ? "history_accepted" : "history_refused"
            acts.append((at, objection.decidedBy, work.say(key, ["reason": objection.decisionReason ?? ""]), nil))
        }
        if let at = objection.heardAt { acts.append((at, nil, work.say("history_heard"), nil)) }
        if let at = objection.answeredAt {
            let values = ["number": objection.letterNumber ?? "", "letter": objection.letter ?? ""]
            acts.append((at, objection.answeredBy, work.say("history_answered", values), objection.logIndex))
        }
        return DossierCard("history", work.say("history"), timeline: try await work.timeline(acts))
    }

    /// After an upheld objection: who moves between the announced result and the newest.
    private func effect() async throws -> DossierCard? {
        guard objection.state == .upheld, let before = objection.computationBefore,
            let latest = try await work.latest(), latest.run.number > before
        else { return nil }
        let comparison = ResultComparison(
            before: try await work.result(before).field, after: latest.result.field)
        return DossierCard(
            "effect", work.say("comparison.moved"), hint: work.sentence(comparison), isWide: true,
            table: comparison.moved.isEmpty
                ? nil
                : work.comparisonTable(comparison, try await work.site.participations(work.round.id)))
    }
}
