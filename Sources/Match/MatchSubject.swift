import Vocabulary

/// Who is looked for: a company by its code and names, and its platform where a list names platforms.
public struct MatchSubject: Sendable, Hashable, Codable {
    /// What the answer is filed under: the platform's id, or the row of a file of names.
    public var id: String
    /// The checked credit code; nil when only a name is known.
    public var code: CompanyCode?
    /// The full registered name.
    public var name: String
    /// Codes that the company had before (a merger, a change of registration), proven by the authority.
    public var formerCodes: [CompanyCode]
    /// Names that the company had before.
    public var formerNames: [String]
    /// The platform's name; nil when a company is looked for.
    public var platform: String?
    /// Other names of the platform.
    public var platformAliases: [String]

    public init(
        id: String, code: CompanyCode?, name: String, formerCodes: [CompanyCode] = [], formerNames: [String] = [],
        platform: String? = nil, platformAliases: [String] = []
    ) {
        self.id = id
        self.code = code
        self.name = name
        self.formerCodes = formerCodes
        self.formerNames = formerNames
        self.platform = platform
        self.platformAliases = platformAliases
    }
}
