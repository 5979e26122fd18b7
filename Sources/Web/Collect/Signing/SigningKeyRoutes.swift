import Access
import Collect
import Foundation
import HTTPTypes
import Hummingbird
import Review
import Trust
import Vocabulary

/// Keys whose signatures under a platform's requests are believed.
struct SigningKeyRoutes: Sendable {
    let site: Site
    private var services: Services { site.services }

    func add(to router: Router<WebContext>) {
        router.get("/api/v1/rounds/:round/platforms/:platform/signing-keys", use: list)
        router.post("/api/v1/rounds/:round/platforms/:platform/signing-keys", use: create)
        router.delete("/api/v1/rounds/:round/platforms/:platform/signing-keys/:key", use: revoke)
    }

    struct NewKey: Decodable {
        let name: String
        let algorithm: SignatureKey.Algorithm
        /// Base64 of the 32 bytes of an Ed25519 public key; absent for a shared secret, which Heng makes.
        let publicKey: String?
    }

    @Sendable func list(_ request: Request, _ context: WebContext) async throws -> Response {
        let found = try await services.participation(context)
        try context.principal.require(.managePortKeys, on: found.scope)
        let keys = try await store().signingKeys(found.round, found.platform)
        return .json(ListPage(items: keys.map { SigningKeyResource($0) }, next: nil))
    }

    @Sendable func create(_ request: Request, _ context: WebContext) async throws -> Response {
        let found = try await services.participation(context)
        try context.principal.require(.managePortKeys, on: found.scope)
        let body = try await JSONBody.decode(NewKey.self, from: request)
        guard !body.name.allSatisfy(\.isWhitespace), body.name.count <= 60 else {
            throw Failure("collect.key-name-invalid")
        }
        var secret: [UInt8]?
        let material: SignatureKey
        switch body.algorithm {
        case .ed25519:
            guard let bytes = body.publicKey.flatMap({ Data(base64Encoded: $0) }),
                let key = try? SignatureKey.ed25519(publicKey: Array(bytes))
            else { throw Failure("collect.signing-key-invalid") }
            material = key
        case .hmacSHA256:
            guard body.publicKey == nil else { throw Failure("collect.signing-key-invalid") }
            let made = services.random.bytes(32)
            secret = made
            material = try .hmacSHA256(secret: made)
        }
        let key = PortSigningKey(
            id: "hs_" + Hexadecimal.text(services.random.bytes(6)), round: found.round, platform: found.platform,
            name: body.name, key: material, createdAt: services.clock.now(),
            createdBy: context.principal.account ?? AccountID(""))
        let entry = services.entry(
            "signing-key.created", by: context, on: subject(key.id, found),
            payload: [
                "key": .string(key.id), "name": .string(key.name),
                "algorithm": .string(key.key.algorithm.rawValue),
                "publicKey": key.key.publicKey.map { .string(Data($0).base64EncodedString()) } ?? .null,
            ])
        _ = try await store().create(key, secret: secret, entry: entry)
        return .json(
            SigningKeyResource(key, secret: secret), status: .created,
            headers: [
                .location: "/api/v1/rounds/\(found.round)/platforms/\(found.platform)/signing-keys/\(key.id)"
            ])
    }

    @Sendable func revoke(_ request: Request, _ context: WebContext) async throws -> Response {
        let found = try await services.participation(context)
        try context.principal.require(.managePortKeys, on: found.scope)
        let id = try context.parameter("key")
        let keys = try await store().signingKeys(found.round, found.platform)
        guard keys.contains(where: { $0.id == id }) else {
            throw Failure("collect.signing-key-unknown", ["key": String(id.prefix(64))])
        }
        let entry = services.entry(
            "signing-key.revoked", by: context, on: subject(id, found), payload: ["key": .string(id)])
        _ = try await store().revokeSigningKey(id, at: services.clock.now(), entry: entry)
        return Response(status: .noContent)
    }

    private func store() throws(Failure) -> any SigningKeyStore {
        guard let store = services.portSide.signingKeys else { throw Failure("privacy.no_key") }
        return store
    }

    private func subject(_ key: String, _ found: Participation) -> AuditSubject {
        AuditSubject(round: found.round, platform: found.platform, key: "signing-key:\(key)")
    }
}

/// A signing key as lists show it; the shared secret stands only in the answer to its making.
struct SigningKeyResource: Encodable, Sendable {
    let id: String
    let name: String
    let algorithm: SignatureKey.Algorithm
    /// Base64.
    let publicKey: String?
    /// Base64; only here and only now.
    let secret: String?
    let createdAt: Instant
    let createdBy: AccountID
    let revokedAt: Instant?

    init(_ key: PortSigningKey, secret: [UInt8]? = nil) {
        id = key.id
        name = key.name
        algorithm = key.key.algorithm
        publicKey = key.key.publicKey.map { Data($0).base64EncodedString() }
        self.secret = secret.map { Data($0).base64EncodedString() }
        createdAt = key.createdAt
        createdBy = key.createdBy
        revokedAt = key.revokedAt
    }
}
