extension RouteTable {
    /// Who is let in by the routes of: verification by sample, signals and queries.
    static let sampling: [(who: Set<String>, routes: [String])] = []
}
