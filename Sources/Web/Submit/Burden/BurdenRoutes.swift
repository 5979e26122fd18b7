import Hummingbird

/// All routes of this area: what filling in costs the companies.
struct BurdenRoutes: Sendable {
    let site: Site

    func add(to router: Router<WebContext>) {
    }
}
