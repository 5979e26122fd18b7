/// What a person is in the evaluation; an account bears one or more, as `Account` allows.
public enum Role: String, Sendable, Hashable, Codable, CaseIterable, Comparable {
    /// Platform company: fills the forms of its own company.
    case reporter
    /// Platform company: also submits, and holds the port keys.
    case manager
    case countyClerk = "county-clerk"
    case cityClerk = "city-clerk"
    case cityHead = "city-head"
    /// Provincial authority: runs the round.
    case provinceOperator = "operator"
    /// Provincial authority: decides.
    case approver
    /// Third-party verifier, for what is assigned to it.
    case verifier
    case expert
    /// The panel that settles.
    case panel
    /// Inspection, audit, finance: reads everything, changes nothing.
    case inspector
    case systemAdministrator = "system-administrator"
    case securityAdministrator = "security-administrator"
    case auditAdministrator = "audit-administrator"

    /// The roles of a platform company, bound to one company.
    public static let company: Set<Role> = [.reporter, .manager]
    /// The roles of county and city offices, bound to one region.
    public static let regional: Set<Role> = [.countyClerk, .cityClerk, .cityHead]
    /// The three separate administrators: none can act as another, nor take part in the evaluation.
    public static let administrators: Set<Role> = [
        .systemAdministrator, .securityAdministrator, .auditAdministrator,
    ]

    public static func < (a: Role, b: Role) -> Bool { a.rawValue < b.rawValue }
}
