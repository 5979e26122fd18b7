import Access
import Collect
import Evaluate
import Review
import Scheme
import Score
import Vocabulary
import Wording

extension Site {
    /// All platforms of a round, in the order of their ids.
    func participations(_ round: RoundID) async throws -> [Participation] {
        var all: [Participation] = []
        while true {
            let page = try await services.rounds.participations(round, after: all.last?.platform, limit: 500)
            all += page
            if page.count < 500 { return all }
        }
    }

    /// The newest finished computation; nil before there is one.
    func publishedResult(_ round: Round, _ scheme: IndicatorScheme) async throws -> PublishedResult? {
        let reader = ResultReader(store: services.evaluations)
        guard let (run, result) = try await reader.latest(round.id, scheme: scheme) else { return nil }
        let participations = try await participations(round.id)
        return PublishedResult(
            round: round, scheme: scheme, field: result.field,
            participations: participations.reduce(into: [:]) { $0[$1.platform.rawValue] = $1 },
            number: run.number, finishedAt: run.finishedAt ?? run.startedAt,
            digest: run.resultDigest ?? result.digest)
    }

    /// A platform's declared figures by value id: what the company typed, and for the port its own summaries.
    func declaredValues(_ round: Round, _ scheme: IndicatorScheme, _ platform: PlatformID) async throws -> [String:
        ExactDecimal]
    {
        let typed = try await services.cells.declarations.declarations(round.id, platform)
            .reduce(into: [:]) { $0.merge($1.values) { _, new in new } }
        let summaries = try await services.records.summaries(round.id, platform)[platform] ?? []
        let port = PortMeasures.declared(scheme: scheme, cutOff: round.cutOff, summaries: summaries)
        return port.reduce(into: typed) { $0[$1.key.rawValue] = round.scaledUp($1.value, of: $1.key) }
    }

    func verifications(_ round: RoundID, _ platform: PlatformID) async throws -> [IndicatorID: Verification] {
        try await services.cells.verifications.verifications(round, platform)
            .reduce(into: [:]) { $0[$1.cell.indicator] = $1 }
    }

    /// What the workbench says of the round's computations.
    func computation(
        _ round: Round, _ scheme: IndicatorScheme, _ context: WebContext
    ) async throws -> RoundPageBuilder.Computation {
        let catalogue = Catalogue.of(context.language)
        let moments = MomentFormat(zoneName: scheme.zone, context.language)
        let mayCompute = context.principal.may(.runComputation) && round.mayBeComputed
        let runs = try await services.evaluations.runs(round.id)
        let hasResult = runs.contains { $0.state == .finished }
        func say(_ key: String, _ values: [String: String] = [:]) -> String {
            catalogue.text("web.compute.\(key)", values)
        }
        let isClosed = context.principal.may(.runComputation) && !round.mayBeComputed
        let closed = isClosed ? catalogue.text("web.list.space") + say("closed") : ""
        guard let last = runs.first else {
            return .init(
                state: StateWord("○", say("never_word"), .plain), sentence: say("never") + closed, eventsHref: nil,
                hasResult: false, mayCompute: mayCompute)
        }
        let values = [
            "number": "\(last.number)", "who": last.startedBy.rawValue, "waiting": "\(last.waitingCount)",
            "at": moments.minute(last.finishedAt ?? last.startedAt),
            "platforms": "\(try await participations(round.id).filter { $0.submission.isRanked }.count)",
            "why": last.failure.map { catalogue.text($0) }
                ?? catalogue.text("web.audit.computation.\(last.state.rawValue)"),
        ]
        switch last.state {
        case .running:
            return .init(
                state: StateWord("…", say("running_word"), .act), sentence: say("running", values),
                eventsHref: "/api/v1/rounds/\(round.id)/computations/\(last.number)/events", hasResult: hasResult,
                mayCompute: false)
        case .finished:
            let word =
                last.isProvisional
                ? StateWord("▲", say("provisional_word"), .watch) : StateWord("✓", say("finished_word"), .good)
            return .init(
                state: word, sentence: say("finished", values) + closed, eventsHref: nil, hasResult: true,
                mayCompute: mayCompute)
        case .stopped, .failed, .interrupted:
            return .init(
                state: StateWord("✕", say("failed_word"), .wrong), sentence: say("failed", values), eventsHref: nil,
                hasResult: hasResult, mayCompute: mayCompute)
        }
    }
}
