import Access
import Hummingbird
import Trust
import Vocabulary

/// Accounts through the API: created by the system administrator, locked by the security administrator.
struct AccountRoutes: Sendable {
    let site: Site
    private var services: Services { site.services }

    func add(to router: Router<WebContext>) {
        router.get("/api/v1/accounts", use: list)
        router.post("/api/v1/accounts", use: create)
        router.get("/api/v1/accounts/:account", use: get)
        router.post("/api/v1/accounts/:account/actions", use: act)
    }

    struct NewAccount: Decodable {
        let id: String
        let displayName: String
        let password: String
        let roles: [String]
        let company: String?
        let region: String?
    }

    struct Act: Decodable {
        enum Action: String, Decodable, CaseIterable {
            case lock, unlock
            case endSessions = "end-sessions"
            case removeSecondFactor = "remove-second-factor"
        }
        let action: Action
        let reason: String
    }

    @Sendable func list(_ request: Request, _ context: WebContext) async throws -> Response {
        try context.principal.require(.readAccounts)
        let query = try ListQuery(request)
        let found = try await services.accounts.accounts(
            after: query.cursor.map { AccountID($0) }, limit: query.limit + 1)
        let page = found.prefix(query.limit)
        return .json(
            ListPage(
                items: page.map(AccountResource.init),
                next: found.count > query.limit ? page.last?.id.rawValue : nil))
    }

    @Sendable func get(_ request: Request, _ context: WebContext) async throws -> Response {
        try context.principal.require(.readAccounts)
        return .json(AccountResource(try await account(context)))
    }

    @Sendable func create(_ request: Request, _ context: WebContext) async throws -> Response {
        try context.principal.require(.manageAccounts)
        let body = try await JSONBody.decode(NewAccount.self, from: request, limitBytes: 64 << 10)
        let account = try await create(body, context)
        return .json(
            AccountResource(account), status: .created, headers: [.location: "/api/v1/accounts/\(account.id)"])
    }

    /// Checks everything before anything is hashed, so that all faults are shown together.
    /// - Throws: `access.account_invalid` with findings; `access.account_exists`.
    func create(_ body: NewAccount, _ context: WebContext) async throws -> Account {
        let unknown = body.roles.filter { Role(rawValue: $0) == nil }
        let company = body.company.flatMap { CompanyCode($0) }
        let account = Account(
            id: AccountID(body.id), displayName: body.displayName,
            roles: Set(body.roles.compactMap(Role.init(rawValue:))), company: company,
            region: body.region.map { RegionCode($0) }, createdAt: services.clock.now())
        var findings = account.findings
        findings += unknown.map { Finding(.error, "access.role_unknown", at: "roles", ["role": $0]) }
        if let given = body.company, company == nil {
            findings.removeAll { $0.code == "access.company_mismatch" }
            findings.append(Finding(.error, "access.company_invalid", at: "company", ["code": given]))
        }
        findings += PasswordPolicy().findings(body.password, account: account.id)
        guard findings.isEmpty else { throw Failure("access.account_invalid", findings: findings) }
        if try await services.accounts.account(account.id) != nil {
            throw Failure("access.account_exists", ["account": account.id.rawValue])
        }
        let password = try await services.signInDesk.hash(body.password, for: account.id)
        let entry = services.entry(
            "account.created", by: context, on: AuditSubject(key: "account:\(account.id)"),
            payload: try CanonicalJSON(encoding: AccountResource(account)))
        _ = try await services.accounts.create(account, password: password, entry: entry)
        return account
    }

    @Sendable func act(_ request: Request, _ context: WebContext) async throws -> Response {
        try context.principal.require(.secureAccounts)
        let target = try await account(context)
        let body = try await JSONBody.decode(Act.self, from: request, limitBytes: 16 << 10)
        try await perform(body.action, on: target, reason: body.reason, context)
        return .json(AccountResource(try await account(context)))
    }

    /// - Throws: `access.reason_missing`, `access.own_lock`, `access.second_factor_missing`.
    func perform(_ action: Act.Action, on target: Account, reason: String, _ context: WebContext) async throws {
        guard reason.contains(where: { !$0.isWhitespace }) else { throw Failure("access.reason_missing") }
        guard let by = context.principal.account, by != target.id else { throw Failure("access.own_lock") }
        let kinds: [Act.Action: AuditKind] = [
            .lock: "account.locked", .unlock: "account.unlocked", .endSessions: "session.ended",
            .removeSecondFactor: "account.second-factor-removed",
        ]
        func entry(_ key: String) -> AuditEntry {
            services.entry(kinds[action] ?? "account.secured", by: context, on: AuditSubject(key: key), reason: reason)
        }
        let subject = "account:\(target.id)"
        switch action {
        case .lock:
            let entry = entry(subject)
            let lock = AccountLock(reason: reason, at: entry.at, by: by)
            _ = try await services.accounts.setLock(lock, of: target.id, entry: entry)
        case .unlock: _ = try await services.accounts.setLock(nil, of: target.id, entry: entry(subject))
        case .endSessions:
            let now = services.clock.now()
            for session in try await services.sessionStore.sessions(of: target.id, at: now) {
                _ = try await services.sessionStore.end(
                    session.id, of: target.id, at: now, entry: entry("session:\(session.id)"))
            }
        case .removeSecondFactor:
            guard let factors = services.people.accounts.factors else { throw Failure("privacy.no_key") }
            _ = try await factors.remove(from: target.id, entry: entry(subject))
        }
    }

    func account(_ context: WebContext) async throws -> Account {
        let id = AccountID(try context.parameter("account"))
        guard let account = try await services.accounts.account(id) else {
            throw Failure("access.account_unknown", ["account": id.rawValue])
        }
        return account
    }
}

/// An account as the API shows it: never its password.
struct AccountResource: Encodable, Sendable {
    let id: AccountID
    let displayName: String
    let roles: [Role]
    let company: CompanyCode?
    let region: RegionCode?
    let createdAt: Instant
    let lock: Lock?

    struct Lock: Encodable, Sendable {
        let reason: String
        let at: Instant
        let by: AccountID
    }

    init(_ account: Account) {
        id = account.id
        displayName = account.displayName
        roles = account.roles.sorted()
        company = account.company
        region = account.region
        createdAt = account.createdAt
        lock = account.lock.map { Lock(reason: $0.reason, at: $0.at, by: $0.by) }
    }
}
