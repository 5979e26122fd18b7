import Access
import Hummingbird
import Review
import Scheme
import Trust
import Vocabulary

/// Platforms in a round and their submissions through the API.
struct ParticipationRoutes: Sendable {
    let site: Site
    private var services: Services { site.services }

    func add(to router: Router<WebContext>) {
        router.get("/api/v1/rounds/:round/platforms", use: list)
        router.post("/api/v1/rounds/:round/platforms", use: register)
        router.get("/api/v1/rounds/:round/platforms/:platform", use: get)
        router.get("/api/v1/rounds/:round/platforms/:platform/submission", use: submission)
        router.post("/api/v1/rounds/:round/platforms/:platform/submission/actions", use: act)
        router.get("/api/v1/rounds/:round/platforms/:platform/submission/events", use: events)
    }

    struct NewPlatform: Decodable {
        let id: String
        let name: String
        let aliases: [String]?
        let type: String
        let `operator`: Company
        struct Company: Decodable {
            let code: String
            let name: String
            let region: String
        }
    }

    struct Act: Decodable {
        let action: SubmissionAction
        let reason: String?
        /// What the action states besides its reason, such as the number of the letter of recommendation.
        let details: [String: String]?
    }

    @Sendable func list(_ request: Request, _ context: WebContext) async throws -> Response {
        let round = try await services.round(context)
        let query = try ListQuery(request)
        if !context.principal.isSignedIn { try context.principal.require(.readRound) }
        let found = try await services.rounds.participations(
            round.id, after: query.cursor.map { PlatformID($0) }, limit: query.limit + 1)
        let page = found.prefix(query.limit)
        let next = found.count > query.limit ? page.last?.platform.rawValue : nil
        let seen = page.filter { context.principal.may(.readPlatform, on: $0.scope) }
        return .json(ListPage(items: seen.map { PlatformResource($0, for: context.principal) }, next: next))
    }

    @Sendable func get(_ request: Request, _ context: WebContext) async throws -> Response {
        let found = try await services.participation(context)
        try context.principal.require(.readPlatform, on: found.scope)
        return .json(
            PlatformResource(found, for: context.principal), headers: [.eTag: EntityTag.text(found.version)])
    }

    @Sendable func register(_ request: Request, _ context: WebContext) async throws -> Response {
        // A company may enter its own platform only, which the body has to show.
        if context.principal.company == nil { try context.principal.require(.registerPlatform) }
        let round = try await services.round(context)
        let body = try await JSONBody.decode(NewPlatform.self, from: request)
        let scope = Scope.platform(company: body.operator.code, region: RegionCode(body.operator.region))
        if !context.principal.may(.submitSubmission, on: scope) { try context.principal.require(.registerPlatform) }
        guard round.state == .preparing || round.state == .open else {
            throw Failure("review.round_not_editable", ["state": round.state.rawValue])
        }
        guard let code = CompanyCode(body.operator.code) else {
            throw Failure("review.code_invalid", ["code": body.operator.code])
        }
        let scheme = try await services.scheme(of: round)
        guard scheme.types.isEmpty || scheme.types.contains(where: { $0.id == body.type }) else {
            throw Failure(
                "review.type_unknown",
                ["type": body.type, "types": scheme.types.map(\.id).joined(separator: ", ")])
        }
        try Self.checkTexts(body)
        let new = Participation(
            round: round.id, platform: PlatformID(try RoundRoutes.identifier(body.id)), name: body.name,
            aliases: body.aliases ?? [], type: body.type,
            company: PlatformOperator(
                code: code, name: body.operator.name, region: RegionCode(body.operator.region)))
        let entry = services.entry(
            "platform.registered", by: context, on: AuditSubject(round: round.id, platform: new.platform),
            payload: try CanonicalJSON(encoding: PlatformResource(new, for: .nobody)))
        try await services.rounds.register(new, entry: entry)
        return .json(
            PlatformResource(new, for: context.principal), status: .created,
            headers: [
                .eTag: EntityTag.text(new.version), .location: "/api/v1/rounds/\(round.id)/platforms/\(new.platform)",
            ])
    }

    @Sendable func submission(_ request: Request, _ context: WebContext) async throws -> Response {
        let found = try await services.participation(context)
        try context.principal.require(.readPlatform, on: found.scope)
        return try await answer(found, context)
    }

    @Sendable func events(_ request: Request, _ context: WebContext) async throws -> Response {
        let found = try await services.participation(context)
        try context.principal.require(.readPlatform, on: found.scope)
        let events = try await services.people.workflow.submissions?.events(found.round, found.platform) ?? []
        return .json(ListPage(items: events, next: nil))
    }

    @Sendable func act(_ request: Request, _ context: WebContext) async throws -> Response {
        let found = try await services.participation(context)
        try context.principal.require(.readPlatform, on: found.scope)
        let body = try await JSONBody.decode(Act.self, from: request)
        if request.headers[.ifMatch] != nil { try EntityTag.check(request, version: found.version) }
        let asked = SubmissionRequest(
            body.action, reason: body.reason, details: body.details ?? [:], by: context.principal.account)
        switch try await SubmissionActs(services: services).act(asked, on: found, as: context.principal) {
        case .moved(let next): return try await answer(next, context)
        case .proposed: return try await answer(found, context)
        }
    }

    private func answer(_ participation: Participation, _ context: WebContext) async throws -> Response {
        let resource = try await SubmissionActs(services: services).resource(
            participation, for: context.principal, context.language)
        return .json(resource, headers: [.eTag: EntityTag.text(participation.version)])
    }

    private static func checkTexts(_ body: NewPlatform) throws(Failure) {
        for (field, text) in [("name", body.name), ("operator.name", body.operator.name)]
        where text.allSatisfy(\.isWhitespace) || text.count > 200 {
            throw Failure(
                "web.body_invalid", ["field": field],
                findings: [Finding(.error, "web.field_value", at: field, ["field": field])])
        }
        let region = body.operator.region
        guard region.utf8.count == 6, region.utf8.allSatisfy({ (48...57).contains($0) }) else {
            throw Failure(
                "web.body_invalid", ["field": "operator.region"],
                findings: [Finding(.error, "web.field_value", at: "operator.region", ["field": "operator.region"])])
        }
    }
}

/// A platform as the API shows it.
struct PlatformResource: Encodable, Sendable {
    let id: PlatformID
    let round: RoundID
    let name: String
    let aliases: [String]
    let type: String
    let `operator`: PlatformOperator
    let submission: SubmissionState
    let version: Int

    init(_ participation: Participation, for principal: Principal) {
        id = participation.platform
        round = participation.round
        name = participation.name
        aliases = participation.aliases
        type = participation.type
        `operator` = participation.company
        submission = participation.submission
        version = participation.version
    }
}
