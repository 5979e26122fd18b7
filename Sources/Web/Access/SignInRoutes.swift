import Access
import Foundation
import HTTPTypes
import Hummingbird
import Vocabulary
import Wording

/// The sign-in page; its form works without JavaScript.
struct SignInRoutes: Sendable {
    let site: Site
    private var services: Services { site.services }

    func add(to router: Router<WebContext>) {
        router.get("/sign-in", use: show)
        router.post("/sign-in", use: signIn)
        router.post("/sign-out", use: signOut)
    }

    @Sendable func show(_ request: Request, _ context: WebContext) async throws -> Response {
        let next = Self.localAddress(request.uri.queryParameters["next"].map(String.init))
        return try await page(context, next: next)
    }

    /// Answers a refusal with the form itself, the account kept, the password not.
    @Sendable func signIn(_ request: Request, _ context: WebContext) async throws -> Response {
        let fields = try await FormBody.fields(request)
        let next = Self.localAddress(fields["next"])
        let account = fields["account"]?.trimmingCharacters(in: .whitespaces) ?? ""
        do {
            let (token, _, _) = try await services.signInDesk.signIn(
                AccountID(account), password: fields["password"] ?? "", agent: request.headers[.userAgent] ?? "")
            var response = Response.seeOther(next)
            response.headers[.setCookie] = SessionCookie.set(token, request)
            return response
        } catch let failure as Failure where failure.code.hasPrefix("access.") {
            return try await page(context, next: next, account: account, failure: failure)
        }
    }

    @Sendable func signOut(_ request: Request, _ context: WebContext) async throws -> Response {
        if let account = context.principal.account, let session = context.session {
            try await SessionRoutes(site: site).end(session.id, of: account, context)
        }
        var response = Response.seeOther("/")
        response.headers[.setCookie] = SessionCookie.cleared(request)
        return response
    }

    private func page(
        _ context: WebContext, next: String, account: String = "", failure: Failure? = nil
    ) async throws -> Response {
        let catalogue = Catalogue.of(context.language)
        let page = SignInPage(
            title: catalogue.text("web.signin.title"), fault: failure.map { catalogue.text($0) }, next: next,
            account: account, hasDemonstrationAccounts: false, demonstrationAccounts: [])
        let status = failure.map { HTTPResponse.Status(code: ProblemStatus.of($0.code)) } ?? .ok
        return try await site.answer(page, context, status: status)
    }

    /// An address of this site; anything that could lead elsewhere becomes the front page.
    static func localAddress(_ text: String?) -> String {
        guard let text, text.hasPrefix("/"), !text.hasPrefix("//"), text.utf8.count <= 2000,
            text.utf8.allSatisfy({ $0 > 0x20 && $0 != 0x5C && $0 < 0x7F })
        else { return "/" }
        return text
    }
}

/// The fields of a form as browsers send them (`application/x-www-form-urlencoded`).
enum FormBody {
    /// The last of equal names counts.
    /// - Throws: `web.body_too_large`; `web.body_not_form` for another type.
    static func fields(_ request: Request, limitBytes: Int = 64 << 10) async throws -> [String: String] {
        guard request.headers[.contentType]?.hasPrefix("application/x-www-form-urlencoded") ?? false else {
            throw Failure("web.body_not_form")
        }
        let buffer = try await JSONBody.collect(request, limitBytes: limitBytes)
        var fields: [String: String] = [:]
        for pair in String(buffer: buffer).split(separator: "&") {
            let parts = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            fields[decoded(parts[0])] = parts.count > 1 ? decoded(parts[1]) : ""
        }
        return fields
    }

    private static func decoded(_ text: Substring) -> String {
        let spaced = text.replacing("+", with: " ")
        return spaced.removingPercentEncoding ?? String(spaced)
    }
}
