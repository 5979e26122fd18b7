import Hummingbird

/// All routes of this area: accounts, sign-in and sessions.
struct AccountsRoutes: Sendable {
    let site: Site

    func add(to router: Router<WebContext>) {
        SecondFactorRoutes(site: site).add(to: router)
        OwnAccountRoutes(site: site).add(to: router)
        AccountImportRoutes(site: site).add(to: router)
        AccountSecurityRoutes(site: site).add(to: router)
    }
}
