/// Statuses of the failure codes of this area: the review desk.
enum DeskProblems {
    static let status: [String: Int] = [:]
}
