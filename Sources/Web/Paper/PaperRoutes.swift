import Hummingbird

/// All routes of this area: documents made from data, and eligibility.
struct PaperRoutes: Sendable {
    let site: Site

    func add(to router: Router<WebContext>) {
    }
}
