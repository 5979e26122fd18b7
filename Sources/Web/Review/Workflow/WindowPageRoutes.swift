import Access
import Hummingbird
import Review
import Scheme
import Vocabulary
import Wording

/// The page of windows, quotas and periods; its forms go through the API's routes.
struct WindowPageRoutes: Sendable {
    let site: Site
    private var services: Services { site.services }

    func add(to router: Router<WebContext>) {
        router.get("/authority/rounds/:round/windows", use: show)
        router.post("/authority/rounds/:round/windows", use: set)
        router.post("/authority/rounds/:round/process", use: setProcess)
    }

    @Sendable func show(_ request: Request, _ context: WebContext) async throws -> Response {
        let isDone = request.uri.queryParameters["done"] != nil
        return try await answer(context, failure: nil, isDone: isDone)
    }

    @Sendable func set(_ request: Request, _ context: WebContext) async throws -> Response {
        let own = Scope.platform(company: "", region: context.principal.region)
        if !context.principal.may(.setWindow, on: own) { try context.principal.require(.setWindow) }
        let form = try await FormBody(request)
        let round = try await services.round(context)
        do {
            let book = try await WindowRoutes(site: site).book(round)
            guard let opens = WindowPageRoutes.instant(form["opens"], book.zone),
                let closes = WindowPageRoutes.instant(form["closes"], book.zone)
            else { throw Failure("workflow.moment_invalid") }
            var quota: Int?
            if !form["quota"].isEmpty {
                guard let number = Int(form["quota"]) else { throw Failure("workflow.quota_invalid") }
                quota = number
            }
            let region = form["region"] == "province" ? nil : RegionCode(form["region"])
            let before = book.windows.all.first { $0.region == region }
            let version = before?.version ?? 0
            // A city leaves the quota of its own counties' windows alone.
            let body = WindowRoutes.NewWindow(opens: opens, closes: closes, quota: quota ?? before?.quota)
            _ = try await WindowRoutes(site: site).set(
                form["region"], request.carrying(body, version: "\(version)"), context)
            return .seeOther("/authority/rounds/\(round.id)/windows?done=1")
        } catch let failure as Failure where [400, 404, 412, 422].contains(ProblemStatus.of(failure.code)) {
            return try await answer(context, failure: failure, isDone: false)
        }
    }

    @Sendable func setProcess(_ request: Request, _ context: WebContext) async throws -> Response {
        try context.principal.require(.setWindow)
        let form = try await FormBody(request)
        let round = try await services.round(context)
        do {
            var periods: [String: Int] = [:]
            for period in ProcessSettings.Period.allCases {
                guard let days = Int(form[period.rawValue]) else {
                    throw Failure(
                        "workflow.period_out_of_range",
                        ["period": period.rawValue, "most": "\(ProcessSettings.most)"])
                }
                periods[period.rawValue] = days
            }
            _ = try await WindowRoutes(site: site).setProcess(
                request.carrying(WindowRoutes.NewProcess(periods), version: form["version"]), context)
            return .seeOther("/authority/rounds/\(round.id)/windows?done=1")
        } catch let failure as Failure where [400, 412, 422].contains(ProblemStatus.of(failure.code)) {
            return try await answer(context, failure: failure, isDone: false)
        }
    }

    /// `2025-11-22 14:05`, with a blank or a `T` between; nil for anything else.
    private static func instant(_ text: String, _ zone: DayCutter) -> Instant? {
        let parts = text.replacing("T", with: " ").split(separator: " ")
        guard parts.count == 2, let day = CivilDay(parts[0]) else { return nil }
        let clock = parts[1].split(separator: ":").compactMap { Int($0) }
        guard clock.count == 2, (0...24).contains(clock[0]), (0...59).contains(clock[1]),
            clock[0] < 24 || clock[1] == 0
        else { return nil }
        return zone.start(of: day).adding(seconds: Int64(clock[0] * 3600 + clock[1] * 60))
    }

