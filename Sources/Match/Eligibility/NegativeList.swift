import Trust
import Vocabulary

/// Why a list keeps a company out.
public enum NegativeKind: String, Sendable, Hashable, Codable, CaseIterable {
    /// Seriously dishonest bodies.
    case dishonesty
    /// Abnormal operations.
    case abnormal
    case safety, environment, tax
    /// Network and data security.
    case dataSecurity = "data-security"
    /// Fraud in an earlier round.
    case fraud
}

/// A company's row on a negative list.
public struct NegativeHit: Sendable, Hashable {
    public let list: ListID
    public let title: String
    public let document: String
    public let kind: NegativeKind
    public let row: ListRow

    public init(list: ListID, title: String, document: String, kind: NegativeKind, row: ListRow) {
        self.list = list
        self.title = title
        self.document = document
        self.kind = kind
        self.row = row
    }
}

/// What was said about a hit.
public struct EligibilityWord: Sendable, Hashable, Codable {
    public enum Act: String, Sendable, Hashable, Codable, CaseIterable {
        /// The company explains.
        case answer
        /// The authority lets it pass, or keeps it out again.
        case unblock, block
    }

    public let platform: PlatformID
    public let list: ListID
    public let row: Int
    public let act: Act
    public let reason: String
    /// The document that supports it; empty when there is none.
    public let evidence: String
    public let by: AccountID
    public let at: Instant

    public init(
        platform: PlatformID, list: ListID, row: Int, act: Act, reason: String, evidence: String, by: AccountID,
        at: Instant
    ) {
        self.platform = platform
        self.list = list
        self.row = row
        self.act = act
        self.reason = reason
        self.evidence = evidence
        self.by = by
        self.at = at
    }
}

/// Hits and what was said about them. Quick enough to be asked for every page: both lookups are indexed.
public protocol EligibilityStore: Sendable {
    /// Rows of negative lists in force that bear the company's credit code, or its name where they bear no good code.
    func hits(_ round: RoundID, code: CompanyCode, name: String) async throws -> [NegativeHit]
    /// Of one platform, oldest first.
    func words(_ round: RoundID, _ platform: PlatformID) async throws -> [EligibilityWord]
    func say(_ word: EligibilityWord, in round: RoundID, entry: AuditEntry) async throws
}

extension NegativeHit {
    /// Whether the last decision about it lets the company pass.
    public func isUnblocked(by words: [EligibilityWord]) -> Bool {
        words.last { $0.list == list && $0.row == row.number && $0.act != .answer }?.act == .unblock
    }
}
