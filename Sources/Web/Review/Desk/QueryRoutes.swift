import Access
import Hummingbird
import Review
import Scheme
import Submit
import Vocabulary

/// Signals and queries through the API.
struct QueryRoutes: Sendable {
    let site: Site
    private var services: Services { site.services }

    func add(to router: Router<WebContext>) {
        router.get("/api/v1/rounds/:round/signals", use: signals)
        router.get("/api/v1/rounds/:round/queries", use: queries)
        router.post("/api/v1/rounds/:round/queries", use: ask)
        router.post("/api/v1/rounds/:round/queries/:query/files", use: attach)
        router.post("/api/v1/rounds/:round/queries/:query/answer", use: answer)
        router.post("/api/v1/rounds/:round/queries/:query/proposal", use: propose)
        router.post("/api/v1/rounds/:round/queries/:query/approval", use: decide)
    }

    struct SignalResource: Encodable {
        let key: String
        let kind: String
        let platform: PlatformID
        let indicator: IndicatorID?
        let rows: [Int]
        let places: [String]
        let sentence: Problem.Item
    }

    struct QueryResource: Encodable {
        let id: Int
        let signal: SignalResource
        let state: SignalQuery.State
        let question: String
        let askedAt: Instant
        let due: String
        let answer: String?
        /// Papers that came with the answer; they open at `/evidence/DIGEST`.
        let files: [File]
        /// The asker may answer now, and hand papers in before.
        let mayAnswer: Bool
        let verdict: SignalQuery.Verdict?
        let values: [String: ExactDecimal]?
        let reason: String?
        let version: Int
    }

    struct File: Encodable {
        let digest: Digest
        let name: String
        let type: EvidenceType
        let size: Int
        let at: Instant

        init(_ file: EvidenceFile) {
            digest = file.digest
            name = file.name
            type = file.type
            size = file.size
            at = file.at
        }
    }

    struct Ask: Decodable {
        let signal: String
        let question: String
    }

    struct Answer: Decodable {
        let text: String
    }

    struct Proposal: Decodable {
        let verdict: SignalQuery.Verdict
        let values: [String: ExactDecimal]?
        let reason: String
    }

    struct Approval: Decodable {
        let agrees: Bool
        let reason: String?
    }

    private func resource(_ signal: RaisedSignal, _ context: WebContext) -> SignalResource {
        SignalResource(
            key: signal.key, kind: signal.kind, platform: signal.platform, indicator: signal.indicator,
            rows: signal.rows, places: signal.places,
            sentence: Problem.Item(Finding(.warning, signal.code, at: "", signal.values), language: context.language))
    }

    private func resource(
        _ query: SignalQuery, _ round: Round, _ context: WebContext
    ) async throws -> QueryResource {
        let today = try QueryWork(services: services, context: context).today(try await services.scheme(of: round))
        // The company hears of a decision when two have taken it.
        let isCompany = !context.principal.isOffice
        let decision = isCompany && query.decision?.approvedBy == nil ? nil : query.decision
        let state = query.state(today: today)
        let files = try await QueryFiles(services: services, context: context).files(round.id, query.signal.platform)
        let mayAnswer =
            try await services.rounds.participation(round.id, query.signal.platform).map {
                context.principal.may(.declareCell, on: $0.scope) && query.answer == nil && query.decision == nil
            } ?? false
        return QueryResource(
            id: query.id, signal: resource(query.signal, context),
            state: isCompany && state == .proposed ? (query.answer == nil ? .lapsed : .answered) : state,
            question: query.question, askedAt: query.askedAt, due: query.due.description, answer: query.answer?.text,
            files: (files[query.id] ?? []).map(File.init), mayAnswer: mayAnswer,
            verdict: decision?.verdict, values: decision?.values, reason: decision?.reason, version: query.version)
    }

