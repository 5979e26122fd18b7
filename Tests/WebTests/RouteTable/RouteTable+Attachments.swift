extension RouteTable {
    /// Who is let in by the routes of: evidence files: upload, preview, reading and checks.
    static let attachments: [(who: Set<String>, routes: [String])] = []
}
