import Access
import Evaluate
import Hummingbird
import Review
import Vocabulary

/// Corrections through the API: the public reads decided ones, approvers propose and decide.
struct CorrectionAPIRoutes: Sendable {
    let site: Site

    func add(to router: Router<WebContext>) {
        router.get("/api/v1/rounds/:round/corrections", use: list)
        router.post("/api/v1/rounds/:round/corrections", use: propose)
        router.get("/api/v1/rounds/:round/corrections/:correction", use: get)
        router.post("/api/v1/rounds/:round/corrections/:correction/decision", use: decide)
    }

    struct Decide: Codable {
        let approves: Bool
        let reason: String
    }

    /// A correction with its effect, as far as the reader may see it.
    struct Resource: Encodable {
        let correction: Correction
        let effect: ResultComparison?
    }

    @Sendable func list(_ request: Request, _ context: WebContext) async throws -> Response {
        let work = try await seen(context)
        return .json(ListPage(items: try await work.seenCorrections(), next: nil))
    }

    @Sendable func propose(_ request: Request, _ context: WebContext) async throws -> Response {
        try context.principal.require(.decideRound)
        let work = try await PanelWork(site, context)
        let body = try await JSONBody.decode(CorrectionDesk.NewCorrection.self, from: request)
        let made = try await CorrectionDesk(work: work).propose(body)
        let effect = try await CorrectionDesk(work: work).comparison(made)
        return .json(
            Resource(correction: made, effect: effect), status: .created,
            headers: [.location: "/api/v1/rounds/\(work.round.id)/corrections/\(made.number)"])
    }

    @Sendable func get(_ request: Request, _ context: WebContext) async throws -> Response {
        try context.principal.require(.readDraftResult)
        let work = try await PanelWork(site, context)
        let found = try await work.correction(try context.parameter("correction"))
        return .json(Resource(correction: found, effect: try await CorrectionDesk(work: work).comparison(found)))
    }

    @Sendable func decide(_ request: Request, _ context: WebContext) async throws -> Response {
        try context.principal.require(.decideRound)
        let work = try await PanelWork(site, context)
        let found = try await work.correction(try context.parameter("correction"))
        let body = try await JSONBody.decode(Decide.self, from: request)
        let decided = try await CorrectionDesk(work: work).decide(
            found, approves: body.approves, reason: body.reason)
        return .json(Resource(correction: decided, effect: try await CorrectionDesk(work: work).comparison(decided)))
    }

    private func seen(_ context: WebContext) async throws -> PanelWork {
        let work = try await PanelWork(site, context)
        if !work.round.isSeen(by: context.principal) { try context.principal.require(.readRound) }
        return work
    }
}

extension PanelWork {
    /// - Throws: `panel.correction_unknown`.
    func correction(_ number: String) async throws -> Correction {
        guard let found = try await stores.corrections(round.id).first(where: { "\($0.number)" == number }) else {
            throw Failure("panel.correction_unknown", ["number": String(number.prefix(20))])
        }
        return found
    }

    /// What the reader sees: the authority all of them; everybody else the decided ones of a published round, without
    /// figures that the scheme keeps from them.
    func seenCorrections() async throws -> [Correction] {
        let all = try await stores.corrections(round.id)
        if principal.may(.readDraftResult) { return all }
        guard round.state == .published || round.state == .archived else { return [] }
        let showsFigures = Sight(round, scheme, for: principal).values
        return all.filter { $0.state == .decided }.map { one in
            var shown = Correction(
                round: one.round, number: one.number, kind: one.kind, platform: one.platform,
                indicator: one.indicator, before: showsFigures ? one.before : [:],
                after: showsFigures ? one.after : [:], reason: one.reason, document: one.document, state: one.state,
                proposedBy: AccountID("approver"), proposedAt: one.proposedAt,
                computationBefore: one.computationBefore, logIndex: one.logIndex)
            shown.decidedBy = AccountID("approver")
            shown.decidedAt = one.decidedAt
            shown.decisionReason = one.decisionReason
            shown.computationAfter = one.computationAfter
            return shown
        }
    }
}
