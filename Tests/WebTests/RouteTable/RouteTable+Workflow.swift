extension RouteTable {
    /// Who is let in by the routes of: windows, quotas, guards, clocks and messages of submissions.
    static let workflow: [(who: Set<String>, routes: [String])] = [
        (
            participants,
            [
                "GET /api/v1/rounds/{round}/platforms/{platform}/submission/events",
                "GET /api/v1/rounds/{round}/process",
                "GET /api/v1/rounds/{round}/windows",
            ]
        ),
        (
            signedIn,
            [
                "GET /api/v1/me/contact",
                "GET /api/v1/me/messages",
                "POST /api/v1/me/messages/read",
                "PUT /api/v1/me/contact",
            ]
        ),
        (
            signedIn,
            ["GET /inbox", "POST /inbox/read", "POST /inbox/contact"]
        ),
        (
            offices,
            [
                "GET /authority/rounds/{round}/submissions",
                "GET /authority/rounds/{round}/submissions-list.xlsx",
                "GET /authority/rounds/{round}/submissions/{platform}",
                "GET /authority/rounds/{round}/windows",
                "POST /api/v1/rounds/{round}/submissions/actions",
                "POST /authority/rounds/{round}/submissions",
                "POST /authority/rounds/{round}/submissions/{platform}/actions",
            ]
        ),
        (
            deciders,
            ["GET /api/v1/outbox", "POST /api/v1/outbox/{letter}/retry", "POST /inbox/letters/{letter}/retry"]
        ),
        (operatorOnly, ["PUT /api/v1/rounds/{round}/process", "POST /authority/rounds/{round}/process"]),
        (windowSetters, ["PUT /api/v1/rounds/{round}/windows/{region}", "POST /authority/rounds/{round}/windows"]),
    ]

    /// A city sets its counties' windows, the operator all.
    private static let windowSetters: Set<String> = ["operator", "city-clerk", "city-head"]
}
