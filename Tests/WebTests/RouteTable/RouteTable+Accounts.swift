extension RouteTable {
    /// Who is let in by the routes of: accounts, sign-in and sessions.
    static let accounts: [(who: Set<String>, routes: [String])] = [
        (
            signedIn,
            [
                "GET /account",
                "GET /api/v1/me/second-factor",
                "POST /account/password",
                "POST /account/second-factor",
                "POST /account/second-factor/confirm",
                "POST /account/second-factor/remove",
                "POST /account/sessions/end",
                "POST /api/v1/me/second-factor",
                "POST /api/v1/me/second-factor/confirmation",
                "POST /api/v1/me/second-factor/removal",
            ]
        ),
        (accountReaders, ["GET /accounts/{account}"]),
        (
            systemAdministrator,
            [
                "GET /accounts/import",
                "GET /accounts/import/template.xlsx",
                "POST /accounts/import",
                "POST /api/v1/accounts/import",
            ]
        ),
        (securityAdministrator, ["POST /accounts/{account}"]),
    ]
}
