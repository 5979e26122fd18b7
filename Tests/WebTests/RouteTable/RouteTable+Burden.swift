extension RouteTable {
    /// Who is let in by the routes of: what filling in costs the companies.
    static let burden: [(who: Set<String>, routes: [String])] = [
        (
            provinceReaders,
            [
                "GET /api/v1/rounds/{round}/burden",
                "GET /authority/rounds/{round}/burden",
                "GET /authority/rounds/{round}/burden.xlsx",
            ]
        )
    ]
}
