import Access
import Hummingbird
import Review
import Scheme
import Trust
import Vocabulary

/// Windows, quotas and periods of a round through the API.
struct WindowRoutes: Sendable {
    let site: Site
    private var services: Services { site.services }

    func add(to router: Router<WebContext>) {
        router.get("/api/v1/rounds/:round/windows", use: list)
        router.put("/api/v1/rounds/:round/windows/:region", use: set)
        router.get("/api/v1/rounds/:round/process", use: process)
        router.put("/api/v1/rounds/:round/process", use: setProcess)
    }

    struct NewWindow: Codable {
        let opens: Instant
        let closes: Instant
        let quota: Int?
    }

    struct NewProcess: Codable {
        let periods: [String: Int]

        init(_ periods: [String: Int]) { self.periods = periods }
        init(from decoder: any Decoder) throws {
            periods = try decoder.singleValueContainer().decode([String: Int].self)
        }
        func encode(to encoder: any Encoder) throws {
            var container = encoder.singleValueContainer()
            try container.encode(periods)
        }
    }

    /// A region's window as the API shows it.
    struct WindowResource: Encodable, Sendable {
        /// `province`, or the region's code.
        let region: String
        let opens: Instant
        let closes: Instant
        let quota: Int?
        /// Recommended so far; cities only.
        let used: Int?
        let version: Int
    }

    @Sendable func list(_ request: Request, _ context: WebContext) async throws -> Response {
        try context.principal.require(.readRound)
        let book = try await book(try await services.round(context))
        let items = ([book.windows.province] + book.windows.all.filter { $0.region != nil }).map { book.resource($0) }
        return .json(ListPage(items: items, next: nil))
    }

    @Sendable func set(_ request: Request, _ context: WebContext) async throws -> Response {
        try await set(try context.parameter("region"), request, context)
    }

    /// Sets the window of the region, `province` for all of it.
    func set(_ name: String, _ request: Request, _ context: WebContext) async throws -> Response {
        let own = Scope.platform(company: "", region: context.principal.region)
        if !context.principal.may(.setWindow, on: own) { try context.principal.require(.setWindow) }
        let round = try await services.round(context)
        guard let region = WindowRoutes.region(name) else {
            throw Failure("workflow.window_region", ["region": String(name.prefix(40))])
        }
        try permit(region.code, context.principal)
        let book = try await book(round)
        let version = book.windows.all.first { $0.region == region.code }?.version ?? 0
        try EntityTag.check(request, version: version)
        let body = try await JSONBody.decode(NewWindow.self, from: request)
        let window = SubmissionWindow(
            region: region.code, opens: body.opens, closes: body.closes, quota: body.quota, version: version + 1)
        let quotaBefore = book.windows.all.first { $0.region == region.code }?.quota
        if body.quota != quotaBefore { try context.principal.require(.setWindow) }
        let findings = book.windows.findings(window) { book.zone.clockText($0) }
        guard findings.isEmpty else {
            throw Failure("workflow.window_invalid", ["count": "\(findings.count)"], findings: findings)
        }
        let entry = services.entry(
            "window.set", by: context, on: AuditSubject(round: round.id, key: "window:\(name)"),
            payload: try CanonicalJSON(encoding: book.resource(window)))
        try await book.store.set(window, of: round.id, entry: entry)
        return .json(book.resource(window), headers: [.eTag: EntityTag.text(window.version)])
    }

    /// The province and cities are the operator's; a city sets its counties' inside its own.
    private func permit(_ region: RegionCode?, _ principal: Principal) throws {
        if principal.may(.setWindow) { return }
        guard let region, region != region.city,
            principal.may(.setWindow, on: .platform(company: "", region: region))
        else { return try principal.require(.setWindow) }
    }

    /// `province` is nil; nil for no region at all.
    private static func region(_ name: String) -> (code: RegionCode?, isRegion: Bool)? {
        if name == "province" { return (nil, true) }
        guard name.utf8.count == 6, name.utf8.allSatisfy({ (48...57).contains($0) }), !name.hasSuffix("0000") else {
            return nil
        }
        return (RegionCode(name), true)
    }

    /// Everything about a round's windows.
    struct Book: Sendable {
        let store: any SubmissionStore
        let windows: SubmissionWindows
        let zone: DayCutter
        let used: [RegionCode: Int]

        func resource(_ window: SubmissionWindow) -> WindowResource {
            WindowResource(
                region: window.region?.rawValue ?? "province", opens: window.opens, closes: window.closes,
                quota: window.quota,
                used: window.region.flatMap { $0 == $0.city ? used[$0, default: 0] : nil }, version: window.version)
        }
    }

    func book(_ round: Round) async throws -> Book {
        let scheme = try await services.scheme(of: round)
        guard let store = services.people.workflow.submissions, let zone = DayCutter(zoneName: scheme.zone) else {
            throw Failure("common.unknown_failure")
        }
        return Book(
            store: store, windows: SubmissionWindows(try await store.windows(round.id), round: round, zone: zone),
            zone: zone, used: try await store.recommended(round.id))
    }

    // MARK: Periods

    /// The periods as the API shows them.
    struct ProcessResource: Encodable, Sendable {
        /// Name → working days.
        let periods: [String: Int]
        /// What the scheme says.
        let standard: [String: Int]
        let version: Int

        init(_ settings: ProcessSettings, standard: ProcessSettings) {
            func map(_ settings: ProcessSettings) -> [String: Int] {
                ProcessSettings.Period.allCases.reduce(into: [:]) { $0[$1.rawValue] = settings[$1] }
            }
            periods = map(settings)
            self.standard = map(standard)
            version = settings.version
        }
    }

    @Sendable func process(_ request: Request, _ context: WebContext) async throws -> Response {
        try context.principal.require(.readRound)
        let round = try await services.round(context)
        let settings = try await services.people.workflow.process(of: round)
        let scheme = try await services.scheme(of: round)
        return .json(
            ProcessResource(settings, standard: ProcessSettings(scheme: scheme)),
            headers: [.eTag: EntityTag.text(settings.version)])
    }

    @Sendable func setProcess(_ request: Request, _ context: WebContext) async throws -> Response {
        try context.principal.require(.setWindow)
        let round = try await services.round(context)
        let scheme = try await services.scheme(of: round)
        var settings = try await services.people.workflow.process(of: round)
        try EntityTag.check(request, version: settings.version)
        let body = try await JSONBody.decode(NewProcess.self, from: request)
        for (name, days) in body.periods {
            guard let period = ProcessSettings.Period(rawValue: name) else {
                throw Failure("web.body_invalid", ["field": String(name.prefix(40))])
            }
            settings[period] = days
        }
        let findings = settings.findings(for: round.kind, scheme: scheme)
        guard findings.isEmpty else {
            throw Failure("workflow.process_invalid", ["count": "\(findings.count)"], findings: findings)
        }
        settings.version += 1
        let resource = ProcessResource(settings, standard: ProcessSettings(scheme: scheme))
        let entry = services.entry(
            "process.set", by: context, on: AuditSubject(round: round.id),
            payload: try CanonicalJSON(encoding: resource))
        try await services.people.workflow.processes?.set(settings, of: round.id, entry: entry)
        return .json(resource, headers: [.eTag: EntityTag.text(settings.version)])
    }
}
