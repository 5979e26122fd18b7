import Hummingbird

/// All routes of this area: verification by sample, verifiers, checks on site.
struct SamplingRoutes: Sendable {
    let site: Site

    func add(to router: Router<WebContext>) {
        SampleRoutes(site: site).add(to: router)
        JudgementRoutes(site: site).add(to: router)
        SampleProofRoutes(site: site).add(to: router)
        SettlementRoutes(site: site).add(to: router)
        SiteCheckRoutes(site: site).add(to: router)
        SiteCheckPageRoutes(site: site).add(to: router)
        VerifierRoutes(site: site).add(to: router)
        SampleFileRoutes(site: site).add(to: router)
        SamplePageRoutes(site: site).add(to: router)
        JudgePageRoutes(site: site).add(to: router)
        ProofPageRoutes(site: site).add(to: router)
    }
}
