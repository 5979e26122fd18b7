import Vocabulary

/// Who hands a list in, as far as the rows are checked against it.
public struct Applicant: Sendable, Hashable {
    public let code: CompanyCode
    public let name: String
    /// The round's last day of submission: certificates that end earlier are remarked.
    public let cutOff: CivilDay

    public init(code: CompanyCode, name: String, cutOff: CivilDay) {
        self.code = code
        self.name = name
        self.cutOff = cutOff
    }
}
