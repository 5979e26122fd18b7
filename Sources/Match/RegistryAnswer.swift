import Vocabulary

/// What is asked of the outside registry.
public enum RegistryQuestion: Sendable, Hashable {
    case code(CompanyCode)
    /// The full name as registered; compared in its normal form.
    case name(String)
}

/// One page of the registry's answer; the JSON of `docs/api/registry.yaml`.
public struct RegistryAnswer: Sendable, Hashable, Codable {
    /// The question, repeated: an answer to another question is no answer.
    public struct Query: Sendable, Hashable, Codable {
        public var code: String?
        public var name: String?
        public init(code: String? = nil, name: String? = nil) {
            self.code = code
            self.name = name
        }
    }

    /// The register that was looked into.
    public struct Register: Sendable, Hashable, Codable {
        public var title: String
        /// How many rows it has; with the digest the proof of an absence.
        public var rows: Int
        /// SHA-256 of the register as published.
        public var digest: Digest
        /// The day up to which it is complete.
        public var asOf: CivilDay
        public init(title: String, rows: Int, digest: Digest, asOf: CivilDay) {
            self.title = title
            self.rows = rows
            self.digest = digest
            self.asOf = asOf
        }
    }

    public var query: Query
    public var register: Register
    /// Empty: nobody of that code or name is in the register.
    public var companies: [RegistryCompany]
    /// False: the registry could not look everywhere; such an answer settles nothing.
    public var isComplete: Bool
    /// Where the next page begins; nil at the end.
    public var next: String?

    private enum CodingKeys: String, CodingKey {
        case query, register, companies, next
        case isComplete = "complete"
    }

    public init(
        query: Query, register: Register, companies: [RegistryCompany], isComplete: Bool, next: String? = nil
    ) {
        self.query = query
        self.register = register
        self.companies = companies
        self.isComplete = isComplete
        self.next = next
    }
}

/// A company of the register with its awards.
public struct RegistryCompany: Sendable, Hashable, Codable {
    /// As registered; checked by whoever reads it.
    public var code: String?
    public var name: String
    public var formerNames: [String]
    public var region: String?
    public var awards: [RegistryAward]

    public init(code: String?, name: String, formerNames: [String], region: String?, awards: [RegistryAward]) {
        self.code = code
        self.name = name
        self.formerNames = formerNames
        self.region = region
        self.awards = awards
    }
}

/// One award of a company.
public struct RegistryAward: Sendable, Hashable, Codable {
    public enum Status: String, Sendable, Hashable, Codable, CaseIterable { case granted, revoked }
    public var title: String
    public var level: String?
    public var document: String?
    public var batch: String?
    public var validFrom: CivilDay?
    public var validUntil: CivilDay?
    public var status: Status

    public init(
        title: String, level: String?, document: String?, batch: String?, validFrom: CivilDay?, validUntil: CivilDay?,
        status: Status
    ) {
        self.title = title
        self.level = level
        self.document = document
        self.batch = batch
        self.validFrom = validFrom
        self.validUntil = validUntil
        self.status = status
    }
}

/// The outside registry: answers one question completely, or says why it cannot.
///
/// Asking changes nothing and may be repeated. An implementation follows pages, keeps time limits and tries again by
/// itself; whatever it throws leaves the cell waiting.
public protocol Registry: Sendable {
    /// - Returns: all pages as one answer, `next` nil and `isComplete` true.
    /// - Throws: `match.registry_unreachable`, `match.registry_timeout`, `match.registry_status`,
    ///   `match.registry_too_large`, `match.registry_malformed`, `match.registry_partial`, `match.registry_other_question`.
    func ask(_ question: RegistryQuestion) async throws -> RegistryAnswer
}
