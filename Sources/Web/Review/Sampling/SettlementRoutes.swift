import Access
import Hummingbird
import Review
import Scheme
import Submit
import Trust
import Vocabulary

/// Results of judged lists through the API: settle, propose a cut or a return, decide, extend the period.
struct SettlementRoutes: Sendable {
    let site: Site
    private var services: Services { site.services }

    func add(to router: Router<WebContext>) {
        let list = "/api/v1/rounds/:round/platforms/:platform/samples/:indicator"
        router.post("/api/v1/rounds/:round/samples/settlements", use: settleAll)
        router.post("\(list)/settlement", use: settle)
        router.post("\(list)/proposals", use: propose)
        router.post("\(list)/decision", use: decide)
        router.post("\(list)/extension", use: extend)
    }

    struct Propose: Codable {
        let outcome: SampledList.Outcome
        let figures: [String: ExactDecimal]?
        let reason: String
    }

    struct Decide: Codable {
        let approves: Bool
        let reason: String
    }

    struct Extend: Codable {
        let dueDay: CivilDay
        let reason: String
    }

    struct Settled: Encodable {
        let settled: Int
        /// Judged lists below the limit, which need a decision.
        let undecided: Int
    }

    @Sendable func settleAll(_ request: Request, _ context: WebContext) async throws -> Response {
        try context.principal.require(.runSampling)
        let access = try await SamplingAccess(services, context)
        return .json(try await SampleSettlement(access: access, context: context).settleAll())
    }

    @Sendable func settle(_ request: Request, _ context: WebContext) async throws -> Response {
        try context.principal.require(.runSampling)
        let (access, owner, indicator, list) = try await SampleReading(services).list(context)
        try await SampleSettlement(access: access, context: context).settle(list, indicator)
        return try await answer(list.cell, owner, indicator, access)
    }

    @Sendable func propose(_ request: Request, _ context: WebContext) async throws -> Response {
        try context.principal.require(.runSampling)
        let (access, owner, indicator, list) = try await SampleReading(services).list(context)
        let body = try await JSONBody.decode(Propose.self, from: request)
        try await SampleSettlement(access: access, context: context).propose(
            list, indicator, owner, body.outcome, body.figures ?? [:], reason: body.reason)
        return try await answer(list.cell, owner, indicator, access)
    }

    @Sendable func decide(_ request: Request, _ context: WebContext) async throws -> Response {
        try context.principal.require(.decideRound)
        let (access, owner, indicator, list) = try await SampleReading(services).list(context)
        let body = try await JSONBody.decode(Decide.self, from: request)
        try await SampleSettlement(access: access, context: context).decide(
            list, indicator, owner, approves: body.approves, reason: body.reason)
        return try await answer(list.cell, owner, indicator, access)
    }

    @Sendable func extend(_ request: Request, _ context: WebContext) async throws -> Response {
        try context.principal.require(.runSampling)
        let (access, owner, indicator, list) = try await SampleReading(services).list(context)
        let body = try await JSONBody.decode(Extend.self, from: request)
        try await SampleSettlement(access: access, context: context).extend(
            list, owner, to: body.dueDay, reason: body.reason)
        return try await answer(list.cell, owner, indicator, access)
    }

    private func answer(
        _ cell: CellAddress, _ owner: Participation, _ indicator: Indicator, _ access: SamplingAccess
    ) async throws -> Response {
        guard let list = try await access.store.list(cell) else {
            throw Failure("sampling.list_unknown", ["indicator": cell.indicator.rawValue])
        }
        return .json(
            SampledListResource(list, owner, indicator, access), headers: [.eTag: EntityTag.text(list.version)])
    }
}
