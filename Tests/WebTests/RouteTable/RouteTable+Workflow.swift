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
        (offices, ["POST /api/v1/rounds/{round}/submissions/actions"]),
        (deciders, ["GET /api/v1/outbox", "POST /api/v1/outbox/{letter}/retry"]),
        (operatorOnly, ["PUT /api/v1/rounds/{round}/process"]),
        (windowSetters, ["PUT /api/v1/rounds/{round}/windows/{region}"]),
    ]

    /// A city sets its counties' windows, the operator all.
    private static let windowSetters: Set<String> = ["operator", "city-clerk", "city-head"]
}
