extension RouteTable {
    /// Who is let in by the routes of: experts and their marks.
    static let experts: [(who: Set<String>, routes: [String])] = []
}
