extension RouteTable {
    /// Who is let in by the routes of: challenge and confirmation.
    static let challenge: [(who: Set<String>, routes: [String])] = [
        (
            [],
            [
                "GET /port/v1/challenges",
                "POST /port/v1/challenges/{challenge}/answers",
                "POST /port/v1/inventories",
            ]
        ),
        (
            portReaders,
            ["GET /api/v1/rounds/{round}/platforms/{platform}/challenges"]
        ),
        (
            ["operator"],
            [
                "POST /api/v1/rounds/{round}/platforms/{platform}/challenges",
                "POST /api/v1/rounds/{round}/platforms/{platform}/challenges/{challenge}/leaves/{leaf}/links",
            ]
        ),
        (
            ["operator", "city-clerk", "verifier"],
            [
                "POST /api/v1/rounds/{round}/platforms/{platform}/challenges/{challenge}/leaves/{leaf}/confirmations"
            ]
        ),
        (
            everybody,
            [
                "GET /confirm/{token}",
                "POST /confirm/{token}",
            ]
        ),
    ]
}
