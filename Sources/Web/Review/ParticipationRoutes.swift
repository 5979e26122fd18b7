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
        return .json(
            SubmissionResource(found, for: context.principal), headers: [.eTag: EntityTag.text(found.version)])
    }

    @Sendable func act(_ request: Request, _ context: WebContext) async throws -> Response {
        let found = try await services.participation(context)
        try context.principal.require(.readPlatform, on: found.scope)
        let body = try await JSONBody.decode(Act.self, from: request)
        guard let permission = body.action.permission(from: found.submission) else {
            try context.principal.require(.readPlatform, on: found.scope)
            throw Failure(
                "review.submission_action_not_allowed",
                ["action": body.action.rawValue, "state": found.submission.rawValue])
        }
        try context.principal.require(permission, on: found.scope)
        let next = try found.performing(body.action, reason: body.reason)
        let request = SubmissionRequest(
            body.action, reason: body.reason, details: body.details ?? [:], by: context.principal.account)
        let before = try await submissionCase(found, context)
        try await requireUnhindered(request, before)
        let entry = services.entry(
            AuditKind("submission.\(body.action.rawValue)"), by: context,
            on: AuditSubject(round: found.round, platform: found.platform), reason: body.reason,
            payload: ["from": .string(found.submission.rawValue), "to": .string(next.submission.rawValue)])
        try await services.rounds.change(next, replacing: found.version, entry: entry)
        let after = SubmissionCase(next, round: before.round, scheme: before.scheme, now: before.now)
        for follower in services.people.followers {
            // The move is on disk: what follows may fail without undoing it.
            try? await follower.moved(request, from: found, to: after)
        }
        return .json(SubmissionResource(next, for: context.principal), headers: [.eTag: EntityTag.text(next.version)])
    }

    private func submissionCase(_ found: Participation, _ context: WebContext) async throws -> SubmissionCase {
        let round = try await services.round(context)
        return SubmissionCase(
            found, round: round, scheme: try await services.scheme(of: round), now: services.clock.now())
    }

    /// - Throws: `review.submission_hindered` with everything that stands against it; a demonstration is never hindered.
    private func requireUnhindered(_ request: SubmissionRequest, _ submission: SubmissionCase) async throws {
        guard services.enforcesGuards, submission.round.kind != .demonstration else { return }
        var findings: [Finding] = []
        for one in services.people.guards { findings += try await one.hindrances(to: request, of: submission) }
        findings = findings.filter { $0.severity == .error }
        if !findings.isEmpty {
            throw Failure(
                "review.submission_hindered", ["action": request.action.rawValue, "count": "\(findings.count)"],
                findings: findings)
        }
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

extension SubmissionAction {
    /// What must be permitted to do this in that state; nil when the table has no such row.
    func permission(from state: SubmissionState) -> Permission? {
        guard SubmissionTransition.all.contains(where: { $0.from == state && $0.action == self }) else { return nil }
        switch (state, self) {
        case (_, .submit), (_, .withdraw), (_, .resubmit), (_, .recheck): return .submitSubmission
        case (.countyReview, _): return .checkCounty
        case (.cityReview, .recommend): return .recommend
        case (.cityReview, _): return .checkCity
        case (.verification, _), (.panel, .disqualify), (_, .revoke): return .decideRound
        case (.panel, .settle): return .settle
        case (.siteCheck, _): return .verifyCell
        default: return .checkFormally
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

/// A submission as the API shows it, with what the asker may do.
struct SubmissionResource: Encodable, Sendable {
    let state: SubmissionState
    let returnedFrom: SubmissionState?
    let mayEdit: Bool
    let allowedActions: [SubmissionAction]
    let version: Int

    init(_ participation: Participation, for principal: Principal) {
        state = participation.submission
        returnedFrom = participation.returnedFrom
        mayEdit = participation.submission.isEditableByCompany && principal.may(.declareCell, on: participation.scope)
        allowedActions = participation.allowedTransitions.map(\.action).filter { action in
            action.permission(from: participation.submission).map { principal.may($0, on: participation.scope) }
                ?? false
        }
        version = participation.version
    }
}
