import Vocabulary

/// A person of the pool from which the panels of an indicator are drawn.
public struct Expert: Sendable, Hashable, Codable {
    /// The account with which the expert signs in; the name of the expert in the log.
    public var account: AccountID
    public var name: String
    public var employer: String
    /// The employer's unified social credit code; empty for a body abroad or without one.
    public var employerCode: String
    /// The group that the employer belongs to, by name or by the credit code of its head; empty for none.
    public var group: String
    /// Codes of `ExpertField`.
    public var fields: [ExpertField]
    public var title: String
    /// Telephone or mail; seen by those who keep the pool.
    public var contact: String
    /// Why the expert is no longer drawn; nil while in the pool.
    public var retired: String?
    /// Grows by one with every change; 0 before the first.
    public var version: Int

    public init(
        account: AccountID, name: String, employer: String, employerCode: String = "", group: String = "",
        fields: [ExpertField] = [], title: String = "", contact: String = "", retired: String? = nil, version: Int = 0
    ) {
        self.account = account
        self.name = name
        self.employer = employer
        self.employerCode = employerCode
        self.group = group
        self.fields = fields
        self.title = title
        self.contact = contact
        self.retired = retired
        self.version = version
    }

    /// Everything that keeps the entry out of the pool; `place` is the field's name.
    public var findings: [Finding] {
        var found: [Finding] = []
        func add(_ code: String, at place: String, _ values: [String: String] = [:]) {
            found.append(Finding(.error, code, at: place, values))
        }
        let id = account.rawValue
        let isPlain = id.utf8.allSatisfy {
            (97...122).contains($0) || (48...57).contains($0) || [0x2E, 0x5F, 0x2D].contains($0)
        }
        if !isPlain || !(3...64).contains(id.utf8.count) { add("experts.account_invalid", at: "account") }
        for (place, text, limit) in [
            ("name", name, 64), ("employer", employer, 120), ("group", group, 120), ("title", title, 64),
            ("contact", contact, 120), ("retired", retired ?? "", 200),
        ] where text.count > limit || text.unicodeScalars.contains(where: { $0.value < 32 }) {
            add("experts.text_invalid", at: place, ["limit": "\(limit)"])
        }
        if name.allSatisfy(\.isWhitespace) { add("experts.name_missing", at: "name") }
        if employer.allSatisfy(\.isWhitespace) { add("experts.employer_missing", at: "employer") }
        if !employerCode.isEmpty, CompanyCode(employerCode) == nil {
            add("experts.employer_code_invalid", at: "employerCode", ["given": String(employerCode.prefix(40))])
        }
        return found
    }
}

/// What an expert knows; the draw of an indicator may ask for one.
public enum ExpertField: String, Sendable, Hashable, Codable, CaseIterable {
    case industrialInternet = "industrial-internet"
    case manufacturing
    case artificialIntelligence = "artificial-intelligence"
    case dataManagement = "data-management"
    case security
    case carbon
    case regionalEconomy = "regional-economy"
    case international
    case finance
}
