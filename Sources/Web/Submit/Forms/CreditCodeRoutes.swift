import Access
import Hummingbird
import Match
import Vocabulary

/// Checks a credit code while it is typed, and offers what it may have been meant to be.
struct CreditCodeRoutes: Sendable {
    let site: Site

    func add(to router: Router<WebContext>) {
        router.get("/api/v1/credit-codes/:code", use: check)
    }

    struct Answer: Encodable {
        let given: String
        /// Full-width characters unified, capitals, without spaces.
        let cleaned: String
        let isValid: Bool
        let findings: [Problem.Item]
        /// Valid codes one slip of the pen away; offered to the person, never taken.
        let suggestions: [String]
    }

    @Sendable func check(_ request: Request, _ context: WebContext) async throws -> Response {
        try context.principal.require(.useOwnAccount)
        let given = try context.parameter("code")
        guard given.unicodeScalars.count <= 64 else {
            throw Failure("web.parameter_invalid", ["name": "code", "expected": "1–64"])
        }
        let check = CompanyCode.check(given)
        return .json(
            Answer(
                given: given, cleaned: check.cleaned, isValid: check.code != nil,
                findings: check.findings().map { Problem.Item($0, language: context.language) },
                suggestions: CodeRepair.oneSlip(from: given).prefix(5).map(\.text)))
    }
}
