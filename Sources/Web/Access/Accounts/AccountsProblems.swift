/// Statuses of the failure codes of this area: accounts, sign-in and sessions.
enum AccountsProblems {
    static let status: [String: Int] = [
        "access.second_factor_required": 401,
        "access.second_factor_refused": 401,
        "access.second_factor_exists": 409,
        "access.second_factor_missing": 409,
        "access.password_differs": 422,
        "access.import_unreadable": 422,
        "access.import_empty": 422,
    ]
}
