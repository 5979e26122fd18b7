import Access
import Foundation
import HTTPTypes
import Hummingbird
import Trust
import Vocabulary

/// Signing in and out through the API, and one's own account.
struct SessionRoutes: Sendable {
    let site: Site
    private var services: Services { site.services }

    func add(to router: Router<WebContext>) {
        router.post("/api/v1/sessions", use: start)
        router.get("/api/v1/sessions", use: list)
        router.delete("/api/v1/sessions/:session", use: end)
        router.get("/api/v1/me", use: me)
        router.put("/api/v1/me/password", use: changePassword)
    }

    struct Sign: Decodable {
        let account: String
        let password: String
        /// Where the account has a second factor.
        let code: String?
    }

    struct Started: Encodable {
        let token: String
        let expiresAt: Instant
        let account: AccountResource
    }

    struct NewPassword: Decodable {
        let current: String
        let new: String
    }

    @Sendable func start(_ request: Request, _ context: WebContext) async throws -> Response {
        let body = try await JSONBody.decode(Sign.self, from: request, limitBytes: 16 << 10)
        let (token, session, account) = try await services.signInDesk.signIn(
            AccountID(body.account), password: body.password, code: body.code, agent: request.headers[.userAgent] ?? "")
        let answer = Started(token: token.text, expiresAt: session.expiresAt, account: AccountResource(account))
        return .json(
            answer, status: .created,
            headers: [
                .setCookie: SessionCookie.set(token, request), .location: "/api/v1/sessions/\(session.id)",
            ])
    }

    @Sendable func list(_ request: Request, _ context: WebContext) async throws -> Response {
        let account = try Self.ownAccount(context)
        let sessions = try await services.sessionStore.sessions(of: account, at: services.clock.now())
        let items = sessions.map { SessionResource($0, isCurrent: $0.id == context.session?.id) }
        return .json(ListPage(items: items, next: nil))
    }

    /// `current` is the session that asks.
    @Sendable func end(_ request: Request, _ context: WebContext) async throws -> Response {
        let account = try Self.ownAccount(context)
        let asked = try context.parameter("session")
        let id = asked == "current" ? context.session?.id ?? "" : asked
        try await end(id, of: account, context)
        var headers: HTTPFields = [.cacheControl: "no-store"]
        if id == context.session?.id { headers[.setCookie] = SessionCookie.cleared(request) }
        return Response(status: .noContent, headers: headers)
    }

    /// Ends a session of the asker and leaves the entry.
    func end(_ id: String, of account: AccountID, _ context: WebContext) async throws {
        let entry = services.entry("session.ended", by: context, on: AuditSubject(key: "session:\(id)"))
        _ = try await services.sessionStore.end(id, of: account, at: entry.at, entry: entry)
    }

    @Sendable func me(_ request: Request, _ context: WebContext) async throws -> Response {
        let id = try Self.ownAccount(context)
        guard let account = try await services.accounts.account(id) else {
            throw Failure("access.account_unknown", ["account": id.rawValue])
        }
        return .json(AccountResource(account))
    }

    /// Asks for the present password, and ends every session: a stolen one does not survive.
    @Sendable func changePassword(_ request: Request, _ context: WebContext) async throws -> Response {
        let id = try Self.ownAccount(context)
        let body = try await JSONBody.decode(NewPassword.self, from: request, limitBytes: 16 << 10)
        try await services.signInDesk.confirm(id, password: body.current)
        let password = try await services.signInDesk.hash(body.new, for: id)
        let entry = services.entry("account.password-changed", by: context, on: AuditSubject(key: "account:\(id)"))
        _ = try await services.accounts.setPassword(password, of: id, entry: entry)
        return Response(
            status: .noContent, headers: [.cacheControl: "no-store", .setCookie: SessionCookie.cleared(request)])
    }

    /// - Throws: `access.sign_in_required`.
    static func ownAccount(_ context: WebContext) throws -> AccountID {
        try context.principal.require(.useOwnAccount)
        guard let account = context.principal.account else { throw Failure("access.sign_in_required") }
        return account
    }
}

/// The cookie that carries a session's token.
enum SessionCookie {
    static func set(_ token: SessionToken, _ request: Request) -> String {
        text(token.text, Session.lengthSeconds, request)
    }

    static func cleared(_ request: Request) -> String { text("", 0, request) }

    /// Behind a proxy that speaks TLS the cookie never travels in clear.
    private static func text(_ value: String, _ seconds: Int64, _ request: Request) -> String {
        let forwarded = HTTPField.Name("X-Forwarded-Proto").flatMap { request.headers[$0] }
        let secure = forwarded?.lowercased() == "https" || request.head.scheme == "https" ? "; Secure" : ""
        return "\(AuthenticationMiddleware.cookieName)=\(value); Path=/; Max-Age=\(seconds); HttpOnly; SameSite=Lax"
            + secure
    }
}

/// A session as its holder sees it.
struct SessionResource: Encodable, Sendable {
    let id: String
    let startedAt: Instant
    let expiresAt: Instant
    let agent: String
    let isCurrent: Bool

    init(_ session: Session, isCurrent: Bool) {
        id = session.id
        startedAt = session.startedAt
        expiresAt = session.expiresAt
        agent = session.agent
        self.isCurrent = isCurrent
    }
}
