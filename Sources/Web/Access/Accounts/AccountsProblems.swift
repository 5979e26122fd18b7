/// Statuses of the failure codes of this area: accounts, sign-in and sessions.
enum AccountsProblems {
    static let status: [String: Int] = [:]
}
