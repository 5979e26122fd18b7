extension RouteTable {
    /// Who is let in by the routes of: panel, telling, public notice, objections and corrections.
    static let panel: [(who: Set<String>, routes: [String])] = []
}
