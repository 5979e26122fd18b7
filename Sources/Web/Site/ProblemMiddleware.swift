import HTTPTypes
import Hummingbird
import Logging
import Vocabulary

/// Turns everything that is thrown into a problem: JSON for programs, a page for people. What nobody foresaw is
/// logged with the request's id, and the reader gets the id, never the cause.
struct ProblemMiddleware: RouterMiddleware {
    typealias Context = WebContext

    /// Draws the error page; JSON is the answer when it cannot.
    let page: @Sendable (Problem, Failure, Request, WebContext) async -> Response?

    func handle(
        _ request: Request, context: WebContext, next: (Request, WebContext) async throws -> Response
    ) async throws -> Response {
        do {
            return try await next(request, context)
        } catch let error as CancellationError {
            throw error
        } catch {
            let failure = Self.failure(error, context)
            let language = AuthenticationMiddleware.language(of: request)
            var asked = context
            asked.language = language
            asked.address = request.uri.description
            let problem = Problem(failure, language: language)
            if Self.wantsPage(request), let response = await page(problem, failure, request, asked) { return response }
            return problem.response
        }
    }

    private static func failure(_ error: any Error, _ context: WebContext) -> Failure {
        switch error {
        case let failure as Failure where ProblemStatus.of(failure.code) != 500: return failure
        case let error as HTTPError where error.status == .notFound: return Failure("web.not_found")
        case let error as HTTPError where error.status == .methodNotAllowed: return Failure("web.method_not_allowed")
        case let error as HTTPError where error.status == .contentTooLarge:
            return Failure("web.body_too_large", ["limit": "2048 KiB"])
        default:
            context.logger.error("unexpected failure", metadata: ["error": "\(String(reflecting: error))"])
            return Failure("common.unknown_failure", ["id": "\(context.id)"])
        }
    }

    private static func wantsPage(_ request: Request) -> Bool {
        let path = request.uri.path
        if path.hasPrefix("/api/") || path.hasPrefix("/port/") { return false }
        return request.headers[.accept]?.contains("text/html") ?? false
    }
}
