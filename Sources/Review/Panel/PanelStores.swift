import Trust
import Vocabulary

/// Where the panel's minutes and decisions, tellings and rechecks are kept. Every write leaves its audit entry in the
/// same transaction and answers the entry's index in the log.
public protocol PanelStore: Sendable {
    /// Newest first.
    func minutes(_ round: RoundID) async throws -> [PanelMinutes]
    /// - Throws: `panel.minutes_number_taken`.
    @discardableResult
    func keep(_ minutes: PanelMinutes, file: PanelFile, bytes: [UInt8], entry: AuditEntry) async throws -> Int

    /// Of one owner, in the order of their coming.
    func files(_ owner: String) async throws -> [PanelFile]
    /// The file under the digest whose owner the check lets pass; nil when there is none.
    func file(_ digest: Digest) async throws -> [PanelFile]
    func bytes(_ digest: Digest) async throws -> [UInt8]?
    /// - Throws: `panel.too_many_files` when the owner has `limit` already.
    @discardableResult
    func keep(_ file: PanelFile, bytes: [UInt8], limit: Int, entry: AuditEntry) async throws -> Int

    /// Of the whole round, oldest first.
    func decisions(_ round: RoundID) async throws -> [PanelDecision]
    /// Doing it again for the same version changes nothing.
    func record(_ decision: PanelDecision, telling: Telling?, entry: AuditEntry) async throws

    /// The last telling of each platform of the round.
    func tellings(_ round: RoundID) async throws -> [PlatformID: Telling]
    /// The last telling of the platform; nil before the first.
    func telling(_ round: RoundID, _ platform: PlatformID) async throws -> Telling?
    /// - Throws: `panel.not_told`.
    func accept(_ round: RoundID, _ platform: PlatformID, by: AccountID, at: Instant, entry: AuditEntry) async throws

    func recheck(_ round: RoundID, _ platform: PlatformID) async throws -> Recheck?
    func rechecks(_ round: RoundID) async throws -> [Recheck]
    /// - Throws: `panel.recheck_once`.
    func request(_ recheck: Recheck, entry: AuditEntry) async throws
    /// Takes back a request whose move did not come about.
    func withdraw(_ recheck: Recheck, entry: AuditEntry) async throws
    /// - Throws: `panel.recheck_cell_unknown`.
    func answer(_ recheck: Recheck, _ cell: RecheckCell, entry: AuditEntry) async throws
}

/// Where public notices and the telephone numbers on them are kept.
public protocol NoticeStore: Sendable {
    func contacts(_ round: RoundID) async throws -> NoticeContacts?
    /// - Throws: `review.stale` unless the stored version is one less.
    func keep(_ contacts: NoticeContacts, entry: AuditEntry) async throws
    /// Oldest first.
    func notices(_ round: RoundID) async throws -> [PublicNotice]
    func start(_ notice: PublicNotice, entry: AuditEntry) async throws
}

/// Where objections are kept, and apart from them who raised them.
public protocol ObjectionStore: Sendable {
    /// In the order of their numbers, after the given one.
    func objections(_ round: RoundID, after: Int, limit: Int) async throws -> [Objection]
    func objection(_ id: String) async throws -> Objection?
    func objector(_ id: String) async throws -> Objector?
    /// How many of the round came since then; to bound a flood.
    func count(_ round: RoundID, since: Instant) async throws -> Int
    func openCount(_ round: RoundID, _ platform: PlatformID?) async throws -> Int
    /// Takes the next number of the round, whatever the objection says.
    func receive(_ objection: Objection, _ objector: Objector, entry: AuditEntry) async throws -> Objection
    /// - Throws: `review.stale`.
    func change(_ objection: Objection, replacing version: Int, entry: AuditEntry) async throws
}

/// Where corrections of published results are kept.
public protocol CorrectionStore: Sendable {
    /// In the order of their numbers.
    func corrections(_ round: RoundID) async throws -> [Correction]
    /// Takes the next number of the round.
    /// - Throws: `panel.correction_open` while the platform has an undecided one.
    func propose(_ correction: Correction, entry: AuditEntry) async throws -> Correction
    /// - Throws: `panel.correction_decided` when somebody decided it meanwhile.
    func decide(_ correction: Correction, entry: AuditEntry) async throws
}
