import Access
import Review
import Scheme
import Vocabulary

/// Builds the operator's desk of the notice: contacts, what still stands against it, and the steps in their order.
struct NoticeDeskBuilder: Sendable {
    let work: PanelWork
    private var base: String { "/authority/rounds/\(work.round.id)/notice" }

    func page(notices: [Notice]) async throws -> DossierPage {
        DossierPage(
            Heading(
                work.say("notice_desk.title"), kicker: work.round.title[work.context.language],
                lead: work.say("notice_desk.lead"),
                acts: [HeadAct(work.say("notice_desk.public"), href: "/rounds/\(work.round.id)/notice")]),
            crumbs: [.init(title: work.say("title"), href: "/authority/rounds/\(work.round.id)/panel")],
            notices: notices, cards: [try await contacts(), try await into(), try await run(), try await history()])
    }

    private func contacts() async throws -> DossierCard {
        let present = try await work.stores.contacts(work.round.id)
        func field(_ name: String, _ value: String?, isRequired: Bool = true, hint: String? = nil) -> DossierField {
            DossierField(
                .text, name, work.say("field.\(name)"), hint: hint, value: value ?? "", maxLength: 100,
                isRequired: isRequired)
        }
        let form = DossierForm(
            "contacts-form", work.say(present == nil ? "contacts_set" : "contacts_change"),
            action: base + "/contacts", isMain: present == nil, button: work.say("save"),
            fields: [
                DossierField(.hidden, "version", value: "\(present?.version ?? 0)"),
                field("office", present?.office), field("officePhone", present?.officePhone),
                field("inspection", present?.inspection), field("inspectionPhone", present?.inspectionPhone),
                field("mail", present?.mail, isRequired: false), field("address", present?.address, isRequired: false),
            ])
        let pairs =
            present.map {
                [
                    DossierPair($0.office, $0.officePhone), DossierPair($0.inspection, $0.inspectionPhone),
                    DossierPair(work.say("field.mail"), $0.mail.isEmpty ? "–" : $0.mail),
                    DossierPair(work.say("field.address"), $0.address.isEmpty ? "–" : $0.address),
                ]
            } ?? []
        return DossierCard(
            "contacts", work.say("notice.contacts"), hint: work.say("contacts_hint"), pairs: pairs,
            empty: present == nil ? EmptyState(work.say("contacts_none")) : nil,
            forms: work.principal.may(.runRound) ? [form] : [])
    }

    /// Told platforms go into the notice, then the round does.
    private func into() async throws -> DossierCard {
        let all = try await work.site.participations(work.round.id)
        let tellings = try await work.stores.tellings(work.round.id)
        let told = all.filter { $0.submission == .settled }
        let rows = told.map { one -> [DossierCell] in
            let telling = tellings[one.platform]
            let hasRun = telling?.hasRun(on: work.today) ?? false
            return [
                DossierCell(one.name, href: "/authority/rounds/\(work.round.id)/panel/\(one.platform)"),
                DossierCell(telling.map { "\($0.lastDay)" } ?? "–"),
                DossierCell(
                    "",
                    state: telling?.acceptedAt != nil
                        ? StateWord("✓", work.say("decision.accepted"), .good)
                        : hasRun
                            ? StateWord("✓", work.say("period_over"), .good)
                            : StateWord("…", work.say("period_runs"), .watch)),
            ]
        }
        var forms: [DossierForm] = []
        if work.principal.may(.checkFormally), !told.isEmpty {
            forms.append(
                DossierForm(
                    "lapse", work.say("lapse"), action: base + "/lapse",
                    effect: work.say("lapse_effect", ["count": "\(told.count)"])))
        }
        let steps = PanelRoundSteps(services: work.services)
        var findings: [Notice] = []
        if work.round.state == .panel {
            findings = try await steps.noticeFindings(work.round, work.stores).map { notice($0) }
            if work.principal.may(.runRound) {
                forms.append(action(.notice, isMain: findings.isEmpty))
            }
        }
        let head = ["platform", "recheck_until", "state"].map { work.say("column.\($0)") }
        return DossierCard(
            "into", work.say("notice_desk.into"), isWide: true, findings: findings,
            table: rows.isEmpty ? nil : DossierTable(work.say("notice_desk.into"), columns: head, rows: rows),
            empty: rows.isEmpty && findings.isEmpty ? EmptyState(work.say("notice_desk.nobody_told")) : nil,
            forms: forms)
    }

    private func notice(_ finding: Finding) -> Notice { Notice(work.catalogue.text(finding), .watch) }

    private func action(_ action: RoundAction, isMain: Bool = false, isWrong: Bool = false) -> DossierForm {
        DossierForm(
            "act-\(action.rawValue)", work.say("round_action.\(action.rawValue)"), action: base + "/actions",
            effect: work.say("round_effect.\(action.rawValue)"), isMain: isMain, isWrong: isWrong,
            fields: [
                DossierField(.hidden, "action", value: action.rawValue),
                DossierField(.area, "reason", work.say("field.reason"), maxLength: 1000, isRequired: true),
            ])
    }

    /// While the notice runs, and when it has run.
    private func run() async throws -> DossierCard {
        guard work.round.state == .notice else {
            return DossierCard(
                "run", work.say("notice_desk.run"), empty: EmptyState(work.say("notice_desk.not_running")))
        }
        let all = try await work.site.participations(work.round.id)
        let open = try await work.stores.openCount(work.round.id, nil)
        func count(_ state: SubmissionState) -> String { "\(all.filter { $0.submission == state }.count)" }
        var pairs = [
            DossierPair(work.say("submission.in-notice"), count(.inNotice)),
            DossierPair(work.say("submission.objection"), count(.objection)),
            DossierPair(work.say("submission.panel"), count(.panel)),
            DossierPair(work.say("submission.published"), count(.published)),
            DossierPair(work.say("objections_open"), "\(open)"),
        ]
        if let notice = try await work.stores.notices(work.round.id).last {
            pairs.insert(DossierPair(work.say("notice.to"), "\(notice.endsOn)"), at: 0)
        }
        let findings = try await PanelRoundSteps(services: work.services).publishFindings(
            work.round, work.scheme, work.stores)
        var forms: [DossierForm] = []
        if work.principal.may(.checkFormally), count(.inNotice) != "0" {
            forms.append(
                DossierForm(
                    "end", work.say("end"), action: base + "/end",
                    effect: work.say("end_effect", ["count": count(.inNotice)])))
        }
        if work.principal.may(.decideRound) { forms.append(action(.publish, isMain: findings.isEmpty)) }
        if work.principal.may(.runRound) { forms.append(action(.panel, isWrong: true)) }
        return DossierCard(
            "run", work.say("notice_desk.run"), findings: findings.map { notice($0) }, pairs: pairs, forms: forms)
    }

    private func history() async throws -> DossierCard {
        let notices = try await work.stores.notices(work.round.id)
        let acts = notices.map { one in
            (
                at: one.at, by: AccountID?.some(one.by),
                what: work.say(
                    "notice.started",
                    ["number": "\(one.number)", "from": "\(one.startsOn)", "to": "\(one.endsOn)"]),
                logIndex: one.logIndex
            )
        }
        return DossierCard(
            "history", work.say("history"), timeline: try await work.timeline(acts),
            empty: acts.isEmpty ? EmptyState(work.say("notice.none")) : nil)
    }
}
