import Hummingbird

/// All routes of this area: the forms that companies fill in.
struct FormsRoutes: Sendable {
    let site: Site

    func add(to router: Router<WebContext>) {
        DraftRoutes(site: site).add(to: router)
        SheetRoutes(site: site).add(to: router)
        ReturnedRowRoutes(site: site).add(to: router)
        PresenceRoutes(site: site).add(to: router)
        ItemFileRoutes(site: site).add(to: router)
        FillRoutes(site: site).add(to: router)
        CreditCodeRoutes(site: site).add(to: router)
    }
}