    private func answer(_ context: WebContext, failure: Failure?, isDone: Bool) async throws -> Response {
        guard context.principal.isOffice else {
            throw context.principal.isSignedIn
                ? Failure("access.denied", ["permission": Permission.readRound.rawValue])
                : Failure("access.sign_in_required")
        }
        let round = try await services.round(context)
        let scheme = try await services.scheme(of: round)
        let words = WorkflowWords(language: context.language, scheme: scheme)
        let book = try await WindowRoutes(site: site).book(round)
        let settings = try await services.people.workflow.process(of: round)
        let catalogue = Catalogue.of(context.language)
        let page = WindowsPage(
            heading: Heading(
                words.say("windows_title"), kicker: round.title[context.language], lead: words.say("windows_lead"),
                acts: [HeadAct(words.say("back_to_list"), href: "/authority/rounds/\(round.id)/submissions")]),
            notice: isDone ? Notice(words.say("saved"), .good) : nil,
            faults: failure.map { [catalogue.text($0)] + $0.findings.map { catalogue.text($0) } } ?? [],
            rows: rows(book, words), form: form(book, context, words, round),
            process: process(settings, scheme, context, words, round))
        return try await site.answer(
            page, context, round: round, status: .init(code: failure.map { ProblemStatus.of($0.code) } ?? 200))
    }

    private func rows(_ book: WindowRoutes.Book, _ words: WorkflowWords) -> [WindowsPage.Row] {
        ([book.windows.province] + book.windows.all.filter { $0.region != nil }).map { window in
            let resource = book.resource(window)
            return WindowsPage.Row(
                region: window.region.map { words.region($0) } ?? words.say("province"),
                opens: book.zone.clockText(window.opens), closes: book.zone.clockText(window.closes),
                quota: window.quota.map { "\($0)" } ?? "–", used: resource.used.map { "\($0)" } ?? "–",
                note: words.say(window.version == 0 ? "window_standard" : "window_set"))
        }
    }

    private func form(
        _ book: WindowRoutes.Book, _ context: WebContext, _ words: WorkflowWords, _ round: Round
    ) -> WindowsPage.Form? {
        let isProvince = context.principal.may(.setWindow)
        let entries = words.scheme?.dictionary("regions")?.entries.map { RegionCode($0.code) } ?? []
        var regions = entries.filter { isProvince || $0.city == context.principal.region?.city && $0 != $0.city }
        for window in book.windows.all.compactMap(\.region)
        where !regions.contains(window) && (isProvince || window.city == context.principal.region?.city) {
            regions.append(window)
        }
        let mayAny = regions.contains {
            context.principal.may(.setWindow, on: .platform(company: "", region: $0))
        }
        guard isProvince || mayAny else { return nil }
        let options: [(value: String, title: String)] =
            (isProvince ? [("province", words.say("province"))] : [])
            + regions.map { ($0.rawValue, words.region($0)) }
        let (opens, closes) = (
            book.zone.clockText(book.windows.province.opens), book.zone.clockText(book.windows.province.closes)
        )
        var fields = [
            FormField(
                id: "opens", name: "opens", label: words.say("opens"), value: opens, hint: words.say("moment_hint"),
                isRequired: true),
            FormField(
                id: "closes", name: "closes", label: words.say("closes"), value: closes,
                hint: words.say("moment_hint"), isRequired: true),
        ]
        if isProvince {
            fields.append(
                FormField(
                    id: "quota", name: "quota", label: words.say("quota"), inputMode: "numeric",
                    hint: words.say("quota_hint")))
        }
        return WindowsPage.Form(
            href: "/authority/rounds/\(round.id)/windows",
            region: Choice("region", label: words.say("region"), options: options, selected: "province"),
            fields: fields)
    }

    private func process(
        _ settings: ProcessSettings, _ scheme: IndicatorScheme, _ context: WebContext, _ words: WorkflowWords,
        _ round: Round
    ) -> WindowsPage.Process {
        let standard = ProcessSettings(scheme: scheme)
        let maySet = context.principal.may(.setWindow)
        return WindowsPage.Process(
            href: "/authority/rounds/\(round.id)/process", version: "\(settings.version)",
            fields: ProcessSettings.Period.allCases.map { period in
                FormField(
                    id: "period-\(period.rawValue)", name: period.rawValue,
                    label: words.say("period.\(period.rawValue)"), unit: words.say("workdays"),
                    value: "\(settings[period])", inputMode: "numeric",
                    hint: words.say("period_standard", ["days": "\(standard[period])"]), isReadOnly: !maySet)
            }, maySet: maySet)
    }
}
