/// Statuses of the failure codes of this area: documents made from data, and eligibility.
enum PaperProblems {
    static let status: [String: Int] = [:]
}
