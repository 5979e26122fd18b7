/// Statuses of the failure codes of this area: the forms that companies fill in.
enum FormsProblems {
    static let status: [String: Int] = [:]
}
