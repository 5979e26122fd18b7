import Access
import Collect
import HTTPTypes
import Hummingbird
import Review
import Trust
import Vocabulary

/// Commitment and challenge through the API: the platform's program under its port key, the authority in its session.
struct ChallengeRoutes: Sendable {
    let site: Site
    private var services: Services { site.services }
    private var desk: ChallengeDesk { ChallengeDesk(services: services) }

    func add(to router: Router<WebContext>) {
        router.post("/port/v1/inventories", use: commit)
        router.get("/port/v1/challenges", use: own)
        router.post("/port/v1/challenges/:challenge/answers", use: answer)
        router.get("/api/v1/rounds/:round/platforms/:platform/challenges", use: list)
        router.post("/api/v1/rounds/:round/platforms/:platform/challenges", use: draw)
        router.post(
            "/api/v1/rounds/:round/platforms/:platform/challenges/:challenge/leaves/:leaf/links", use: makeLink)
        router.post(
            "/api/v1/rounds/:round/platforms/:platform/challenges/:challenge/leaves/:leaf/confirmations", use: confirm)
    }

    // MARK: The platform's program

    struct NewInventory: Decodable {
        let size: Int
        let root: Digest
    }

    @Sendable func commit(_ request: Request, _ context: WebContext) async throws -> Response {
        let access = try await services.portAccess(request, sandbox: false)
        let body = try await JSONBody.decode(NewInventory.self, from: request)
        let kept = try await desk.commit(size: body.size, root: body.root, access)
        return .json(InventoryResource(kept), status: .created)
    }

    @Sendable func own(_ request: Request, _ context: WebContext) async throws -> Response {
        let access = try await services.portAccess(request, sandbox: false)
        let found = try await desk.store().challenges(access.round.id, access.key.platform)
        return .json(ListPage(items: found.map { ChallengeResource($0, desk.rules) }, next: nil))
    }

    struct Answers: Decodable { let answers: [LeafAnswer] }

    struct Verdicts: Encodable {
        struct Line: Encodable {
            let place: Int
            let verdict: LeafVerdict
        }
        let verdicts: [Line]
        let logIndex: Int
    }

    @Sendable func answer(_ request: Request, _ context: WebContext) async throws -> Response {
        let access = try await services.portAccess(request, sandbox: false)
        let body = try await JSONBody.decode(Answers.self, from: request, limitBytes: 4 << 20)
        let (verdicts, index) = try await desk.answer(try number("challenge", context), body.answers, access)
        return .json(Verdicts(verdicts: verdicts.map { .init(place: $0.place, verdict: $0.verdict) }, logIndex: index))
    }

    private func number(_ name: String, _ context: WebContext) throws -> Int {
        let text = try context.parameter(name)
        guard let number = Int(text), number >= 0 else {
            throw Failure("collect.challenge-unknown", ["challenge": String(text.prefix(40))])
        }
        return number
    }

    // MARK: The authority and its offices

    @Sendable func list(_ request: Request, _ context: WebContext) async throws -> Response {
        let found = try await services.participation(context)
        try context.principal.require(.readPort, on: found.scope)
        let challenges = try await desk.store().challenges(found.round, found.platform)
        return .json(ListPage(items: challenges.map { ChallengeResource($0, desk.rules) }, next: nil))
    }

    @Sendable func draw(_ request: Request, _ context: WebContext) async throws -> Response {
        let found = try await services.participation(context)
        try context.principal.require(.runSampling)
        let drawn = try await desk.draw(found, by: context)
        return .json(
            ChallengeResource(drawn, desk.rules), status: .created,
            headers: [.location: "/api/v1/rounds/\(found.round)/platforms/\(found.platform)/challenges"])
    }

    struct LinkResource: Encodable { let href: String }

    @Sendable func makeLink(_ request: Request, _ context: WebContext) async throws -> Response {
        let found = try await services.participation(context)
        try context.principal.require(.runSampling)
        let challenge = try await challenge(of: found, context)
        let href = try await desk.makeLink(challenge, ordinal: try number("leaf", context), by: context)
        return .json(LinkResource(href: href), status: .created)
    }

    struct NewConfirmation: Decodable {
        let says: LeafConfirmation.Word
        let note: String
        let place: String
        let photo: Digest?
    }

    struct ConfirmationResource: Encodable { let logIndex: Int }

    @Sendable func confirm(_ request: Request, _ context: WebContext) async throws -> Response {
        let found = try await services.participation(context)
        let challenge: Challenge
        do { challenge = try await self.challenge(of: found, context) } catch {
            // Who may say nothing of this platform does not learn what challenges it has.
            try context.principal.require(.judgeSample, on: found.scope)
            throw error
        }
        let ordinal = try number("leaf", context)
        let role = try services.confirmationRole(of: ordinal, in: challenge, context.principal, found)
        let body = try await JSONBody.decode(NewConfirmation.self, from: request)
        let index = try await desk.confirm(
            challenge, ordinal: ordinal, role, says: body.says, note: body.note, place: body.place, photo: body.photo,
            by: context.principal.account)
        return .json(ConfirmationResource(logIndex: index), status: .created)
    }

    private func challenge(of found: Participation, _ context: WebContext) async throws -> Challenge {
        let challenge = try await desk.store().challenge(try number("challenge", context))
        guard challenge.commitment.round == found.round, challenge.commitment.platform == found.platform else {
            throw Failure("collect.challenge-unknown", ["challenge": "\(challenge.id)"])
        }
        return challenge
    }
}

extension Services {
    /// In which role somebody may say of a drawn device that it is there: the verifier of the platform, or the clerk of
    /// the city where the platform answered that it stands.
    /// - Throws: `access.denied`.
    func confirmationRole(
        of ordinal: Int, in challenge: Challenge, _ principal: Principal, _ found: Participation
    ) throws -> LeafConfirmation.Role {
        if principal.may(.checkSite, on: found.scope) { return .verifier }
        let region = challenge.leaves.first { $0.ordinal == ordinal }?.answer.map { RegionCode($0.region) }
        try principal.require(
            .judgeSample, on: found.rowScope(region ?? found.company.region))
        return .clerk
    }
}
