import Access
import Evaluate
import Hummingbird
import Match
import Review
import Scheme
import Trust
import Vocabulary
import Wording

/// Matching against lists and asking the registry, through the API.
struct MatchRoutes: Sendable {
    let site: Site
    private var services: Services { site.services }

    func add(to router: Router<WebContext>) {
        router.get("/api/v1/rounds/:round/matches", use: list)
        router.post("/api/v1/rounds/:round/matches", use: run)
        router.post("/api/v1/rounds/:round/registry-lookups", use: lookUp)
    }

    /// What is known at present, every decision with its rule and its sentences.
    @Sendable func list(_ request: Request, _ context: WebContext) async throws -> Response {
        try context.principal.require(.readComputation)
        let round = try await services.round(context)
        return .json(ListPage(items: try await matches(round, context), next: nil))
    }

    /// Matches every platform of the round and records what follows; cells that a person decided are left alone.
    @Sendable func run(_ request: Request, _ context: WebContext) async throws -> Response {
        try context.principal.require(.runMatching)
        let round = try await services.round(context)
        try round.requireMatchable()
        let step = MatchListsStep(
            lists: ServedLists(store: services.match.lists), verifications: services.cells.verifications,
            awards: services.match.awards)
        let outcome = try await settle(step, round, context)
        let items = try await matches(round, context)
        return .json(MatchRunResource(items: items, recorded: outcome.recorded.count, waiting: outcome.waiting.count))
    }

    /// Asks the registry for every platform whose cell no person has decided.
    @Sendable func lookUp(_ request: Request, _ context: WebContext) async throws -> Response {
        try context.principal.require(.runMatching)
        let round = try await services.round(context)
        try round.requireMatchable()
        guard let registry = services.match.registry else { throw Failure("match.no_registry") }
        let step = AskRegistryStep(
            registry: registry, verifications: services.cells.verifications, awards: services.match.awards)
        let outcome = try await settle(step, round, context)
        return .json(
            LookupRunResource(
                asked: outcome.answered + outcome.waiting.count, answered: outcome.answered,
                waiting: outcome.waiting.count,
                recorded: outcome.recorded.count,
                findings: outcome.findings.prefix(500).map { Problem.Item($0, language: context.language) }))
    }

    private func settle(_ step: some SettlingStep, _ round: Round, _ context: WebContext) async throws -> StepOutcome {
        guard let account = context.principal.account else { throw Failure("access.sign_in_required") }
        let scheme = try await services.scheme(of: round)
        let all = try await services.rounds.participations(round.id, after: nil, limit: 100_000)
        let field = EvaluationField(
            round: round, scheme: scheme, participations: all.filter { $0.submission.isRanked }, by: account,
            at: services.clock.now())
        let entry: EntryMaker = { [services] kind, subject, reason, payload in
            services.entry(kind, by: context, on: subject, reason: reason, payload: payload)
        }
        return try await step.settle(field, entry: entry) { _, _ in try Task.checkCancellation() }
    }

    private func matches(_ round: Round, _ context: WebContext) async throws -> [MatchResource] {
        let kept = try await services.match.awards.awards(round.id, platform: nil)
        return kept.map { MatchResource($0, Catalogue.of(context.language)) }
    }
}

/// One platform's matches for one indicator.
struct MatchResource: Encodable, Sendable {
    let platform: PlatformID
    let indicator: IndicatorID
    let values: [String: ExactDecimal]
    let awards: [Award]
    let candidates: [Candidate]
    /// Every sentence of the decision, the proofs of absence included.
    let explanation: [String]
    let missingLists: [String]
    /// The day up to which the outside register was complete; null for official lists.
    let asOf: CivilDay?
    let at: Instant

    struct Award: Encodable, Sendable {
        let list: ListID
        let listTitle: String
        let row: ListRow
        let rule: MatchRule
        let platformRule: PlatformRule?
        let standing: Standing
        let earns: String?
        let explanation: [String]
    }

    struct Candidate: Encodable, Sendable {
        let list: ListID
        let row: ListRow
        let reason: CandidateReason
        let similarity: Double
        let explanation: [String]
    }

    init(_ kept: KeptAwards, _ catalogue: Catalogue) {
        func sentences(_ statements: [Statement]) -> [String] {
            statements.map { catalogue.text($0.code, $0.values) }
        }
        platform = kept.platform
        indicator = kept.awards.indicator
        values = kept.awards.values
        awards = kept.awards.awards.map {
            Award(
                list: $0.list, listTitle: $0.listTitle, row: $0.match.row, rule: $0.match.rule,
                platformRule: $0.match.platformRule, standing: $0.standing, earns: $0.earns,
                explanation: sentences($0.match.explanation + [$0.explanation]))
        }
        candidates = kept.awards.decisions.flatMap { decision in
            decision.candidates.map {
                Candidate(
                    list: decision.list, row: $0.row, reason: $0.reason, similarity: $0.similarity,
                    explanation: sentences($0.explanation))
            }
        }
        explanation = sentences(kept.awards.explanation)
        missingLists = kept.awards.missingLists
        asOf = kept.asOf
        at = kept.at
    }
}

/// What a run of matching did.
struct MatchRunResource: Encodable, Sendable {
    let items: [MatchResource]
    /// Cells whose verified value was written; those that had it already are not among them.
    let recorded: Int
    /// Cells for which no list was imported.
    let waiting: Int
}

/// What a run of look-ups did.
struct LookupRunResource: Encodable, Sendable {
    let asked: Int
    let answered: Int
    let waiting: Int
    let recorded: Int
    let findings: [Problem.Item]
}
