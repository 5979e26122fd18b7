import Hummingbird

/// All routes of this area: documents made from data, and eligibility.
struct PaperRoutes: Sendable {
    let site: Site

    func add(to router: Router<WebContext>) {
        CompanyPaperRoutes(site: site).add(to: router)
        OfficePaperRoutes(site: site).add(to: router)
    }
}
