import Review

/// The people's side of a round, one area a line.
public struct PeopleSide: Sendable {
    public var workflow: WorkflowServices
    public var desk: DeskServices
    public var sampling: SamplingServices
    public var experts: ExpertsServices
    public var panel: PanelServices
    public var forms: FormsServices
    public var attachments: AttachmentsServices
    public var burden: BurdenServices
    public var paper: PaperServices
    public var accounts: AccountsServices
    public var privacy: PrivacyServices

    public init(
        workflow: WorkflowServices = .init(),
        desk: DeskServices = .init(),
        sampling: SamplingServices = .init(),
        experts: ExpertsServices = .init(),
        panel: PanelServices = .init(),
        forms: FormsServices = .init(),
        attachments: AttachmentsServices = .init(),
        burden: BurdenServices = .init(),
        paper: PaperServices = .init(),
        accounts: AccountsServices = .init(),
        privacy: PrivacyServices = .init()
    ) {
        self.workflow = workflow
        self.desk = desk
        self.sampling = sampling
        self.experts = experts
        self.panel = panel
        self.forms = forms
        self.attachments = attachments
        self.burden = burden
        self.paper = paper
        self.accounts = accounts
        self.privacy = privacy
    }

    /// Everything that may stand against an action on a submission.
    public var guards: [any TransitionGuard] {
        [
            workflow.guards, desk.guards, sampling.guards, experts.guards, panel.guards, forms.guards,
            attachments.guards,
            burden.guards, paper.guards, accounts.guards, privacy.guards,
        ].flatMap { $0 }
    }

    /// Everything that follows a submission's move, in this order.
    public var followers: [any TransitionFollower] {
        [
            workflow.followers, desk.followers, sampling.followers, experts.followers, panel.followers, forms.followers,
            attachments.followers, burden.followers, paper.followers, accounts.followers, privacy.followers,
        ].flatMap { $0 }
    }

    /// Everything that runs beside the server.
    public var background: [any BackgroundWork] {
        [
            workflow.background, desk.background, sampling.background, experts.background, panel.background,
            forms.background, attachments.background, burden.background, paper.background, accounts.background,
            privacy.background,
        ].flatMap { $0 }
    }
}

/// Work beside the server: it runs until its task is cancelled, and a fault in one item never ends it.
public protocol BackgroundWork: Sendable {
    func run() async throws
}
