import Hummingbird

/// All routes of this area: the review desk.
struct DeskRoutes: Sendable {
    let site: Site

    func add(to router: Router<WebContext>) {
        DeskPageRoutes(site: site).add(to: router)
        DeskAPIRoutes(site: site).add(to: router)
        QueryRoutes(site: site).add(to: router)
        QueryPageRoutes(site: site).add(to: router)
        ChecklistRoutes(site: site).add(to: router)
        DeskWorkbookRoutes(site: site).add(to: router)
    }
}
