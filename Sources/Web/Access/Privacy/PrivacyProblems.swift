/// Statuses of the failure codes of this area: personal data.
enum PrivacyProblems {
    static let status: [String: Int] = [:]
}
