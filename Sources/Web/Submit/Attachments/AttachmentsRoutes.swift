import Hummingbird

/// All routes of this area: evidence files: upload, preview, reading and checks.
struct AttachmentsRoutes: Sendable {
    let site: Site

    func add(to router: Router<WebContext>) {
        TusRoutes(site: site).add(to: router)
        EvidencePageRoutes(site: site).add(to: router)
    }
}
