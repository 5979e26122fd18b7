/// Statuses of the failure codes of this area: personal data.
enum PrivacyProblems {
    static let status: [String: Int] = [
        "privacy.reason_missing": 422,
        "privacy.not_personal": 409,
        "privacy.deleted": 410,
        "privacy.no_key": 503,
        "trust.seal_key_missing": 503,
        "trust.seal_broken": 500,
    ]
}
