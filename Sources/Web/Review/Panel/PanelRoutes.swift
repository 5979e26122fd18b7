import Hummingbird

/// All routes of this area: panel, telling, public notice, objections and corrections.
struct PanelRoutes: Sendable {
    let site: Site

    func add(to router: Router<WebContext>) {
    }
}
