import Access
import Hummingbird
import Paper
import Review
import Scheme
import Vocabulary
import Wording

/// Builds the offices' list of submissions.
struct SubmissionListBuilder: Sendable {
    let round: Round
    private let site: Site
    private let principal: Principal
    private let scheme: IndicatorScheme
    private let words: WorkflowWords
    private let all: [Participation]
    private let found: [Participation]
    private let asked: (state: String, city: String, due: String, page: Int, done: String)
    private let events: [PlatformID: SubmissionEvent]
    private let settings: ProcessSettings
    private let zone: DayCutter

    private var services: Services { site.services }
    private var base: String { "/authority/rounds/\(round.id)/submissions" }

    init(site: Site, context: WebContext, request: Request) async throws {
        guard context.principal.isOffice else {
            throw context.principal.isSignedIn
                ? Failure("access.denied", ["permission": Permission.readRound.rawValue])
                : Failure("access.sign_in_required")
        }
        let services = site.services
        self.site = site
        principal = context.principal
        round = try await services.round(context)
        scheme = try await services.scheme(of: round)
        words = WorkflowWords(language: context.language, scheme: scheme)
        guard let zone = DayCutter(zoneName: scheme.zone) else { throw Failure("common.unknown_failure") }
        self.zone = zone
        let query = request.uri.queryParameters
        func value(_ name: Substring) -> String { query[name].map { String($0).removingPercentEncoding ?? "" } ?? "" }
        asked = (value("state"), value("city"), value("due"), max(1, Int(value("page")) ?? 1), value("done"))
        let events = try await services.people.workflow.submissions?.lastEvents(round.id) ?? [:]
        let settings = try await services.people.workflow.process(of: round)
        let principal = context.principal
        all = try await site.participations(round.id).filter { principal.may(.readPlatform, on: $0.scope) }
        self.events = events
        self.settings = settings
        let asked = asked
        found = all.filter {
            (asked.state.isEmpty || $0.submission.rawValue == asked.state)
                && (asked.city.isEmpty || $0.company.region.city.rawValue == asked.city)
                && (asked.due != "running" || (SubmissionPeriods.days($0.submission, settings) ?? 0) > 0)
        }
    }

    private func period(_ participation: Participation) async throws -> WorkingPeriod? {
        let submission = SubmissionCase(participation, round: round, scheme: scheme, now: services.clock.now())
        let period = try await services.people.workflow.periods?.period(
            of: submission, since: events[participation.platform])
        return period.flatMap { $0.days > 0 ? $0 : nil }
    }

    func page() async throws -> SubmissionsPage {
        let size = SubmissionPageRoutes.rowsPerPage
        let pages = max(1, (found.count + size - 1) / size)
        let number = min(asked.page, pages)
        var rows: [SubmissionsPage.Row] = []
        for participation in found.dropFirst((number - 1) * size).prefix(size) {
            rows.append(try await row(participation))
        }
        func href(_ page: Int) -> String? {
            (1...pages).contains(page)
                ? base + "?state=\(asked.state)&city=\(asked.city)&due=\(asked.due)&page=\(page)" : nil
        }
        let actions = bulkActions()
        return SubmissionsPage(
            heading: Heading(
                words.say("list_title"), kicker: round.title[words.language], lead: words.say("list_lead"),
                acts: [
                    HeadAct(words.say("windows_link"), href: "/authority/rounds/\(round.id)/windows"),
                    HeadAct(
                        words.say("excel"), href: "/authority/rounds/\(round.id)/submissions-list.xlsx",
                        isDownload: true),
                ]),
            notice: asked.done == "none" ? Notice(words.say("none_chosen"), .watch) : nil, address: base,
            choices: choices(), lines: try await lines(),
            shown: words.say("shown", ["count": "\(found.count)", "page": "\(number)", "pages": "\(pages)"]),
            isEmpty: found.isEmpty, none: found.isEmpty ? EmptyState(words.say("none")) : nil, rows: rows,
            pages: pages > 1
                ? .init(previous: href(number - 1), next: href(number + 1)) : nil,
            bulk: actions.isEmpty
                ? nil
                : .init(
                    href: base,
                    action: Choice("action", label: words.say("bulk_action"), options: actions, selected: "")))
    }

