extension RouteTable {
    /// Who sees drawn rows: the province, cities, verifiers and the company itself.
    static let sampleReaders: Set<String> = provinceReaders.union([
        "city-clerk", "city-head", "verifier", "reporter", "manager",
    ])
    /// Those of them who sit in an office.
    static let sampleOffices: Set<String> = sampleReaders.subtracting(companies)
    /// Who judges drawn rows.
    static let sampleJudges: Set<String> = ["operator", "city-clerk", "verifier"]

    /// Who is let in by the routes of: verification by sample, signals and queries.
    static let sampling: [(who: Set<String>, routes: [String])] = [
        (
            sampleReaders,
            [
                "GET /api/v1/rounds/{round}/samples",
                "GET /api/v1/rounds/{round}/platforms/{platform}/samples/{indicator}",
                "GET /api/v1/rounds/{round}/platforms/{platform}/samples/{indicator}/draw",
                "GET /api/v1/rounds/{round}/platforms/{platform}/samples/{indicator}/rows",
                "GET /api/v1/rounds/{round}/platforms/{platform}/samples/{indicator}/rows/{row}/proof/{digest}",
            ]
        ),
        (
            sampleOffices,
            [
                "GET /authority/rounds/{round}/sampling",
                "GET /authority/rounds/{round}/sampling/judge",
                "GET /authority/rounds/{round}/site-checks",
                "GET /authority/rounds/{round}/site-checks/{platform}",
                "GET /api/v1/rounds/{round}/platforms/{platform}/site-check",
                "GET /api/v1/rounds/{round}/platforms/{platform}/site-check/photographs/{digest}",
                "GET /authority/rounds/{round}/sampling/{platform}/{indicator}",
            ]
        ),
        (
            operatorOnly,
            [
                "GET /api/v1/rounds/{round}/platforms/{platform}/verifiers",
                "PUT /api/v1/rounds/{round}/platforms/{platform}/verifiers",
                "GET /authority/rounds/{round}/sampling/verifiers",
                "POST /authority/rounds/{round}/sampling/verifiers",
                "POST /authority/rounds/{round}/sampling/draw",
                "POST /authority/rounds/{round}/sampling/settle",
                "POST /authority/rounds/{round}/sampling/{platform}/{indicator}/settle",
                "POST /authority/rounds/{round}/sampling/{platform}/{indicator}/proposal",
                "POST /authority/rounds/{round}/sampling/{platform}/{indicator}/extension",
                "POST /api/v1/rounds/{round}/samples",
                "POST /api/v1/rounds/{round}/samples/settlements",
                "POST /api/v1/rounds/{round}/platforms/{platform}/samples/{indicator}/settlement",
                "POST /api/v1/rounds/{round}/platforms/{platform}/samples/{indicator}/proposals",
                "POST /api/v1/rounds/{round}/platforms/{platform}/samples/{indicator}/extension",
            ]
        ),
        (
            approverOnly,
            [
                "POST /authority/rounds/{round}/sampling/{platform}/{indicator}/decision",
                "POST /api/v1/rounds/{round}/platforms/{platform}/samples/{indicator}/decision",
            ]
        ),
        (
            sampleJudges,
            [
                "GET /authority/rounds/{round}/sampling/rows.xlsx",
                "GET /authority/rounds/{round}/sampling/rows.csv",
                "GET /authority/rounds/{round}/sampling/import",
                "POST /authority/rounds/{round}/sampling/import",
                "POST /authority/rounds/{round}/sampling/{platform}/{indicator}/judgements",
                "POST /authority/rounds/{round}/sampling/{platform}/{indicator}/rows/{row}",
                "PUT /api/v1/rounds/{round}/platforms/{platform}/samples/{indicator}/rows/{row}/judgement",
                "POST /api/v1/rounds/{round}/platforms/{platform}/samples/{indicator}/judgements",
            ]
        ),
        (
            companies,
            [
                "GET /company/rounds/{round}/sampling",
                "POST /company/rounds/{round}/sampling/{indicator}/rows/{row}",
                "POST /company/rounds/{round}/sampling/{indicator}/rows/{row}/remove",
                "POST /api/v1/rounds/{round}/platforms/{platform}/samples/{indicator}/rows/{row}/proof",
                "DELETE /api/v1/rounds/{round}/platforms/{platform}/samples/{indicator}/rows/{row}/proof/{digest}",
            ]
        ),
        (
            managerOnly,
            [
                "POST /company/rounds/{round}/sampling/complete",
                "POST /api/v1/rounds/{round}/platforms/{platform}/samples/proof-complete",
            ]
        ),
        (
            ["verifier"],
            [
                "PUT /api/v1/rounds/{round}/platforms/{platform}/site-check",
                "POST /api/v1/rounds/{round}/platforms/{platform}/site-check/signatures",
                "POST /api/v1/rounds/{round}/platforms/{platform}/site-check/photographs",
                "POST /authority/rounds/{round}/site-checks/{platform}",
                "POST /authority/rounds/{round}/site-checks/{platform}/sign",
                "POST /authority/rounds/{round}/site-checks/{platform}/photographs",
            ]
        ),
    ]
}
