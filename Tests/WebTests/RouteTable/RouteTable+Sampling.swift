extension RouteTable {
    /// Who sees drawn rows: the province, cities, verifiers and the company itself.
    static let sampleReaders: Set<String> = provinceReaders.union([
        "city-clerk", "city-head", "verifier", "reporter", "manager",
    ])
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
            operatorOnly,
            [
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
                "POST /api/v1/rounds/{round}/platforms/{platform}/samples/{indicator}/decision"
            ]
        ),
        (
            sampleJudges,
            [
                "PUT /api/v1/rounds/{round}/platforms/{platform}/samples/{indicator}/rows/{row}/judgement",
                "POST /api/v1/rounds/{round}/platforms/{platform}/samples/{indicator}/judgements",
            ]
        ),
        (
            companies,
            [
                "POST /api/v1/rounds/{round}/platforms/{platform}/samples/{indicator}/rows/{row}/proof",
                "DELETE /api/v1/rounds/{round}/platforms/{platform}/samples/{indicator}/rows/{row}/proof/{digest}",
            ]
        ),
        (
            managerOnly,
            [
                "POST /api/v1/rounds/{round}/platforms/{platform}/samples/proof-complete"
            ]
        ),
    ]
}