    private func row(_ participation: Participation) async throws -> SubmissionsPage.Row {
        let acts = SubmissionActs(services: services)
        let submission = SubmissionCase(participation, round: round, scheme: scheme, now: services.clock.now())
        let possible = try await acts.possibilities(submission, for: principal)
        let next = possible.first { $0.isAllowed } ?? possible.first
        let catalogue = Catalogue.of(words.language)
        let lock = next.flatMap { one in one.isAllowed ? nil : one.hindrances.first.map { catalogue.text($0) } }
        let moments = MomentFormat(zoneName: scheme.zone, words.language)
        return SubmissionsPage.Row(
            id: participation.platform.rawValue, href: base + "/\(participation.platform)",
            platform: participation.name, company: participation.company.name,
            region: words.region(participation.company.region), state: words.state(participation.submission),
            since: events[participation.platform].map { moments.short($0.at) } ?? "",
            deadline: words.deadline(
                try await period(participation), now: submission.now, calendar: services.people.workflow.calendar),
            next: next.map { words.action($0.row.action, from: participation.submission) } ?? words.say("look"),
            lock: lock)
    }

    private func choices() -> [Choice] {
        let states = SubmissionState.allCases.filter { state in all.contains { $0.submission == state } }
        let cities = Set(all.map(\.company.region.city)).sorted()
        return [
            Choice(
                "state", label: words.say("state"),
                options: [("", words.say("all_states"))]
                    + states.map { state in
                        let count = all.count { $0.submission == state }
                        return (state.rawValue, "\(words.state(state).word) (\(count))")
                    }, selected: asked.state),
            Choice(
                "city", label: words.say("city"),
                options: [("", words.say("all_cities"))] + cities.map { ($0.rawValue, words.region($0)) },
                selected: asked.city),
            Choice(
                "due", label: words.say("due"),
                options: [("", words.say("due_all")), ("running", words.say("due_running"))], selected: asked.due),
        ]
    }

    /// What somebody of the reader's roles may do to several at once.
    private func bulkActions() -> [(value: String, title: String)] {
        let offered: [(SubmissionState, SubmissionAction)] = [
            (.countyReview, .pass), (.cityReview, .recommend), (.recommended, .takeIn), (.formalCheck, .pass),
            (.verification, .finish), (.settled, .lapse), (.inNotice, .end),
        ]
        var options: [(value: String, title: String)] = []
        for (state, action) in offered
        where all.contains(where: { $0.submission == state && action.isOpen(to: principal, on: $0) })
            && !options.contains(where: { $0.value == action.rawValue })
        {
            options.append((action.rawValue, words.action(action, from: state)))
        }
        return options
    }

    /// The own city's window and quota.
    private func lines() async throws -> [String] {
        guard let region = principal.region else { return [] }
        let book = try await WindowRoutes(site: site).book(round)
        let window = book.windows.effective(region)
        var lines = [
            words.say(
                "own_window",
                ["opens": zone.clockText(window.opens), "closes": zone.clockText(window.closes)])
        ]
        if let quota = book.windows.own(region.city)?.quota {
            let used = book.used[region.city, default: 0]
            lines.append(
                words.say("own_quota", ["quota": "\(quota)", "used": "\(used)", "left": "\(max(0, quota - used))"]))
        }
        return lines
    }

    func workbook() async throws -> Workbook {
        let head = ["platform", "company", "code", "region", "state", "since", "deadline", "letter", "reason"]
        let moments = MomentFormat(zoneName: scheme.zone, words.language)
        var rows: [[Workbook.Cell]] = [head.map { .text(words.say("column_\($0)")) }]
        let letters = try await letters()
        for one in found {
            let event = events[one.platform]
            rows.append([
                .text(one.name), .text(one.company.name), .text(one.company.code.description),
                .text(words.region(one.company.region)), .text(words.state(one.submission).word),
                event.map { moments.cell($0.at) } ?? .empty,
                try await period(one).map { .date($0.last) } ?? .empty, .text(letters[one.platform] ?? ""),
                .text(event?.reason ?? ""),
            ])
        }
        return Workbook(sheets: [.init(name: words.say("list_title"), rows: rows)])
    }

    private func letters() async throws -> [PlatformID: String] {
        var letters: [PlatformID: String] = [:]
        for one in found where one.submission != .draft {
            let moves = try await services.people.workflow.submissions?.events(round.id, one.platform) ?? []
            letters[one.platform] = moves.last { $0.action == .recommend }?.details["letter"]
        }
        return letters
    }
}
