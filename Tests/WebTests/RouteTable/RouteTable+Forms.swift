extension RouteTable {
    /// Who is let in by the routes of: the forms that companies fill in.
    static let forms: [(who: Set<String>, routes: [String])] = [
        (
            companies,
            [
                "GET /api/v1/rounds/{round}/platforms/{platform}/cells/{indicator}/draft",
                "PATCH /api/v1/rounds/{round}/platforms/{platform}/cells/{indicator}/draft",
                "GET /api/v1/rounds/{round}/platforms/{platform}/cells/{indicator}/items/rows",
                "PATCH /api/v1/rounds/{round}/platforms/{platform}/cells/{indicator}/items/rows",
                "POST /api/v1/rounds/{round}/platforms/{platform}/sections/{section}/presence",
            ]
        ),
        (
            participants,
            [
                "GET /api/v1/rounds/{round}/platforms/{platform}/cells/{indicator}/items/choices"
            ]
        ),
        (
            signedIn,
            [
                "GET /api/v1/credit-codes/{code}"
            ]
        ),
    ]
}
