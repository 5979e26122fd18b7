import Hummingbird

/// All routes of this area: experts and their marks.
struct ExpertsRoutes: Sendable {
    let site: Site

    func add(to router: Router<WebContext>) {
        ExpertCaseRoutes(site: site).add(to: router)
        ExpertPanelRoutes(site: site).add(to: router)
        ExpertPoolRoutes(site: site).add(to: router)
        ExpertAPIRoutes(site: site).add(to: router)
    }
}
