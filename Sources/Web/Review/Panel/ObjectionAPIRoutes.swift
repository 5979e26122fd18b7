import Access
import Hummingbird
import Review
import Submit
import Vocabulary

/// Objections through the API: from outside without an account, and what the authority does with them.
struct ObjectionAPIRoutes: Sendable {
    let site: Site

    func add(to router: Router<WebContext>) {
        router.get("/api/v1/rounds/:round/objections", use: list)
        router.post("/api/v1/rounds/:round/objections", use: receive)
        router.get("/api/v1/rounds/:round/objections/:objection", use: get)
        router.post("/api/v1/rounds/:round/objections/:objection/code", use: confirm)
        router.post("/api/v1/rounds/:round/objections/:objection/code/again", use: sendAgain)
        router.post("/api/v1/rounds/:round/objections/:objection/views", use: view)
        router.post("/api/v1/rounds/:round/objections/:objection/files", use: attach)
        router.post("/api/v1/rounds/:round/objections/:objection/contact", use: call)
        router.post("/api/v1/rounds/:round/objections/:objection/decision", use: decide)
        router.post("/api/v1/rounds/:round/objections/:objection/hearing", use: hear)
        router.post("/api/v1/rounds/:round/objections/:objection/answer", use: answer)
    }

    struct Code: Codable { let code: String }
    struct Call: Codable { let note: String }
    struct Decide: Codable {
        /// Null accepts it.
        let refusal: Objection.Refusal?
        let reason: String
    }
    struct View: Codable { let reason: String }
    /// Who objects in clear, with the entry that the look left.
    struct ViewResource: Encodable {
        let objector: ObjectionResource.Person
        let logIndex: Int
    }
    struct Hear: Codable { let heard: String }
    struct Answer: Codable {
        let upholds: Bool
        let number: String
        let letter: String
    }

    @Sendable func list(_ request: Request, _ context: WebContext) async throws -> Response {
        try context.principal.require(.readObjections)
        let work = try await PanelWork(site, context)
        let query = try ListQuery(request)
        let after = query.cursor.flatMap { Int($0) } ?? 0
        let found = try await work.stores.objections(work.round.id, after: after, limit: query.limit + 1)
        var items: [ObjectionResource] = []
        for one in found.prefix(query.limit) { items.append(try await resource(one, work)) }
        return .json(ListPage(items: items, next: found.count > query.limit ? items.last.map { "\($0.number)" } : nil))
    }

    @Sendable func receive(_ request: Request, _ context: WebContext) async throws -> Response {
        let work = try await PanelWork(site, context)
        let body = try await JSONBody.decode(ObjectionDesk.NewObjection.self, from: request)
        let kept = try await ObjectionDesk(work: work).receive(body)
        return .json(
            ObjectionResource(kept, objector: nil, files: [], work: work, showsSecret: true), status: .created,
            headers: [.location: "/api/v1/rounds/\(work.round.id)/objections/\(kept.id)"])
    }

    /// The objector by the secret id, the authority by the id too.
    @Sendable func get(_ request: Request, _ context: WebContext) async throws -> Response {
        let (work, found) = try await work(context)
        return .json(try await resource(found, work))
    }

    @Sendable func confirm(_ request: Request, _ context: WebContext) async throws -> Response {
        let (work, found) = try await work(context)
        let body = try await JSONBody.decode(Code.self, from: request)
        try await ObjectionDesk(work: work).confirm(found, code: body.code)
        return try await again(found, work)
    }

    @Sendable func sendAgain(_ request: Request, _ context: WebContext) async throws -> Response {
        let (work, found) = try await work(context)
        try await ObjectionDesk(work: work).sendAgain(found)
        return try await again(found, work)
    }

    @Sendable func view(_ request: Request, _ context: WebContext) async throws -> Response {
        try context.principal.require(.readObjector)
        let (work, found) = try await work(context)
        let body = try await JSONBody.decode(View.self, from: request, limitBytes: 16 << 10)
        let (objector, index) = try await ObjectionDesk(work: work).view(found, reason: body.reason)
        return .json(
            ViewResource(objector: .init(objector), logIndex: index), headers: [.cacheControl: "no-store"])
    }

    @Sendable func attach(_ request: Request, _ context: WebContext) async throws -> Response {
        let (work, found) = try await work(context)
        let buffer = try await JSONBody.collect(request, limitBytes: EvidenceInspection.mostBytes + 1)
        let name = request.uri.queryParameters["name"].map { String($0).removingPercentEncoding ?? "" } ?? ""
        _ = try await ObjectionDesk(work: work).add([UInt8](buffer.readableBytesView), name: name, to: found)
        return try await again(found, work)
    }

