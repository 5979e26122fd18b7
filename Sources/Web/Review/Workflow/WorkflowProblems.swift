/// Statuses of the failure codes of this area: windows, quotas, guards, clocks and messages of submissions.
enum WorkflowProblems {
    static let status: [String: Int] = [:]
}
