import Access
import Collect
import HTTPTypes
import Hummingbird
import Review
import Trust
import Vocabulary

/// Keys of a platform's programs, and the authority's leave to send late.
struct PortKeyRoutes: Sendable {
    let site: Site
    private var services: Services { site.services }

    func add(to router: Router<WebContext>) {
        router.get("/api/v1/rounds/:round/platforms/:platform/port-keys", use: list)
        router.post("/api/v1/rounds/:round/platforms/:platform/port-keys", use: create)
        router.delete("/api/v1/rounds/:round/platforms/:platform/port-keys/:key", use: revoke)
        router.post("/api/v1/rounds/:round/platforms/:platform/port-leaves", use: grant)
    }

    struct NewKey: Decodable {
        let name: String
        let sandbox: Bool?
    }

    @Sendable func list(_ request: Request, _ context: WebContext) async throws -> Response {
        let found = try await services.participation(context)
        try context.principal.require(.managePortKeys, on: found.scope)
        let keys = try await services.records.keys(found.round, found.platform)
        return .json(ListPage(items: keys.map(PortKeyResource.init), next: nil))
    }

    @Sendable func create(_ request: Request, _ context: WebContext) async throws -> Response {
        let found = try await services.participation(context)
        try context.principal.require(.managePortKeys, on: found.scope)
        let body = try await JSONBody.decode(NewKey.self, from: request)
        let key = try await services.makePortKey(
            for: found, name: body.name, isSandbox: body.sandbox ?? false, by: context)
        return .json(
            NewPortKeyResource(key.stored, key: key.text), status: .created,
            headers: [
                .location:
                    "/api/v1/rounds/\(found.round)/platforms/\(found.platform)/port-keys/\(key.stored.id)"
            ])
    }

    @Sendable func revoke(_ request: Request, _ context: WebContext) async throws -> Response {
        let found = try await services.participation(context)
        try context.principal.require(.managePortKeys, on: found.scope)
        let id = try context.parameter("key")
        guard let key = try await services.records.key(id), key.round == found.round, key.platform == found.platform
        else { throw Failure("collect.port-key-unknown", ["key": String(id.prefix(64))]) }
        let entry = services.entry(
            "port-key.revoked", by: context,
            on: AuditSubject(round: found.round, platform: found.platform, key: "port-key:\(id)"),
            payload: ["key": .string(id)])
        _ = try await services.records.revokeKey(id, at: services.clock.now(), entry: entry)
        return Response(status: .noContent)
    }

    struct NewLeave: Decodable {
        let until: Instant
        let reason: String
    }

    @Sendable func grant(_ request: Request, _ context: WebContext) async throws -> Response {
        let found = try await services.participation(context)
        try context.principal.require(.decideRound)
        let body = try await JSONBody.decode(NewLeave.self, from: request)
        guard body.until > services.clock.now(), !body.reason.allSatisfy(\.isWhitespace),
            body.reason.count <= PortPolicy.standard.longestReason
        else { throw Failure("collect.leave-invalid") }
        let leave = PortLeave(
            round: found.round, platform: found.platform, until: body.until, reason: body.reason)
        let entry = services.entry(
            "port.leave-granted", by: context, on: AuditSubject(round: found.round, platform: found.platform),
            reason: body.reason, payload: ["until": .string("\(body.until)")])
        let index = try await services.records.grant(leave, entry: entry)
        return .json(LeaveResource(until: body.until, reason: body.reason, logIndex: index), status: .created)
    }
}

extension Services {
    /// Makes a key; its text is in the answer and nowhere else.
    /// - Throws: `collect.key-name-invalid`.
    func makePortKey(
        for participation: Participation, name: String, isSandbox: Bool, by context: WebContext
    ) async throws -> (stored: PortKey, text: String) {
        guard !name.allSatisfy(\.isWhitespace), name.count <= 60 else { throw Failure("collect.key-name-invalid") }
        let key = APIKey(isSandbox ? .test : .live, random: random)
        let stored = PortKey(
            id: key.id, round: participation.round, platform: participation.platform, name: name,
            isSandbox: isSandbox, digest: key.digest, createdAt: clock.now(),
            createdBy: context.principal.account ?? AccountID(""))
        let entry = entry(
            "port-key.created", by: context,
            on: AuditSubject(round: stored.round, platform: stored.platform, key: "port-key:\(stored.id)"),
            payload: ["key": .string(stored.id), "name": .string(name), "sandbox": .bool(isSandbox)])
        _ = try await records.create(stored, entry: entry)
        return (stored, key.text)
    }
}

/// A key as lists show it: never its secret.
struct PortKeyResource: Encodable, Sendable {
    let id: String
    let name: String
    let sandbox: Bool
    let createdAt: Instant
    let createdBy: AccountID
    let lastUsedAt: Instant?
    let revokedAt: Instant?

    init(_ key: PortKey) {
        id = key.id
        name = key.name
        sandbox = key.isSandbox
        createdAt = key.createdAt
        createdBy = key.createdBy
        lastUsedAt = key.lastUsedAt
        revokedAt = key.revokedAt
    }
}

/// The one answer that carries a key.
struct NewPortKeyResource: Encodable, Sendable {
    let id: String
    let name: String
    let sandbox: Bool
    let key: String

    init(_ stored: PortKey, key: String) {
        id = stored.id
        name = stored.name
        sandbox = stored.isSandbox
        self.key = key
    }
}

/// A leave as it was granted.
struct LeaveResource: Encodable, Sendable {
    let until: Instant
    let reason: String
    let logIndex: Int
}
