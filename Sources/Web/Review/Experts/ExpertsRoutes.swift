import Hummingbird

/// All routes of this area: experts and their marks.
struct ExpertsRoutes: Sendable {
    let site: Site

    func add(to router: Router<WebContext>) {
    }
}
