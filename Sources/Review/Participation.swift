import Vocabulary

/// A platform company: who answers for a platform.
public struct PlatformOperator: Sendable, Hashable, Codable {
    /// The unified social credit code, checked.
    public var code: CompanyCode
    public var name: String
    /// The county or city of registration.
    public var region: RegionCode

    public init(code: CompanyCode, name: String, region: RegionCode) {
        self.code = code
        self.name = name
        self.region = region
    }
}

/// A platform's part in a round: who it is and where its submission stands.
public struct Participation: Sendable, Hashable {
    public var round: RoundID
    public var platform: PlatformID
    public var name: String
    /// Other names under which lists may know it.
    public var aliases: [String]
    /// The type's id in the scheme.
    public var type: String
    public var company: PlatformOperator
    public var submission: SubmissionState
    /// The level to which a returned submission goes back.
    public var returnedFrom: SubmissionState?
    /// The verifiers it is assigned to; nil while the round assigns none in particular.
    public var verifiers: Set<AccountID>?
    /// Grows by one with every change; the entity tag of the API.
    public var version: Int
    /// The experts that may open something of it; nil while the round has drawn none. Kept by the experts' own store: a
    /// change of the participation leaves it alone.
    public var experts: Set<AccountID>?

    public init(
        round: RoundID, platform: PlatformID, name: String, aliases: [String] = [], type: String,
        company: PlatformOperator, submission: SubmissionState = .draft, returnedFrom: SubmissionState? = nil,
        version: Int = 1, experts: Set<AccountID>? = nil
    ) {
        self.round = round
        self.platform = platform
        self.name = name
        self.aliases = aliases
        self.type = type
        self.company = company
        self.submission = submission
        self.returnedFrom = returnedFrom
        self.version = version
        self.experts = experts
    }
}
