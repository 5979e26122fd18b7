import Vocabulary

/// A person's account: who they are, what they may do, for which company or region.
public struct Account: Sendable, Hashable {
    /// 3 to 64 small letters, digits, `.`, `_`, `-`. It stands in the public log, so it is a staff number or an alias
    /// rather than a person's name.
    public let id: AccountID
    public let displayName: String
    public let roles: Set<Role>
    /// Company roles only.
    public let company: CompanyCode?
    /// County and city roles only: the county or development zone, or the city.
    public let region: RegionCode?
    public let createdAt: Instant
    /// Set by a security administrator; nil while the account is open.
    public let lock: AccountLock?

    public init(
        id: AccountID, displayName: String, roles: Set<Role>, company: CompanyCode? = nil, region: RegionCode? = nil,
        createdAt: Instant, lock: AccountLock? = nil
    ) {
        self.id = id
        self.displayName = displayName
        self.roles = roles
        self.company = company
        self.region = region
        self.createdAt = createdAt
        self.lock = lock
    }

    /// What the account asks as.
    public var principal: Principal {
        Principal(
            account: id, displayName: displayName, roles: roles, company: company?.description, region: region)
    }

    /// Everything that keeps the account from being created; empty when it is sound.
    public var findings: [Finding] {
        var findings: [Finding] = []
        func add(_ code: String, at place: String, _ values: [String: String] = [:]) {
            findings.append(Finding(.error, code, at: place, values))
        }
        if !Account.isID(id.rawValue) { add("access.account_id_invalid", at: "id") }
        if displayName.allSatisfy(\.isWhitespace) || displayName.count > 64 {
            add("access.display_name_invalid", at: "displayName")
        }
        if roles.isEmpty { add("access.roles_missing", at: "roles") }
        if Set(roles.map(\.office)).count > 1 || roles.isSuperset(of: [.provinceOperator, .approver]) {
            let names = roles.sorted().map(\.rawValue).joined(separator: ", ")
            add("access.roles_incompatible", at: "roles", ["roles": names])
        }
        if roles.isDisjoint(with: Role.company) != (company == nil) { add("access.company_mismatch", at: "company") }
        if roles.isDisjoint(with: Role.regional) != (region == nil) { add("access.region_mismatch", at: "region") }
        if let region, region.rawValue.utf8.count != 6 || !region.rawValue.utf8.allSatisfy({ (48...57).contains($0) }) {
            add("access.region_invalid", at: "region")
        }
        return findings
    }

    private static func isID(_ text: String) -> Bool {
        let allowed = text.utf8.allSatisfy {
            (97...122).contains($0) || (48...57).contains($0) || [0x2E, 0x5F, 0x2D].contains($0)
        }
        return allowed && (3...64).contains(text.utf8.count) && text.first?.isLetter == true
    }
}

/// Why an account cannot be used, and since when.
public struct AccountLock: Sendable, Hashable {
    public let reason: String
    public let at: Instant
    public let by: AccountID

    public init(reason: String, at: Instant, by: AccountID) {
        self.reason = reason
        self.at = at
        self.by = by
    }
}

extension Role {
    /// Whose work the role is. An account works for one office only: nobody judges what they have filled in, and none
    /// of the three administrators can act as another or take part.
    var office: Office {
        switch self {
        case .reporter, .manager: .company
        case .countyClerk: .county
        case .cityClerk, .cityHead: .city
        case .provinceOperator, .approver, .panel: .province
        case .verifier: .verifier
        case .expert: .expert
        case .inspector: .inspection
        case .systemAdministrator: .systemAdministration
        case .securityAdministrator: .securityAdministration
        case .auditAdministrator: .auditAdministration
        }
    }

    enum Office {
        case company, county, city, province, verifier, expert, inspection
        case systemAdministration, securityAdministration, auditAdministration
    }
}
