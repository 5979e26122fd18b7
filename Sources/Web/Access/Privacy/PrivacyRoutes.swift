import Hummingbird

/// All routes of this area: personal data.
struct PrivacyRoutes: Sendable {
    let site: Site

    func add(to router: Router<WebContext>) {
    }
}
