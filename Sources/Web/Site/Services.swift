import Access
import Collect
import Evaluate
import Review
import Scheme
import Trust
import Vocabulary

/// Everything the pages and the API work with, handed in by the joiner; a room adds its line here.
public struct Services: Sendable {
    public var clock: any Clock
    public var random: any RandomSource
    public var schemes: any SchemeLibrary
    /// Who stands behind a token.
    public var sessions: any SessionResolver
    public var sessionStore: any SessionStore
    public var accounts: any AccountStore
    public var signInDesk: SignInDesk
    public var log: any TransparencyLog
    public var rounds: any RoundStore
    /// Declared and verified cells, evidence, marks.
    public var cells: CellStores
    public var records: any RecordStore
    /// The push interface; one for the whole server, because it counts what is under way.
    public var port: PortDesk

    /// Official lists, the outside registry, and what they said.
    public var match: MatchServices

    /// Computations and their results, and where new ones are asked for.
    public var evaluations: any EvaluationStore
    public var computations: ComputationDesk
    /// Submission, evidence, sampling, experts, panel: what people do in a round.
    public var people: PeopleSide
    /// Signatures and what else belongs to the port.
    public var portSide: PortSide
    /// False only in tests that are about something else.
    public var enforcesGuards = true

    public init(
        clock: any Clock, random: any RandomSource, schemes: any SchemeLibrary,
        sessions: any SessionResolver, sessionStore: any SessionStore,
        accounts: any AccountStore, signInDesk: SignInDesk,
        log: any TransparencyLog,
        rounds: any RoundStore,
        cells: CellStores,
        records: any RecordStore,
        evaluations: any EvaluationStore, match: MatchServices, steps: [any SettlingStep],
        people: PeopleSide = PeopleSide(), portSide: PortSide = PortSide()
    ) {
        self.clock = clock
        self.random = random
        self.schemes = schemes
        self.sessions = sessions
        self.sessionStore = sessionStore
        self.accounts = accounts
        self.signInDesk = signInDesk
        self.log = log
        self.rounds = rounds
        self.cells = cells
        self.records = records
        self.port = PortDesk(store: records, clock: clock, random: random)
        self.evaluations = evaluations
        self.match = match
        self.people = people
        self.portSide = portSide
        self.computations = ComputationDesk(
            .init(
                store: evaluations, rounds: rounds, verifications: cells.verifications,
                declarations: cells.declarations, steps: steps, clock: clock, random: random))
    }
}

extension Services {
    /// The audit entry of what this request is about to write.
    public func entry(
        _ kind: AuditKind, by context: WebContext, on subject: AuditSubject, reason: String? = nil,
        payload: CanonicalJSON = .null
    ) -> AuditEntry {
        AuditEntry(
            kind, actor: context.principal.account.map(AuditActor.account) ?? .nobody, at: clock.now(),
            subject: subject, reason: reason, payload: payload, salt: random.salt())
    }

    /// The round of the address.
    /// - Throws: `review.round_unknown`.
    public func round(_ context: WebContext) async throws -> Round {
        let id = try context.roundID
        guard let round = try await rounds.round(id) else {
            throw Failure("review.round_unknown", ["round": id.rawValue])
        }
        return round
    }

    /// The scheme by which the round is judged.
    /// - Throws: `scheme.unknown` when its file is gone.
    public func scheme(of round: Round) async throws -> IndicatorScheme {
        guard let scheme = try await schemes.scheme(digest: round.schemeDigest) else {
            throw Failure("scheme.unknown", ["scheme": round.scheme.rawValue])
        }
        return scheme
    }

    /// The platform of the address, in its round.
    /// - Throws: `review.platform_unknown`.
    public func participation(_ context: WebContext) async throws -> Participation {
        let id = try context.platformID
        guard let found = try await rounds.participation(try context.roundID, id) else {
            throw Failure("review.platform_unknown", ["platform": id.rawValue])
        }
        return found
    }

    /// The indicator of the address, in the round's scheme.
    /// - Throws: `review.indicator_unknown`.
    public func indicator(_ context: WebContext, in scheme: IndicatorScheme) throws -> Indicator {
        let id = try context.indicatorID
        guard let found = scheme.indicator(id) else {
            throw Failure("review.indicator_unknown", ["indicator": id.rawValue])
        }
        return found
    }
}

extension Participation {
    /// The scope on which permissions for this platform are asked.
    public var scope: Scope {
        .platform(company: company.code.description, region: company.region, assigned: verifiers, experts: experts)
    }
}
