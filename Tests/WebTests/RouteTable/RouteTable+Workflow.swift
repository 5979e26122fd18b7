extension RouteTable {
    /// Who is let in by the routes of: windows, quotas, guards, clocks and messages of submissions.
    static let workflow: [(who: Set<String>, routes: [String])] = []
}
