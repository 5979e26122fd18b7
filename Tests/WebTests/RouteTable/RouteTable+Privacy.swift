extension RouteTable {
    /// Who may read personal data in clear.
    private static let personalReaders: Set<String> = ["operator", "inspector", "city-clerk", "verifier"]

    /// Who is let in by the routes of: personal data.
    static let privacy: [(who: Set<String>, routes: [String])] = [
        (
            ["operator", "approver", "inspector", "audit-administrator"],
            [
                "GET /api/v1/rounds/{round}/retention",
                "GET /authority/rounds/{round}/privacy",
            ]
        ),
        (
            personalReaders,
            [
                "GET /authority/rounds/{round}/privacy/{platform}/{indicator}",
                "POST /api/v1/rounds/{round}/platforms/{platform}/cells/{indicator}/items/views",
                "POST /authority/rounds/{round}/privacy/{platform}/{indicator}",
            ]
        ),
    ]
}
