extension RouteTable {
    /// Who is let in by the routes of: the forms that companies fill in.
    static let forms: [(who: Set<String>, routes: [String])] = []
}
