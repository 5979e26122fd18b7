/// HTTP status of the failures of computations and results.
enum EvaluateProblems {
    static let status: [String: Int] = [
        "evaluate.already_running": 409,
        "evaluate.not_running": 409,
        "evaluate.round_state": 409,
        "evaluate.queue_full": 503,
        "evaluate.no_platforms": 409,
        "evaluate.computation_unknown": 404,
        "evaluate.no_result": 404,
        "evaluate.not_in_result": 404,
        "evaluate.other_scheme": 409,
    ]
}
