extension RouteTable {
    /// Who is let in by the routes of: the review desk.
    static let desk: [(who: Set<String>, routes: [String])] = []
}
