import Hummingbird

/// All routes of this area: panel, telling, public notice, objections and corrections.
struct PanelRoutes: Sendable {
    let site: Site

    func add(to router: Router<WebContext>) {
        PanelAPIRoutes(site: site).add(to: router)
        NoticeAPIRoutes(site: site).add(to: router)
        ObjectionAPIRoutes(site: site).add(to: router)
        CorrectionAPIRoutes(site: site).add(to: router)
        PanelPageRoutes(site: site).add(to: router)
        NoticePageRoutes(site: site).add(to: router)
        ObjectionPageRoutes(site: site).add(to: router)
        CorrectionPageRoutes(site: site).add(to: router)
        TellingPageRoutes(site: site).add(to: router)
    }
}
