/// Statuses of the failure codes of this area: evidence files: upload, preview, reading and checks.
enum AttachmentsProblems {
    static let status: [String: Int] = [:]
}
