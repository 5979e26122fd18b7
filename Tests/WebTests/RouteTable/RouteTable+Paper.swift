extension RouteTable {
    /// Who is let in by the routes of: documents made from data, and eligibility.
    static let paper: [(who: Set<String>, routes: [String])] = [
        (
            participants,
            [
                "GET /rounds/{round}/papers/{platform}/{file}",
                "GET /rounds/{round}/papers/{platform}/scans/{kind}",
            ]
        ),
        (
            companies,
            [
                "GET /company/rounds/{round}/papers",
                "POST /company/rounds/{round}/papers/eligibility",
                "POST /company/rounds/{round}/papers/{kind}/scan",
            ]
        ),
        (
            offices,
            [
                "GET /authority/rounds/{round}/papers",
                "GET /authority/rounds/{round}/papers/{file}",
            ]
        ),
        (["city-clerk", "city-head"], ["POST /authority/rounds/{round}/summary/scan"]),
        (
            ["city-clerk", "city-head", "operator", "approver", "panel", "inspector"],
            ["GET /authority/rounds/{round}/summary/{city}/scan"]
        ),
        (["city-clerk", "operator"], ["POST /authority/rounds/{round}/summary/{city}/confirm"]),
        (
            ["county-clerk", "city-clerk", "operator"],
            ["POST /authority/rounds/{round}/platforms/{platform}/papers/{kind}/confirm"]
        ),
        (operatorOnly, ["POST /authority/rounds/{round}/platforms/{platform}/eligibility"]),
    ]
}
