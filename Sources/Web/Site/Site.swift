import HTTPTypes
import Hummingbird
import Vocabulary

/// The whole web side: every page, every API route and the port, in one router.
public struct Site: Sendable {
    public let services: Services
    public let renderer: PageRenderer

    /// - Throws: a template's parser error.
    public init(services: Services) throws {
        self.services = services
        self.renderer = try PageRenderer()
    }

    /// The router with all routes; its `routes` list is what the contract tests walk.
    public func router() -> Router<WebContext> {
        let router = Router(context: WebContext.self, options: [.autoGenerateHeadEndpoints])
        router.add(middleware: SecurityHeaders())
        router.add(middleware: ProblemMiddleware(page: problemPage))
        router.add(middleware: AuthenticationMiddleware(services: services))
        AssetRoutes().add(to: router)
        SchemeRoutes(site: self).add(to: router)
        SessionRoutes(site: self).add(to: router)
        AccountRoutes(site: self).add(to: router)
        LogRoutes(site: self).add(to: router)
        SignInRoutes(site: self).add(to: router)
        AccountPageRoutes(site: self).add(to: router)
        LogPageRoutes(site: self).add(to: router)
        ResultPageRoutes(site: self).add(to: router)
        WorkbenchRoutes(site: self).add(to: router)
        RoundRoutes(site: self).add(to: router)
        ParticipationRoutes(site: self).add(to: router)
        CellRoutes(site: self).add(to: router)
        CompanyRoutes(site: self).add(to: router)
        ItemRoutes(site: self).add(to: router)
        EvidenceRoutes(site: self).add(to: router)
        VerificationRoutes(site: self).add(to: router)
        MarkRoutes(site: self).add(to: router)
        ComputationRoutes(site: self).add(to: router)
        ResultRoutes(site: self).add(to: router)
        PortRoutes(site: self).add(to: router)
        PortKeyRoutes(site: self).add(to: router)
        SigningKeyRoutes(site: self).add(to: router)
        ChallengeRoutes(site: self).add(to: router)
        ConfirmationRoutes(site: self).add(to: router)
        PortOverviewRoutes(site: self).add(to: router)
        ListRoutes(site: self).add(to: router)
        MatchRoutes(site: self).add(to: router)
        PortPageRoutes(site: self).add(to: router)
        WorkflowRoutes(site: self).add(to: router)
        DeskRoutes(site: self).add(to: router)
        SamplingRoutes(site: self).add(to: router)
        ExpertsRoutes(site: self).add(to: router)
        PanelRoutes(site: self).add(to: router)
        FormsRoutes(site: self).add(to: router)
        AttachmentsRoutes(site: self).add(to: router)
        BurdenRoutes(site: self).add(to: router)
        PaperRoutes(site: self).add(to: router)
        AccountsRoutes(site: self).add(to: router)
        PrivacyRoutes(site: self).add(to: router)
        router.get("/api/openapi.yaml") { _, _ in
            Response.text(OpenAPIDocument.yaml, type: "application/yaml")
        }
        return router
    }
}
