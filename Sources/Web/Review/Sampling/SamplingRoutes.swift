import Hummingbird

/// All routes of this area: verification by sample, signals and queries.
struct SamplingRoutes: Sendable {
    let site: Site

    func add(to router: Router<WebContext>) {
    }
}
