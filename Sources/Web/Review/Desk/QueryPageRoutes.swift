import Access
import Hummingbird
import Review
import Scheme
import Submit
import Vocabulary
import Wording

/// The pages of signals and queries; their forms go the same way as the API.
struct QueryPageRoutes: Sendable {
    let site: Site
    private var services: Services { site.services }

    func add(to router: Router<WebContext>) {
        router.get("/authority/rounds/:round/signals", use: authority)
        router.post("/authority/rounds/:round/queries", use: ask)
        router.post("/authority/rounds/:round/queries/:query/proposal", use: propose)
        router.post("/authority/rounds/:round/queries/:query/approval", use: decide)
        router.get("/company/rounds/:round/queries", use: company)
        router.post("/company/rounds/:round/queries/:query", use: answer)
    }

    /// Papers in one form; more come one by one before the answer.
    static let mostFiles = 3

    private struct Ask: Encodable {
        let signal: String
        let question: String
    }

    private struct Answer: Encodable {
        let text: String
    }

    private struct Proposal: Encodable {
        let verdict: String
        let values: [String: ExactDecimal]
        let reason: String
    }

    private struct Approval: Encodable {
        let agrees: Bool
        let reason: String
    }

    @Sendable func authority(_ request: Request, _ context: WebContext) async throws -> Response {
        try DeskPageRoutes.requireOffice(context)
        return try await show(request, context, isCompany: false)
    }

    @Sendable func company(_ request: Request, _ context: WebContext) async throws -> Response {
        try Self.requireCompany(context)
        return try await show(request, context, isCompany: true)
    }

    private static func requireCompany(_ context: WebContext) throws {
        guard context.principal.isSignedIn else { throw Failure("access.sign_in_required") }
        guard context.principal.company != nil else {
            throw Failure("access.denied", ["permission": Permission.declareCell.rawValue])
        }
    }

    private func show(_ request: Request, _ context: WebContext, isCompany: Bool) async throws -> Response {
        let round = try await services.round(context)
        let scheme = try await services.scheme(of: round)
        let reached = try await site.participations(round.id).filter { context.principal.may(.readCell, on: $0.scope) }
        let platforms = Swift.Dictionary(uniqueKeysWithValues: reached.map { ($0.platform, $0) })
        let signals =
            isCompany ? [] : try await services.signals(round, scheme).filter { platforms[$0.platform] != nil }
        let own =
            try await services.people.desk.queries?.queries(round.id).filter {
                platforms[$0.signal.platform] != nil
            } ?? []
        let done = request.uri.queryParameters["done"].map(String.init) ?? ""
        let known = ["asked", "answered", "proposed", "decided"]
        let page = SignalsPageBuilder(
            round: round, scheme: scheme, participations: platforms, signals: signals,
            queries: own, files: try await QueryFiles(services: services, context: context).files(of: own),
            principal: context.principal,
            today: try QueryWork(services: services, context: context).today(scheme), isCompany: isCompany,
            notice: known.contains(done)
                ? Notice(Catalogue.of(context.language).text("web.desk.query_done.\(done)"), .good) : nil,
            language: context.language
        ).page()
        return try await site.answer(page, context, round: round)
    }

    @Sendable func ask(_ request: Request, _ context: WebContext) async throws -> Response {
        try context.principal.require(.checkFormally)
        let form = try await FormBody(request)
        let body = Ask(signal: form["signal"], question: form["question"])
        _ = try await QueryRoutes(site: site).ask(request.carrying(body), context)
        return .seeOther("/authority/rounds/\(try context.roundID)/signals?done=asked")
    }

    @Sendable func propose(_ request: Request, _ context: WebContext) async throws -> Response {
        try context.principal.require(.checkFormally)
        let form = try await FormBody(request)
        let scheme = try await services.scheme(of: try await services.round(context))
        var values: [String: ExactDecimal] = [:]
        if form["verdict"] == SignalQuery.Verdict.reduce.rawValue {
            for id in scheme.indicators.flatMap(\.valueIDs) where !form[id].isEmpty {
                guard let value = ExactDecimal(form[id]) else { throw Failure("web.body_invalid", ["field": id]) }
                values[id] = value
            }
        }
        let body = Proposal(verdict: form["verdict"], values: values, reason: form["reason"])
        _ = try await QueryRoutes(site: site).propose(request.carrying(body), context)
        return .seeOther("/authority/rounds/\(try context.roundID)/signals?done=proposed")
    }

    @Sendable func decide(_ request: Request, _ context: WebContext) async throws -> Response {
        try context.principal.require(.decideRound)
        let form = try await FormBody(request)
        let body = Approval(agrees: form["agrees"] == "1", reason: form["reason"])
        _ = try await QueryRoutes(site: site).decide(request.carrying(body), context)
        return .seeOther("/authority/rounds/\(try context.roundID)/signals?done=decided")
    }

    @Sendable func answer(_ request: Request, _ context: WebContext) async throws -> Response {
        try Self.requireCompany(context)
        let isMultipart = request.headers[.contentType]?.lowercased().hasPrefix("multipart/form-data") ?? false
        guard isMultipart else {
            let form = try await FormBody(request)
            _ = try await QueryRoutes(site: site).answer(request.carrying(Answer(text: form["text"])), context)
            return .seeOther("/company/rounds/\(try context.roundID)/queries?done=answered")
        }
        let limit = Self.mostFiles * EvidenceInspection.mostBytes
        let form = try await MultipartForm(request, limitBytes: limit)
        let text = form.fields["text"] ?? ""
        // Everything that can be wrong is found before anything is kept.
        try SignalQuery.check(text)
        let given = form.files.sorted { $0.key < $1.key }.map(\.value).filter { !$0.bytes.isEmpty }
        for file in given { _ = try EvidenceInspection.inspect(file.bytes, name: file.name) }
        let round = try await services.round(context)
        guard let id = Int(try context.parameter("query")) else { throw Failure("web.not_found") }
        let files = QueryFiles(services: services, context: context)
        for file in given { _ = try await files.attach(file.bytes, name: file.name, to: id, round) }
        _ = try await QueryRoutes(site: site).answer(request.carrying(Answer(text: text)), context)
        return .seeOther("/company/rounds/\(try context.roundID)/queries?done=answered")
    }
}
