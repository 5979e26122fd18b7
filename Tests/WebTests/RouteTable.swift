/// Who is let in by which route.
enum RouteTable {
    static let letIn: [String: Set<String>] = [:]

    static func isPublic(_ route: String) -> Bool { letIn[route]?.contains("nobody") ?? false }
}
