extension RouteTable {
    /// Who is let in by the routes of: documents made from data, and eligibility.
    static let paper: [(who: Set<String>, routes: [String])] = []
}
