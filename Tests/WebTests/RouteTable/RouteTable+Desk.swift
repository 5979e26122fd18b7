extension RouteTable {
    /// Who is let in by the routes of: the review desk.
    static let desk: [(who: Set<String>, routes: [String])] = [
        (
            offices,
            [
                "GET /api/v1/rounds/{round}/desk/items",
                "GET /api/v1/rounds/{round}/platforms/{platform}/checklist",
                "GET /authority/rounds/{round}/submissions/{platform}/checklist",
                "GET /authority/rounds/{round}/submissions/{platform}/checklist.xlsx",
                "GET /api/v1/rounds/{round}/signals",
                "GET /authority/rounds/{round}/decisions.xlsx",
                "GET /authority/rounds/{round}/queue.xlsx",
                "GET /authority/rounds/{round}/signals",
                "GET /authority/rounds/{round}/signals.xlsx",
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
            offices.union(companies),
            [
                "GET /api/v1/rounds/{round}/queries"
            ]
        ),
        (
            companies,
            [
                "GET /company/rounds/{round}/queries",
                "POST /api/v1/rounds/{round}/queries/{query}/answer",
                "POST /api/v1/rounds/{round}/queries/{query}/files",
                "POST /company/rounds/{round}/cells/{indicator}/rows/{row}",
                "POST /company/rounds/{round}/queries/{query}",
            ]
        ),
        (
            operatorOnly,
            [
                "POST /api/v1/rounds/{round}/queries",
                "POST /api/v1/rounds/{round}/queries/{query}/proposal",
                "POST /authority/rounds/{round}/queries",
                "POST /authority/rounds/{round}/queries/{query}/proposal",
                "POST /authority/rounds/{round}/submissions/{platform}/checklist/{line}",
                "PUT /api/v1/rounds/{round}/platforms/{platform}/checklist/{line}",
            ]
        ),
        (
            approverOnly,
            [
                "POST /api/v1/rounds/{round}/queries/{query}/approval",
                "POST /authority/rounds/{round}/queries/{query}/approval",
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
