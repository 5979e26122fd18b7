import Hummingbird

/// All routes of this area: accounts, sign-in and sessions.
struct AccountsRoutes: Sendable {
    let site: Site

    func add(to router: Router<WebContext>) {
    }
}
