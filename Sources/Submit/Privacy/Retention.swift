import Trust
import Vocabulary

/// How long row-level data is kept after publication.
public struct RetentionSchedule: Sendable, Hashable {
    /// Lists, objectors and contacts, all that tells of persons, in months.
    public var personalListMonths: Int
    /// Rows of the port, in months.
    public var portRowMonths: Int

    /// Source of the defaults: the product's text, "12 months after publication, personal lists 6".
    public init(personalListMonths: Int = 6, portRowMonths: Int = 12) {
        self.personalListMonths = personalListMonths
        self.portRowMonths = portRowMonths
    }

    /// The first day on which it is deleted: the same day of the month that many months after publication, the month's
    /// last day where it is shorter.
    public func dueDay(_ kind: Holding.Kind, published: CivilDay) -> CivilDay {
        let months = kind == .portRows ? portRowMonths : personalListMonths
        let month = published.month.adding(months: months)
        let day = min(published.components.day, month.lengthInDays)
        return month.firstDay.adding(days: day - 1)
    }
}

/// Row-level data that an installation still has of a platform in a round.
public struct Holding: Sendable, Hashable {
    public enum Kind: String, Sendable, Hashable, Codable, CaseIterable {
        case personalList = "personal-list"
        case portRows = "port-rows"
        /// Who raised objections against a platform.
        case objectors
        /// How experts are reached who left the pool and sit in no round that still runs; of no platform.
        case expertContacts = "expert-contacts"
    }

    public let kind: Kind
    public let round: RoundID
    public let platform: PlatformID
    /// Nil for port rows.
    public let indicator: IndicatorID?
    public let rowCount: Int

    public init(kind: Kind, round: RoundID, platform: PlatformID, indicator: IndicatorID?, rowCount: Int) {
        self.kind = kind
        self.round = round
        self.platform = platform
        self.indicator = indicator
        self.rowCount = rowCount
    }
}

/// What was deleted, and the digest that stays.
public struct Deletion: Sendable, Hashable {
    public let holding: Holding
    public let digest: Digest
    public let at: Instant
    public let logIndex: Int

    public init(holding: Holding, digest: Digest, at: Instant, logIndex: Int) {
        self.holding = holding
        self.digest = digest
        self.at = at
        self.logIndex = logIndex
    }
}

/// Knows what row-level data is held and deletes it for good.
public protocol RetentionStore: Sendable {
    /// Published and archived rounds with the moment of their first publication, in the order of their ids.
    func publishedRounds() async throws -> [(round: RoundID, at: Instant)]
    /// What is still there of a round, by kind, platform and indicator.
    func holdings(_ round: RoundID) async throws -> [Holding]
    /// Of a round, newest first.
    func deletions(_ round: RoundID) async throws -> [Deletion]
    /// Deletes all rows of the holding with every earlier version, in one transaction with its entry. The bytes are
    /// overwritten in the file. Again for what is gone: nothing, and nil.
    /// - Parameter entry: makes the entry from the digest of what is deleted.
    func delete(
        _ holding: Holding, at now: Instant, entry: @Sendable @escaping (Digest) -> AuditEntry
    ) async throws -> Deletion?
}
