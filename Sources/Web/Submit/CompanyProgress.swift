import Access
import Review
import Scheme
import Submit
import Vocabulary
import Wording

/// Where the company's submission stands: what keeps it from being handed in, what happened to it, what ends next.
struct CompanyProgress: Sendable {
    let access: CellAccess
    let submission: SubmissionCase
    /// Against handing in; empty where there is nothing to hand in.
    let hindrances: [Finding]
    /// The round enforces what hinders.
    let isGuarded: Bool
    /// Oldest first.
    let events: [SubmissionEvent]
    let names: [AccountID: String]
    /// The period that runs now; nil where none runs.
    let period: WorkingPeriod?
    let calendar: WorkingCalendar

    init(_ services: Services, _ access: CellAccess) async throws {
        self.access = access
        submission = SubmissionCase(
            access.participation, round: access.round, scheme: access.scheme, now: access.now)
        let desk = services.submissionDesk
        isGuarded = desk.isGuarded(access.round)
        if let action = CompanyProgress.action(access) {
            hindrances = try await desk.hindrances(
                to: SubmissionRequest(action, by: access.principal.account), of: submission)
        } else {
            hindrances = []
        }
        let store = services.people.workflow.submissions
        events = try await store?.events(access.round.id, access.participation.platform) ?? []
        period = try await SubmissionActs(services: services).period(submission)
        calendar = services.people.workflow.calendar
        var names: [AccountID: String] = [:]
        // A company is told who of its own people acted, and of the offices which office.
        for id in Set(events.compactMap(\.by)) {
            guard let account = try await services.accounts.account(id) else { continue }
            if account.company == access.participation.company.code { names[id] = account.displayName }
        }
        self.names = names
    }

    /// What the company may press now; nil where nothing.
    static func action(_ access: CellAccess) -> SubmissionAction? {
        let state = access.participation.submission
        guard access.may(.submitSubmission), state.isEditableByCompany else { return nil }
        return state == .draft ? .submit : .resubmit
    }

    /// Nothing hinders, or the round does not enforce what does.
    var isReady: Bool { !isGuarded || !hindrances.contains { $0.severity == .error } }
}

/// Puts the company's progress into words.
struct CompanyProgressBuilder: Sendable {
    let progress: CompanyProgress
    let words: CompanyWords

    private var access: CellAccess { progress.access }
    private var base: String { "/company/rounds/\(access.round.id)" }
    private var catalogue: Catalogue { Catalogue.of(words.language) }

    /// What must be mended first, then what is only remarked.
    func hindrances() -> [CompanyPage.Hindrance] {
        progress.hindrances.sorted { $0.severity > $1.severity }.map { finding in
            let place = place(of: finding)
            let state =
                finding.severity == .error
                ? StateWord("○", words.say("hindrance.must"), .wrong)
                : StateWord("△", words.say("hindrance.remark"), .watch)
            return CompanyPage.Hindrance(
                state: state, text: catalogue.text(finding), href: place?.href, link: place?.title ?? "")
        }
    }

    /// Where it is mended: papers and eligibility have a page, everything about an indicator its place in the form.
    private func place(of finding: Finding) -> (href: String, title: String)? {
        switch finding.place {
        case "paper": return (base + "/papers", words.say("hindrance.papers"))
        case "eligibility": return (base + "/papers#eligibility", words.say("hindrance.eligibility"))
        case "queries": return (base + "/queries", words.say("hindrance.queries"))
        default: break
        }
        let id = finding.place.split(separator: ".").first.map { IndicatorID(String($0)) }
        guard let id, let indicator = access.scheme.indicator(id) else { return nil }
        let section = access.scheme.sections.first { $0.groups.contains { $0.indicators.contains(indicator) } }
        return (
            "\(base)/sections/\(section?.id ?? "")#\(indicator.id)", indicator.title[words.language]
        )
    }

    func events() -> [CompanyPage.Event] {
        let moments = MomentFormat(zoneName: access.scheme.zone, words.language)
        let flow = WorkflowWords(language: words.language, scheme: access.scheme)
        return progress.events.reversed().map { event in
            CompanyPage.Event(
                instant: event.at.description, at: moments.minute(event.at), atFull: moments.full(event.at),
                who: who(event), what: flow.action(event.action, from: event.from), to: words.submissionState(event.to),
                reason: event.reason.flatMap { $0.isEmpty ? nil : flow.say("reason", ["reason": $0]) },
                proof: event.logIndex.map { ProofChip(index: $0) })
        }
    }

    private func who(_ event: SubmissionEvent) -> String {
        guard let by = event.by else { return words.say("who.system") }
        if let name = progress.names[by] { return name }
        switch event.from {
        case .countyReview: return words.say("who.county")
        case .cityReview: return words.say("who.city")
        case .siteCheck: return words.say("who.verifier")
        case .panel: return words.say("who.panel")
        default: return words.say("who.province")
        }
    }

    /// What ends next: the period that runs, else the cut-off.
    func deadline() -> (days: String?, unit: String, sentence: String) {
        guard let period = progress.period, let zone = DayCutter(zoneName: access.scheme.zone) else {
            let usual = words.deadline(access)
            return (usual.days, words.say("deadline.unit"), usual.sentence)
        }
        let left = period.workdaysLeft(access.now, calendar: progress.calendar, zone: zone)
        let state = access.participation.submission.rawValue
        let values = ["day": period.last.description, "days": "\(period.days)"]
        return (
            "\(left)", words.say("deadline.workdays"),
            words.say(left > 0 ? "deadline.period.\(state)" : "deadline.period_over", values)
        )
    }
}
