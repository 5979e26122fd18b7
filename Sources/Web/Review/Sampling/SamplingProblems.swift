/// Statuses of the failure codes of this area: verification by sample, signals and queries.
enum SamplingProblems {
    static let status: [String: Int] = [:]
}
