/// Statuses of the failure codes of this area: experts and their marks.
enum ExpertsProblems {
    static let status: [String: Int] = [:]
}
