import Access
import HTTPTypes
import Hummingbird
import Vocabulary

/// Finds out who asks (bearer token first, then the session cookie) and in which language; refuses a browser's write
/// that comes from another site.
///
/// Port keys are no sessions: `/port/v1` looks at its own keys.
struct AuthenticationMiddleware: RouterMiddleware {
    typealias Context = WebContext

    static let cookieName = "heng_session"
    let services: Services

    func handle(
        _ request: Request, context: WebContext, next: (Request, WebContext) async throws -> Response
    ) async throws -> Response {
        var context = context
        context.address = request.uri.description
        context.language = Self.language(of: request)
        if !request.uri.path.hasPrefix("/port/") {
            let bearer = request.headers[.authorization].flatMap(Self.bearer)
            let cookie = request.cookies[Self.cookieName]?.value
            if let token = bearer ?? cookie,
                let found = try await services.sessions.resolve(token: token, at: services.clock.now())
            {
                context.principal = found.principal
                context.session = SessionReference(id: found.id, isCookie: bearer == nil)
            }
            if bearer == nil, cookie != nil { try Self.refuseOtherOrigin(request) }
            try Self.refuseUnknownWriter(request, context)
        }
        return try await next(request, context)
    }

    /// Where nobody may write: the doors themselves.
    private static let doors: Set<String> = ["/api/v1/sessions", "/sign-in", "/sign-out"]

    /// Whoever is not signed in writes nothing, and is told so before anything of the request is read.
    private static func refuseUnknownWriter(_ request: Request, _ context: WebContext) throws(Failure) {
        let reads: Set<HTTPRequest.Method> = [.get, .head, .options]
        if context.principal.isSignedIn || reads.contains(request.method) || doors.contains(request.uri.path) { return }
        if isObjection(request.uri.path) || isConfirmation(request.uri.path) { return }
        throw Failure("access.sign_in_required")
    }

    /// An objection is raised by whoever has something to say, without an account: `…/rounds/ROUND/objections`, and what
    /// belongs to one below its secret id.
    private static func isObjection(_ path: String) -> Bool {
        var parts = path.split(separator: "/").map(String.init)
        if parts.starts(with: ["api", "v1"]) { parts.removeFirst(2) }
        guard parts.count >= 3, parts[0] == "rounds", parts[2] == "objections" else { return false }
        return parts.count == 3 || [["code"], ["code", "again"], ["files"]].contains(parts.dropFirst(4))
    }

    /// The owner of a drawn device answers by the secret link: `/confirm/TOKEN`.
    private static func isConfirmation(_ path: String) -> Bool {
        let parts = path.split(separator: "/")
        return parts.count == 2 && parts[0] == "confirm"
    }

    private static func bearer(_ header: String) -> String? {
        header.lowercased().hasPrefix("bearer ") ? String(header.dropFirst(7)) : nil
    }

    /// A cookie is sent along by any site's form; the browser names the site in `Origin`.
    private static func refuseOtherOrigin(_ request: Request) throws(Failure) {
        guard request.method != .get, request.method != .head, request.method != .options,
            let name = HTTPField.Name("Origin"), let origin = request.headers[name]
        else { return }
        let host = origin.split(separator: "/", omittingEmptySubsequences: true).last.map(String.init)
        let own = request.head.authority
        if origin == "null" || host != own { throw Failure("web.other_origin") }
    }

    static func language(of request: Request) -> Language {
        if let asked = request.uri.queryParameters["lang"], let language = Language(tag: asked) { return language }
        if let kept = request.cookies["heng_language"]?.value, let language = Language(tag: kept) { return language }
        let header = request.headers[.acceptLanguage] ?? ""
        for part in header.split(separator: ",") {
            if let language = Language(tag: part.drop { $0 == " " }) { return language }
        }
        return .zhHans
    }
}
