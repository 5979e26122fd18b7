/// Status of the failures of lists, matching and the registry.
enum MatchProblems {
    static let status: [String: Int] = [
        "match.list_exists": 409,
        "match.list_unknown": 404,
        "match.list_withdrawn": 409,
        "match.list_type": 415,
        "match.list_refused": 422,
        "match.list_field": 422,
        "match.round_closed": 409,
        "match.no_registry": 409,
    ]
}
