import Access
import Hummingbird
import Review
import Scheme
import Score
import Vocabulary
import Wording

/// What the public reads: the result, a platform, the method; and the start page, which is the newest result.
struct ResultPageRoutes: Sendable {
    let site: Site
    private var services: Services { site.services }

    func add(to router: Router<WebContext>) {
        router.get("/", use: start)
        router.get("/rounds/:round", use: round)
        router.get("/rounds/:round/result", use: result)
        router.get("/rounds/:round/method", use: method)
        router.get("/rounds/:round/platforms/:platform", use: platform)
        router.get("/problems/:code", use: problem)
    }

    /// The newest published round's result, else the newest round's; before there is one, what to do.
    @Sendable func start(_ request: Request, _ context: WebContext) async throws -> Response {
        let rounds = try await services.rounds.rounds().filter { $0.isSeen(by: context.principal) }
        let published = rounds.first { $0.state == .published }
        if let round = published ?? rounds.first { return .seeOther("/rounds/\(round.id)/result") }
        let catalogue = Catalogue.of(context.language)
        let page = MessagePage(
            catalogue.text("web.message.empty_title"), tone: .empty, paragraphs: [catalogue.text("web.message.empty")],
            acts: context.principal.isSignedIn
                ? [] : [Act(catalogue.text("web.frame.sign_in"), href: "/sign-in", isMain: true)])
        return try await site.answer(page, context)
    }

    @Sendable func round(_ request: Request, _ context: WebContext) async throws -> Response {
        .seeOther("/rounds/\(try await seenRound(context).id)/result")
    }

    @Sendable func method(_ request: Request, _ context: WebContext) async throws -> Response {
        let round = try await seenRound(context)
        let scheme = try await services.scheme(of: round)
        let page = MethodPageBuilder(round: round, scheme: scheme, language: context.language).page()
        return try await site.answer(page, context, round: round)
    }

    @Sendable func result(_ request: Request, _ context: WebContext) async throws -> Response {
        let round = try await seenRound(context)
        let scheme = try await services.scheme(of: round)
        let sight = Sight(round, scheme, for: context.principal)
        let published = try await site.publishedResult(round, scheme)
        guard sight.ranks, let published else {
            let taking = try await site.participations(round.id).filter { $0.submission != .draft }
            let page = ResultPageBuilder.hidden(
                round, scheme, applicants: taking.count, isComputed: published != nil, context.language)
            return try await site.answer(page, context, round: round)
        }
        let frame = try await site.frame(for: context, round: round)
        let page = ResultPageBuilder(
            result: published, sight: sight, query: ResultQuery(request), language: context.language,
            checkpoint: frame.checkpoint, corrections: try await decidedCorrections(round)
        ).page()
        return try await site.answer(page, context, round: round)
    }

    private func decidedCorrections(_ round: Round) async throws -> Int {
        let all = try await services.people.panel.store?.corrections(round.id) ?? []
        return all.filter { $0.state == .decided }.count
    }

    @Sendable func platform(_ request: Request, _ context: WebContext) async throws -> Response {
        let round = try await seenRound(context)
        let scheme = try await services.scheme(of: round)
        let participation = try await services.participation(context)
        let sight = Sight(round, scheme, of: participation, for: context.principal)
        let mayRead = context.principal.may(.readPlatform, on: participation.scope)
        if !sight.names && !mayRead { throw Failure("web.not_found") }
        guard let published = try await site.publishedResult(round, scheme),
            let unit = published.field.unit(participation.platform.rawValue)
        else {
            let catalogue = Catalogue.of(context.language)
            let page = MessagePage(
                participation.name, tone: .empty, paragraphs: [catalogue.text("web.platform.not_computed")],
                acts: [Act(catalogue.text("web.nav.method"), href: "/rounds/\(round.id)/method")])
            return try await site.answer(page, context, round: round)
        }
        let page = PlatformPageBuilder(
            result: published, participation: participation, unit: unit, sight: sight,
            declared: sight.values ? try await site.declaredValues(round, scheme, participation.platform) : [:],
            verifications: sight.points ? try await site.verifications(round.id, participation.platform) : [:],
            language: context.language
        ).page()
        return try await site.answer(page, context, round: round, drawsCharts: true)
    }

    /// The page behind a problem's `type`: what the code means.
    @Sendable func problem(_ request: Request, _ context: WebContext) async throws -> Response {
        let code = try context.parameter("code")
        let catalogue = Catalogue.of(context.language)
        let isRow = code.hasPrefix("collect.row.") && catalogue.texts[code] != nil
        guard isRow || ProblemStatus.codes.contains(code) else { throw Failure("web.not_found") }
        let status = isRow ? 422 : ProblemStatus.of(code)
        let page = MessagePage(
            catalogue.text("web.status.s\(status)"), tone: .watch, status: status,
            paragraphs: [catalogue.text(code), catalogue.text("web.message.problem_lead", ["status": "\(status)"])],
            acts: [Act(catalogue.text("web.message.openapi"), href: "/api/openapi.yaml")], code: code)
        return try await site.answer(page, context)
    }

    private func seenRound(_ context: WebContext) async throws -> Round {
        let round = try await services.round(context)
        if !round.isSeen(by: context.principal) { try context.principal.require(.readRound) }
        return round
    }
}
