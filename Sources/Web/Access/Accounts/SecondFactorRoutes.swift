import Access
import HTTPTypes
import Hummingbird
import Trust
import Vocabulary

/// One's own second factor through the API.
struct SecondFactorRoutes: Sendable {
    let site: Site
    private var services: Services { site.services }

    /// How many codes on paper come with it.
    static let recoveryCodes = 8

    func add(to router: Router<WebContext>) {
        router.get("/api/v1/me/second-factor", use: get)
        router.post("/api/v1/me/second-factor", use: propose)
        router.post("/api/v1/me/second-factor/confirmation", use: confirm)
        router.post("/api/v1/me/second-factor/removal", use: remove)
    }

    struct FactorResource: Encodable {
        let isConfirmed: Bool
        let recoveryCodesLeft: Int
    }

    struct Proposal: Encodable {
        let secret: String
        let address: String
    }

    struct Code: Decodable { let code: String }
    struct Password: Decodable { let password: String }
    struct Codes: Encodable { let recoveryCodes: [String] }

    @Sendable func get(_ request: Request, _ context: WebContext) async throws -> Response {
        let account = try SessionRoutes.ownAccount(context)
        let factor = try await store().factor(of: account)
        return .json(
            FactorResource(
                isConfirmed: factor?.confirmedAt != nil, recoveryCodesLeft: factor?.recoveryCodesLeft ?? 0))
    }

    @Sendable func propose(_ request: Request, _ context: WebContext) async throws -> Response {
        let account = try SessionRoutes.ownAccount(context)
        let password = try await propose(for: account)
        return .json(
            Proposal(secret: password.base32, address: password.address(account: account, issuer: "Heng")),
            status: .created, headers: [.cacheControl: "no-store"])
    }

    @Sendable func confirm(_ request: Request, _ context: WebContext) async throws -> Response {
        let account = try SessionRoutes.ownAccount(context)
        let body = try await JSONBody.decode(Code.self, from: request, limitBytes: 4 << 10)
        let codes = try await confirm(account, code: body.code, context)
        return .json(Codes(recoveryCodes: codes), headers: [.cacheControl: "no-store"])
    }

    @Sendable func remove(_ request: Request, _ context: WebContext) async throws -> Response {
        let account = try SessionRoutes.ownAccount(context)
        let body = try await JSONBody.decode(Password.self, from: request, limitBytes: 4 << 10)
        try await remove(account, password: body.password, context)
        return Response(status: .noContent, headers: [.cacheControl: "no-store"])
    }

    // MARK: For pages and API alike

    func store() throws -> any SecondFactorStore {
        guard let store = services.people.accounts.factors else { throw Failure("privacy.no_key") }
        return store
    }

    /// A new secret, or the one that is being set up: a second look at the page shows the same.
    func propose(for account: AccountID) async throws -> OneTimePassword {
        if let factor = try await store().factor(of: account) {
            if factor.confirmedAt != nil { throw Failure("access.second_factor_exists") }
            return factor.password
        }
        guard try await services.accounts.account(account) != nil else {
            throw Failure("access.account_unknown", ["account": account.rawValue])
        }
        let password = OneTimePassword(random: services.random)
        try await store().propose(password, for: account)
        return password
    }

    /// - Throws: `access.second_factor_missing` before one is proposed; `access.second_factor_refused`.
    func confirm(_ account: AccountID, code: String, _ context: WebContext) async throws -> [String] {
        guard let factor = try await store().factor(of: account) else { throw Failure("access.second_factor_missing") }
        if factor.confirmedAt != nil { throw Failure("access.second_factor_exists") }
        guard let step = factor.password.step(of: code, at: services.clock.now(), after: factor.lastStep) else {
            throw Failure("access.second_factor_refused")
        }
        let codes = RecoveryCode.make(Self.recoveryCodes, random: services.random)
        let entry = services.entry(
            "account.second-factor-added", by: context, on: AuditSubject(key: "account:\(account)"))
        _ = try await store().confirm(account, step: step, recovery: codes.map(RecoveryCode.digest), entry: entry)
        return codes
    }

    /// Asks for the password again: a stolen session does not take it away.
    func remove(_ account: AccountID, password: String, _ context: WebContext) async throws {
        try await services.signInDesk.confirm(account, password: password)
        let entry = services.entry(
            "account.second-factor-removed", by: context, on: AuditSubject(key: "account:\(account)"))
        _ = try await store().remove(from: account, entry: entry)
    }
}
