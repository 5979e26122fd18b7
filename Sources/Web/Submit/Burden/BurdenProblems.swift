/// Statuses of the failure codes of this area: what filling in costs the companies.
enum BurdenProblems {
    static let status: [String: Int] = [:]
}
