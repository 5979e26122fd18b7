import Vocabulary

/// Who asks: an account with its roles, or nobody.
public struct Principal: Sendable, Hashable {
    /// Nil for nobody.
    public let account: AccountID?
    public let displayName: String
    public let roles: Set<Role>
    /// The unified social credit code of the own company; company roles only.
    public let company: String?
    /// The own region; county and city roles only.
    public let region: RegionCode?

    public init(
        account: AccountID?, displayName: String, roles: Set<Role>, company: String? = nil, region: RegionCode? = nil
    ) {
        self.account = account
        self.displayName = displayName
        self.roles = roles
        self.company = company
        self.region = region
    }

    /// The public.
    public static let nobody = Principal(account: nil, displayName: "", roles: [])

    public var isSignedIn: Bool { account != nil }

    /// Whether any of the roles gives the permission on the scope. A company role reaches only its own company, a
    /// county only itself, a city itself and its counties.
    public func may(_ permission: Permission, on scope: Scope = .installation) -> Bool {
        if permission == .readPublic { return true }
        if permission == .useOwnAccount { return isSignedIn }
        return roles.contains { role in
            switch role.grants[permission] {
            case nil: false
            case .everywhere: true
            case .within: reaches(scope, as: role, for: permission)
            }
        }
    }

    /// Throws: `access.sign_in_required` for nobody, `access.denied` for everybody else who may not.
    public func require(_ permission: Permission, on scope: Scope = .installation) throws {
        if may(permission, on: scope) { return }
        throw isSignedIn
            ? Failure("access.denied", ["permission": permission.rawValue]) : Failure("access.sign_in_required")
    }

    private func reaches(_ scope: Scope, as role: Role, for permission: Permission) -> Bool {
        guard case .platform(let company, let region, let assigned, let experts) = scope else { return false }
        switch role {
        case .reporter, .manager: return self.company == company
        case .countyClerk: return self.region != nil && self.region == region
        case .cityClerk, .cityHead: return self.region != nil && self.region?.city == region?.city
        case .verifier: return account.map { assigned?.contains($0) ?? true } ?? false
        // A drawn expert reads their cases beside the rubric; no other cell of the platform is theirs.
        case .expert where permission == .readCell: return experts == nil
        case .expert: return account.map { experts?.contains($0) ?? true } ?? false
        default: return true
        }
    }
}
