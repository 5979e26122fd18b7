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
                "POST /company/rounds/{round}/sections/{section}/copy",
                "POST /company/rounds/{round}/sections/{section}/prefill",
            ]
        ),
        (
            participants,
            [
                "GET /api/v1/rounds/{round}/platforms/{platform}/cells/{indicator}/items/choices",
                "GET /api/v1/rounds/{round}/platforms/{platform}/cells/{indicator}/items/list.csv",
                "GET /api/v1/rounds/{round}/platforms/{platform}/cells/{indicator}/items/list.xlsx",
                "GET /api/v1/rounds/{round}/platforms/{platform}/cells/{indicator}/items/template.xlsx",
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
