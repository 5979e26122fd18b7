import Hummingbird

/// All routes of this area: the forms that companies fill in.
struct FormsRoutes: Sendable {
    let site: Site

    func add(to router: Router<WebContext>) {
    }
}