    @Sendable func signals(_ request: Request, _ context: WebContext) async throws -> Response {
        try DeskPageRoutes.requireOffice(context)
        let round = try await services.round(context)
        let scopes = Swift.Dictionary(
            uniqueKeysWithValues: try await site.participations(round.id).map { ($0.platform, $0.scope) })
        let query = try ListQuery(request)
        let found = try await services.signals(round, try await services.scheme(of: round)).filter { signal in
            scopes[signal.platform].map { context.principal.may(.readCell, on: $0) } ?? false
        }
        let offset = query.cursor.flatMap { Int($0) }.map { min(max(0, $0), found.count) } ?? 0
        let page = found.dropFirst(offset).prefix(query.limit)
        let next = offset + page.count < found.count ? "\(offset + page.count)" : nil
        return .json(ListPage(items: page.map { resource($0, context) }, next: next))
    }

    @Sendable func queries(_ request: Request, _ context: WebContext) async throws -> Response {
        guard context.principal.isSignedIn else { throw Failure("access.sign_in_required") }
        guard context.principal.isOffice || context.principal.company != nil else {
            throw Failure("access.denied", ["permission": Permission.readCell.rawValue])
        }
        let round = try await services.round(context)
        let scopes = Swift.Dictionary(
            uniqueKeysWithValues: try await site.participations(round.id).map { ($0.platform, $0.scope) })
        let all = try await services.people.desk.queries?.queries(round.id) ?? []
        var items: [QueryResource] = []
        for query in all where scopes[query.signal.platform].map({ context.principal.may(.readCell, on: $0) }) ?? false
        {
            items.append(try await resource(query, round, context))
        }
        return .json(ListPage(items: items, next: nil))
    }

    @Sendable func ask(_ request: Request, _ context: WebContext) async throws -> Response {
        try context.principal.require(.checkFormally)
        let body = try await JSONBody.decode(Ask.self, from: request)
        let round = try await services.round(context)
        let query = try await QueryWork(services: services, context: context).ask(
            body.signal, body.question, round)
        return .json(try await resource(query, round, context), status: .created)
    }

    private func number(_ context: WebContext) throws -> Int {
        let text = try context.parameter("query")
        guard let id = Int(text), id >= 0 else {
            throw Failure("desk.query_unknown", ["query": String(text.prefix(32))])
        }
        return id
    }

    @Sendable func attach(_ request: Request, _ context: WebContext) async throws -> Response {
        guard context.principal.isSignedIn else { throw Failure("access.sign_in_required") }
        guard context.principal.company != nil else {
            throw Failure("access.denied", ["permission": Permission.declareCell.rawValue])
        }
        let round = try await services.round(context)
        let buffer = try await JSONBody.collect(request, limitBytes: EvidenceInspection.mostBytes + 1)
        let file = try await QueryFiles(services: services, context: context).attach(
            [UInt8](buffer.readableBytesView), name: request.uri.queryParameters["name"].map(String.init) ?? "",
            to: try number(context), round)
        return .json(File(file), status: .created)
    }

    @Sendable func answer(_ request: Request, _ context: WebContext) async throws -> Response {
        guard context.principal.isSignedIn else { throw Failure("access.sign_in_required") }
        guard context.principal.company != nil else {
            throw Failure("access.denied", ["permission": Permission.declareCell.rawValue])
        }
        let body = try await JSONBody.decode(Answer.self, from: request)
        let round = try await services.round(context)
        let query = try await QueryWork(services: services, context: context).answer(
            try number(context), body.text, round)
        return .json(try await resource(query, round, context))
    }

    @Sendable func propose(_ request: Request, _ context: WebContext) async throws -> Response {
        try context.principal.require(.checkFormally)
        let body = try await JSONBody.decode(Proposal.self, from: request)
        let round = try await services.round(context)
        let query = try await QueryWork(services: services, context: context).propose(
            try number(context), body.verdict, body.values ?? [:], reason: body.reason, round)
        return .json(try await resource(query, round, context))
    }

    @Sendable func decide(_ request: Request, _ context: WebContext) async throws -> Response {
        try context.principal.require(.decideRound)
        let body = try await JSONBody.decode(Approval.self, from: request)
        let round = try await services.round(context)
        let query = try await QueryWork(services: services, context: context).decide(
            try number(context), agrees: body.agrees, reason: body.reason ?? "", round)
        return .json(try await resource(query, round, context))
    }
}
