import Access
import Review
import Scheme
import Vocabulary
import Wording

/// Builds the page of one submission.
struct SubmissionPageBuilder: Sendable {
    let services: Services
    let context: WebContext

    func page(_ participation: Participation, notice: Notice?) async throws -> (SubmissionPage, Round) {
        let acts = SubmissionActs(services: services)
        let submission = try await acts.submissionCase(participation)
        let words = WorkflowWords(language: context.language, scheme: submission.scheme)
        let store = services.people.workflow.submissions
        let events = try await store?.events(participation.round, participation.platform) ?? []
        let proposals =
            try await store?.proposals(participation.round, participation.platform, version: participation.version)
            ?? []
        var names: [AccountID: String] = [:]
        for id in Set(events.compactMap(\.by) + proposals.map(\.by)) {
            names[id] = try await services.accounts.account(id)?.displayName ?? id.rawValue
        }
        let forms = try await acts.possibilities(submission, for: context.principal).map { form($0, submission, words) }
        let deadline = words.deadline(
            try await acts.period(submission), now: submission.now, calendar: services.people.workflow.calendar)
        let page = SubmissionPage(
            heading: Heading(
                participation.name, kicker: submission.round.title[words.language],
                lead: words.say(
                    "one_lead",
                    [
                        "company": participation.company.name, "code": participation.company.code.description,
                        "region": words.region(participation.company.region),
                    ]),
                acts: [
                    HeadAct(words.say("back_to_list"), href: "/authority/rounds/\(participation.round)/submissions"),
                    HeadAct(
                        Catalogue.of(words.language).text("web.desk.to_checklist"),
                        href: "/authority/rounds/\(participation.round)/submissions/\(participation.platform)"
                            + "/checklist"),
                ]),
            notice: notice, state: words.state(participation.submission),
            stateSentence: Catalogue.of(words.language).text(
                "submit.page.submission.\(participation.submission.rawValue).next"),
            deadline: deadline.isEmpty ? nil : deadline,
            proposals: proposals.map {
                words.say(
                    "proposed",
                    [
                        "who": names[$0.by] ?? $0.by.rawValue,
                        "action": words.action($0.action, from: participation.submission),
                        "reason": $0.reason ?? "–",
                    ])
            }, acts: forms, hasActs: !forms.isEmpty,
            events: events.reversed().map { event($0, names, submission, words) }, hasEvents: !events.isEmpty)
        return (page, submission.round)
    }

    private func form(
        _ one: SubmissionActs.Possibility, _ submission: SubmissionCase, _ words: WorkflowWords
    ) -> SubmissionPage.Form {
        let participation = submission.participation
        let catalogue = Catalogue.of(words.language)
        let action = one.row.action
        let to = SubmissionStages(scheme: submission.scheme).entering(
            one.row.to ?? participation.returnedFrom ?? .countyReview)
        return SubmissionPage.Form(
            href: "/authority/rounds/\(participation.round)/submissions/\(participation.platform)/actions",
            action: action.rawValue, title: words.action(action, from: participation.submission),
            version: "\(participation.version)",
            effect: words.say(
                one.row.agreement == .one ? "effect" : "effect_two", ["state": words.state(to).word]),
            isAllowed: one.isAllowed, needsReason: action.needsReason, needsLetter: action == .recommend,
            reasonID: "reason-\(action.rawValue)", letterID: "letter-\(action.rawValue)",
            hindrances: one.hindrances.map { catalogue.text($0) }, hasHindrances: !one.hindrances.isEmpty)
    }

    private func event(
        _ event: SubmissionEvent, _ names: [AccountID: String], _ submission: SubmissionCase, _ words: WorkflowWords
    ) -> SubmissionPage.Event {
        let moments = MomentFormat(zoneName: submission.scheme.zone, words.language)
        return SubmissionPage.Event(
            instant: event.at.description, at: moments.minute(event.at), atFull: moments.full(event.at),
            who: event.by.map { names[$0] ?? $0.rawValue } ?? words.say("system"),
            what: words.action(event.action, from: event.from), to: words.state(event.to),
            reason: event.reason.flatMap { $0.isEmpty ? nil : words.say("reason", ["reason": $0]) },
            details: event.details.sorted { $0.key < $1.key }.map { key, value in
                key == "letter" ? words.say("letter", ["letter": value]) : "\(key): \(value)"
            }, proof: event.logIndex.map { ProofChip(index: $0) })
    }
}
