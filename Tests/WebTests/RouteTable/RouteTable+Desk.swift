extension RouteTable {
    /// Who is let in by the routes of: the review desk.
    static let desk: [(who: Set<String>, routes: [String])] = [
        (
            offices,
            [
                "GET /api/v1/rounds/{round}/desk/items"
            ]
        ),
        (
            returners,
            [
                "POST /api/v1/rounds/{round}/desk/plans",
                "POST /api/v1/rounds/{round}/desk/batches",
                "POST /api/v1/rounds/{round}/desk/batches/{batch}/undo",
                "POST /authority/rounds/{round}/queue/bulk",
                "POST /authority/rounds/{round}/queue/bulk/preview",
                "POST /authority/rounds/{round}/queue/undo",
                "POST /authority/rounds/{round}/queue/{platform}/{indicator}/accept",
                "POST /authority/rounds/{round}/queue/{platform}/{indicator}/hand-over",
            ]
        ),
        (
            participants,
            [
                "GET /api/v1/rounds/{round}/platforms/{platform}/cells/{indicator}/decisions"
            ]
        ),
    ]
}
