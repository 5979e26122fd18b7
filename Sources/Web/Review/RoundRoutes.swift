import Access
import Hummingbird
import Review
import Scheme
import Trust
import Vocabulary

/// Rounds through the API: list, create, read, and move along.
struct RoundRoutes: Sendable {
    let site: Site
    private var services: Services { site.services }

    func add(to router: Router<WebContext>) {
        router.get("/api/v1/rounds", use: list)
        router.post("/api/v1/rounds", use: create)
        router.get("/api/v1/rounds/:round", use: get)
        router.post("/api/v1/rounds/:round/actions", use: act)
    }

    /// What a creation sends.
    struct NewRound: Decodable {
        let id: String
        let scheme: String
        let title: LocalizedText
        let kind: Round.Kind
        let cutOff: CivilDay
        let portScale: [String: Int]?
    }

    struct Act: Decodable {
        let action: RoundAction
        let reason: String?
    }

    @Sendable func list(_ request: Request, _ context: WebContext) async throws -> Response {
        let all = try await services.rounds.rounds()
        let seen = all.filter { $0.isSeen(by: context.principal) }
        return .json(ListPage(items: seen.map { RoundResource($0) }, next: nil))
    }

    @Sendable func get(_ request: Request, _ context: WebContext) async throws -> Response {
        let round = try await services.round(context)
        if !round.isSeen(by: context.principal) { try context.principal.require(.readRound) }
        return .json(RoundResource(round), headers: [.eTag: EntityTag.text(round.version)])
    }

    @Sendable func create(_ request: Request, _ context: WebContext) async throws -> Response {
        try context.principal.require(.runRound)
        let body = try await JSONBody.decode(NewRound.self, from: request)
        guard let scheme = try await services.schemes.scheme(SchemeID(body.scheme)) else {
            throw Failure("scheme.unknown", ["scheme": body.scheme])
        }
        let id = try Self.identifier(body.id)
        let scale = try Self.scale(body, scheme)
        let round = Round(
            id: RoundID(id), scheme: scheme.id, schemeDigest: scheme.digest, title: body.title, kind: body.kind,
            cutOff: body.cutOff, portScale: scale, createdAt: services.clock.now())
        let entry = services.entry(
            "round.created", by: context, on: AuditSubject(round: round.id),
            payload: try CanonicalJSON(encoding: RoundResource(round)))
        try await services.rounds.create(round, entry: entry)
        return .json(
            RoundResource(round), status: .created,
            headers: [.eTag: EntityTag.text(round.version), .location: "/api/v1/rounds/\(id)"])
    }

    @Sendable func act(_ request: Request, _ context: WebContext) async throws -> Response {
        if !context.principal.may(.decideRound) { try context.principal.require(.runRound) }
        let round = try await services.round(context)
        let body = try await JSONBody.decode(Act.self, from: request)
        switch body.action {
        case .publish, .suspend, .resume, .cancel: try context.principal.require(.decideRound)
        default: try context.principal.require(.runRound)
        }
        let scheme = try await services.scheme(of: round)
        let next = try round.performing(body.action, scheme: scheme)
        try await PanelRoundSteps(services: services).require(body.action, of: round, scheme)
        let entry = services.entry(
            AuditKind("round.\(body.action.rawValue)"), by: context, on: AuditSubject(round: round.id),
            reason: body.reason, payload: ["from": .string(round.state.rawValue), "to": .string(next.state.rawValue)])
        try await services.rounds.change(next, replacing: round.version, entry: entry)
        try await PanelRoundSteps(services: services).follow(body.action, to: next, scheme, context)
        return .json(RoundResource(next), headers: [.eTag: EntityTag.text(next.version)])
    }

    /// Letters, digits, `-`, `_` and `.`; what stands in addresses must read the same everywhere.
    static func identifier(_ text: String) throws(Failure) -> String {
        let isPlain = text.utf8.allSatisfy {
            ($0 >= 48 && $0 <= 57) || ($0 >= 65 && $0 <= 90) || ($0 >= 97 && $0 <= 122) || $0 == 45 || $0 == 46
                || $0 == 95
        }
        guard isPlain, (1...64).contains(text.utf8.count), !text.hasPrefix(".") else {
            throw Failure("web.parameter_invalid", ["name": "id", "expected": "A–Z a–z 0–9 - _ ., 1–64"])
        }
        return text
    }

    private static func scale(_ body: NewRound, _ scheme: IndicatorScheme) throws(Failure) -> [IndicatorID: Int] {
        var scale: [IndicatorID: Int] = [:]
        for (id, factor) in body.portScale ?? [:] {
            guard body.kind == .demonstration else { throw Failure("review.scale_only_in_demonstration") }
            guard scheme.indicator(IndicatorID(id))?.mode == .port else {
                throw Failure("review.indicator_unknown", ["indicator": id])
            }
            guard (1...100_000).contains(factor) else {
                throw Failure("web.parameter_invalid", ["name": "portScale.\(id)", "expected": "1–100000"])
            }
            if factor > 1 { scale[IndicatorID(id)] = factor }
        }
        return scale
    }
}

extension Round {
    /// The public hears of a round when it opens; who works on it, from the beginning.
    func isSeen(by principal: Principal) -> Bool {
        principal.may(.readRound) || (state.order >= RoundState.open.order) || state == .suspended
    }
}

/// A round as the API shows it.
struct RoundResource: Encodable, Sendable {
    let id: RoundID
    let scheme: SchemeID
    let schemeDigest: Digest
    let title: LocalizedText
    let kind: Round.Kind
    let state: RoundState
    let cutOff: CivilDay
    let portScale: [String: Int]
    let createdAt: Instant
    let allowedActions: [RoundAction]
    let version: Int

    init(_ round: Round) {
        id = round.id
        scheme = round.scheme
        schemeDigest = round.schemeDigest
        title = round.title
        kind = round.kind
        state = round.state
        cutOff = round.cutOff
        portScale = round.portScale.reduce(into: [:]) { $0[$1.key.rawValue] = $1.value }
        createdAt = round.createdAt
        allowedActions = round.allowedActions
        version = round.version
    }
}
