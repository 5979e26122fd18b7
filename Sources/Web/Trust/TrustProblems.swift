/// The HTTP status of what the log refuses.
enum TrustProblems {
    static let status: [String: Int] = [
        "trust.cell_unchanged": 404,
        "trust.index_outside": 404,
        "trust.opening_gone": 410,
        "trust.size_outside": 404,
        "trust.sizes_outside": 422,
    ]
}
