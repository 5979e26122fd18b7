import Hummingbird

/// All routes of this area: windows, quotas, guards, clocks and messages of submissions.
struct WorkflowRoutes: Sendable {
    let site: Site

    func add(to router: Router<WebContext>) {
    }
}
