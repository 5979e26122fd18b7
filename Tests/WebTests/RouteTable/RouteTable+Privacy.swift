extension RouteTable {
    /// Who is let in by the routes of: personal data.
    static let privacy: [(who: Set<String>, routes: [String])] = []
}
