import Trust
import Vocabulary

/// An imported list without its rows, and who imported it.
public struct ListSummary: Sendable, Hashable {
    public let id: ListID
    public let header: ListHeader
    /// SHA-256 of the file.
    public let digest: Digest
    public let rowCount: Int
    public let by: AccountID
    public let at: Instant
    /// The entry of the log that the import left.
    public let logIndex: Int
    /// When it was withdrawn; it then settles nothing any more, and stays readable.
    public let withdrawnAt: Instant?

    public init(
        id: ListID, header: ListHeader, digest: Digest, rowCount: Int, by: AccountID, at: Instant, logIndex: Int,
        withdrawnAt: Instant?
    ) {
        self.id = id
        self.header = header
        self.digest = digest
        self.rowCount = rowCount
        self.by = by
        self.at = at
        self.logIndex = logIndex
        self.withdrawnAt = withdrawnAt
    }
}

/// An import as it is stored: the list, the file it was read from, who and when.
public struct ListImport: Sendable {
    public let round: RoundID
    public let list: OfficialList
    /// The file's bytes; their digest is the list's.
    public let file: [UInt8]
    public let by: AccountID
    public let at: Instant

    public init(round: RoundID, list: OfficialList, file: [UInt8], by: AccountID, at: Instant) {
        self.round = round
        self.list = list
        self.file = file
        self.by = by
        self.at = at
    }
}

/// Where official lists of a round are kept, with their files.
///
/// Every write commits its entry in the same transaction and answers the entry's index in the log. A list is never
/// changed after its import: a mended file is a new list, a wrong one is withdrawn.
public protocol OfficialListStore: Sendable {
    /// Importing again what was withdrawn brings it back.
    /// - Throws: `match.list_exists`.
    @discardableResult
    func add(_ new: ListImport, entry: AuditEntry) async throws -> Int
    /// - Throws: `match.list_unknown`, `match.list_withdrawn`.
    @discardableResult
    func withdraw(_ list: ListID, of round: RoundID, at: Instant, entry: AuditEntry) async throws -> Int
    /// All of the round, withdrawn ones too, in the order in which they were imported.
    func summaries(_ round: RoundID) async throws -> [ListSummary]
    func summary(_ round: RoundID, _ list: ListID) async throws -> ListSummary?
    /// Rows after a row's number, in the order of the file.
    func rows(_ round: RoundID, _ list: ListID, after number: Int, limit: Int) async throws -> [ListRow]
    func file(_ round: RoundID, _ list: ListID) async throws -> [UInt8]?
    /// Lists with all rows that serve the indicator and are not withdrawn, in the order in which they were imported.
    func lists(_ round: RoundID, for indicator: IndicatorID) async throws -> [OfficialList]
}

/// What lists or the registry said of one platform, as of when.
public struct KeptAwards: Sendable, Hashable, Codable {
    public let platform: PlatformID
    public let awards: MatchedAwards
    /// The day up to which the outside register was complete; nil for official lists.
    public let asOf: CivilDay?
    public let at: Instant

    public init(platform: PlatformID, awards: MatchedAwards, asOf: CivilDay?, at: Instant) {
        self.platform = platform
        self.awards = awards
        self.asOf = asOf
        self.at = at
    }
}

/// Where the explained outcome of matching is kept, the latest for each platform and indicator.
///
/// It explains verified values and is none: those are written, with their entries, beside it.
public protocol MatchedAwardsStore: Sendable {
    func keep(_ awards: [KeptAwards], of round: RoundID) async throws
    /// In the order of platform and indicator ids; of one platform when it is named.
    func awards(_ round: RoundID, platform: PlatformID?) async throws -> [KeptAwards]
}
