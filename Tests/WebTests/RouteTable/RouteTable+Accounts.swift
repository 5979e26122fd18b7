extension RouteTable {
    /// Who is let in by the routes of: accounts, sign-in and sessions.
    static let accounts: [(who: Set<String>, routes: [String])] = []
}