    @Sendable func call(_ request: Request, _ context: WebContext) async throws -> Response {
        try context.principal.require(.checkFormally)
        let (work, found) = try await work(context)
        let body = try await JSONBody.decode(Call.self, from: request)
        try await ObjectionDesk(work: work).confirmByCall(found, note: body.note)
        return try await again(found, work)
    }

    @Sendable func decide(_ request: Request, _ context: WebContext) async throws -> Response {
        try context.principal.require(.checkFormally)
        let (work, found) = try await work(context)
        let body = try await JSONBody.decode(Decide.self, from: request)
        try await ObjectionDesk(work: work).decide(found, refusal: body.refusal, reason: body.reason)
        return try await again(found, work)
    }

    /// The operator for a letter that came, the company for itself.
    @Sendable func hear(_ request: Request, _ context: WebContext) async throws -> Response {
        if !context.principal.may(.checkFormally), context.principal.company == nil {
            try context.principal.require(.checkFormally)
        }
        let (work, found) = try await work(context)
        let body = try await JSONBody.decode(Hear.self, from: request)
        try await ObjectionDesk(work: work).hear(found, body.heard)
        return try await again(found, work)
    }

    @Sendable func answer(_ request: Request, _ context: WebContext) async throws -> Response {
        try context.principal.require(.checkFormally)
        let (work, found) = try await work(context)
        let body = try await JSONBody.decode(Answer.self, from: request)
        try await ObjectionDesk(work: work).answer(
            found, upholds: body.upholds, number: body.number, letter: body.letter)
        return try await again(found, work)
    }

    private func work(_ context: WebContext) async throws -> (PanelWork, Objection) {
        let work = try await PanelWork(site, context)
        return (work, try await work.objection(try context.parameter("objection")))
    }

    private func again(_ objection: Objection, _ work: PanelWork) async throws -> Response {
        .json(try await resource(try await work.objection(objection.id), work))
    }

    private func resource(_ objection: Objection, _ work: PanelWork) async throws -> ObjectionResource {
        ObjectionResource(
            objection, objector: try await work.stores.objector(objection.id),
            files: try await work.stores.files(objection.owner), work: work,
            showsSecret: work.principal.may(.readObjector))
    }
}

extension PanelWork {
    /// By its secret id; the authority also by its number.
    /// - Throws: `panel.objection_unknown`.
    func objection(_ id: String) async throws -> Objection {
        var found = try await stores.objection(id)
        if found == nil, principal.may(.readObjections), let number = Int(id), number > 0, number < Int.max {
            found = try await stores.objections(round.id, after: number - 1, limit: 1).first { $0.number == number }
        }
        guard let found, found.round == round.id else { throw Failure("panel.objection_unknown") }
        return found
    }
}

/// An objection as the API shows it; who objects is masked, and read in clear with a reason only.
struct ObjectionResource: Encodable, Sendable {
    struct Person: Encodable, Sendable {
        let name: String
        let identityKind: Objector.IdentityKind
        let identity: String
        let contactKind: Objector.ContactKind
        let contact: String

        init(_ objector: Objector) {
            name = objector.name
            identityKind = objector.identityKind
            identity = objector.identity
            contactKind = objector.contactKind
            contact = objector.contact
        }
    }
    struct File: Encodable, Sendable {
        let digest: Digest
        let name: String
        let size: Int
    }

    /// The secret address; only for the objector at first, and the authority.
    let id: String?
    let number: Int
    let platform: PlatformID
    let indicator: IndicatorID?
    let facts: String
    let state: Objection.State
    let at: Instant
    let contactProof: Objection.ContactProof?
    let refusal: Objection.Refusal?
    let decisionReason: String?
    let decidedAt: Instant?
    let heard: String?
    let letterNumber: String?
    let letter: String?
    let answeredAt: Instant?
    let objector: Person?
    let files: [File]
    let version: Int

    init(_ objection: Objection, objector: Objector?, files: [PanelFile], work: PanelWork, showsSecret: Bool) {
        id = showsSecret ? objection.id : nil
        number = objection.number
        platform = objection.platform
        indicator = objection.indicator
        facts = objection.facts
        state = objection.state
        at = objection.at
        contactProof = objection.contactProof
        refusal = objection.refusal
        decisionReason = objection.decisionReason
        decidedAt = objection.decidedAt
        heard = work.principal.may(.readObjections) ? objection.heard : nil
        letterNumber = objection.letterNumber
        letter = objection.letter
        answeredAt = objection.answeredAt
        self.objector = objector.map { Person($0.masked) }
        self.files = files.map { File(digest: $0.digest, name: $0.name, size: $0.size) }
        version = objection.version
    }
}
