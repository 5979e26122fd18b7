/// Statuses of the failure codes of this area: panel, telling, public notice, objections and corrections.
enum PanelProblems {
    static let status: [String: Int] = [:]
}
