import Scheme
import Trust
import Vocabulary

/// Where the port's batches, keys and receipts are kept.
///
/// Whoever writes takes the audit entry that the write leaves; both are on disk before the call returns, or neither.
public protocol RecordStore: PortCounting {
    /// The installation's secret for keys, made at the first call and the same ever after.
    func seed() async throws -> KeySeed

    // MARK: keys

    func create(_ key: PortKey, entry: AuditEntry) async throws -> Int
    /// Oldest first, revoked ones included.
    func keys(_ round: RoundID, _ platform: PlatformID) async throws -> [PortKey]
    func key(_ id: String) async throws -> PortKey?
    /// Revoking twice leaves the first time. Throws `collect.port-key-unknown`.
    func revokeKey(_ id: String, at: Instant, entry: AuditEntry) async throws -> Int

    // MARK: batches

    /// The receipt that an idempotency key already has, with the digest of its request.
    func receipt(
        _ round: RoundID, _ platform: PlatformID, idempotencyKey: String
    ) async throws -> (receipt: BatchReceipt, requestDigest: Digest)?
    /// Keeps facts, rejects, receipt, idempotency key and audit entry in one transaction.
    ///
    /// A completing part of a snapshot also states what the whole set adds to and removes from the running one. The
    /// receipt's `logIndex` is the entry's place. Throws `collect.idempotency-key-in-use` when another request with
    /// the key got there first, `collect.storage-full` when the disk is full.
    func accept(_ batch: NewBatch, entry: AuditEntry) async throws -> BatchReceipt
    func batch(_ id: String) async throws -> (summary: BatchSummary, receipt: BatchReceipt)?
    /// Newest first; `before` is a batch id.
    func batches(
        _ round: RoundID, _ platform: PlatformID, before: String?, limit: Int
    ) async throws -> [BatchSummary]
    /// By line.
    func rejects(batch: String, afterLine: Int, limit: Int) async throws -> [RowFault]
    /// Rejected rows of batches not voided, by reason code.
    func rejectCounts(_ round: RoundID, _ platform: PlatformID) async throws -> [RowFaultCode: Int]
    /// Throws `collect.batch-unknown`, `collect.batch-voided`.
    func void(batch: String, reason: String, at: Instant, entry: AuditEntry) async throws -> Int

    // MARK: files

    /// Opens the port's files for writing, once in a process; `accept` does it when nobody has.
    ///
    /// What was written and never acknowledged is cut off. Throws `store.folder_in_use` while another process writes.
    func open() async throws
    /// Damaged places that hold batches of the platform, as far as they have been come upon.
    func damages(_ round: RoundID, _ platform: PlatformID) async throws -> [PortDamage]
    /// Reads all of the port's files and checks every byte that was acknowledged.
    func inspect(at now: Instant) async throws -> PortInspection
    /// Brings the runs of the day that has gathered most together; nil when none is worth it.
    func compact() async throws -> (facts: Int, bytes: Int)?
    /// Overwrites what was deleted and gives unused files back.
    func tidy(at now: Instant) async throws

    // MARK: what there is

    /// Different things of a kind of activity that platforms sent on some days: of each platform, of all together, and of
    /// every pair. A merge of the days' sets, not a new count. Throws `collect.too_many_groups` above 128 platforms.
    func overlap(
        _ round: RoundID, of platforms: [PlatformID], kind: RecordKind, days: ClosedRange<CivilDay>
    ) async throws -> KeyOverlap

    func grant(_ leave: PortLeave, entry: AuditEntry) async throws -> Int
    func leave(_ round: RoundID, _ platform: PlatformID) async throws -> PortLeave?
    /// The platforms' own summaries of one round, the latest of each period; `platform` nil: of all.
    func summaries(_ round: RoundID, _ platform: PlatformID?) async throws -> [PlatformID: [SummaryFigure]]
    /// Which of the identifiers stand among the platform's devices of those days; nil when it sent no device rows.
    func counted(
        devices identifiers: [String], _ round: RoundID, _ platform: PlatformID, days: ClosedRange<CivilDay>
    ) async throws -> Set<String>?
    /// By day and kind.
    func coverage(_ round: RoundID, _ platform: PlatformID) async throws -> [DayCoverage]
}

/// Counts the port indicators of a platform in a round, in one consistent state of what was acknowledged.
public protocol PortCounting: Sendable {
    /// One value for each port indicator of the scheme, in its order. Cost: linear in the platform's facts of the port
    /// months.
    func counts(
        of platform: PlatformID, in round: RoundID, scheme: IndicatorScheme, cutOff: CivilDay
    ) async throws -> [CountedValue]
}
