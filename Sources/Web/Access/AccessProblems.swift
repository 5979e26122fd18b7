/// The HTTP status of what Access refuses.
enum AccessProblems {
    static let status: [String: Int] = [
        "access.account_exists": 409,
        "access.account_invalid": 422,
        "access.account_locked": 403,
        "access.account_unknown": 404,
        "access.busy": 503,
        "access.own_lock": 409,
        "access.password_invalid": 422,
        "access.password_unusable": 422,
        "access.reason_missing": 422,
        "access.resting": 429,
        "access.session_unknown": 404,
        "access.sign_in_refused": 401,
    ]
}
