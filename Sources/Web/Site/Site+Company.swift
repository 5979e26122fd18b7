import Access
import Hummingbird
import Review
import Vocabulary

extension Site {
    /// The platform that the company's pages speak of: the reader's own in the round; whoever may read cells of
    /// others names one with `?platform=`.
    /// - Throws: `access.sign_in_required`, `access.denied`, `review.platform_unknown`, `web.no_platform` for a company
    ///   without a platform in the round.
    func companyPlatform(
        _ round: Round, _ request: Request, _ context: WebContext, _ permission: Permission
    ) async throws -> Participation {
        guard context.principal.isSignedIn else { throw Failure("access.sign_in_required") }
        if let asked = request.uri.queryParameters["platform"].map({ PlatformID(String($0)) }) {
            guard let found = try await services.rounds.participation(round.id, asked) else {
                throw Failure("review.platform_unknown", ["platform": asked.rawValue])
            }
            try context.principal.require(permission, on: found.scope)
            return found
        }
        guard let code = context.principal.company.flatMap({ CompanyCode($0) }) else {
            throw Failure("access.denied", ["permission": permission.rawValue])
        }
        guard let own = try await services.rounds.participations(round.id, company: code).first else {
            throw Failure("web.no_platform", ["round": round.id.rawValue])
        }
        try context.principal.require(permission, on: own.scope)
        return own
    }
}
