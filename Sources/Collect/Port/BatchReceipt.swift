import Vocabulary

/// What a sender gets for a batch: proof of what was taken, the same bytes for every repetition.
public struct BatchReceipt: Sendable, Hashable, Codable {
    /// A rejected row, with its sentence left to the reader's language.
    public struct Reject: Sendable, Hashable, Codable {
        public var line: Int
        public var code: RowFaultCode
        /// The named places of the sentence.
        public var values: [String: String]

        public init(_ fault: RowFault) {
            line = fault.line
            code = fault.code
            values = fault.values
        }
    }

    /// The snapshot that the batch belongs to, as it stood after the batch.
    public struct Snapshot: Sendable, Hashable, Codable {
        public var kind: String
        public var date: CivilDay
        public var isComplete: Bool
        /// Members in all its batches; on completion also what it adds to and removes from the running set.
        public var members: Int
        public var added: Int?
        public var removed: Int?

        public init(
            kind: String, date: CivilDay, isComplete: Bool, members: Int, added: Int? = nil, removed: Int? = nil
        ) {
            self.kind = kind
            self.date = date
            self.isComplete = isComplete
            self.members = members
            self.added = added
            self.removed = removed
        }
    }

    /// The batch's id; nil in the sandbox, which keeps nothing.
    public var batch: String?
    public var round: RoundID
    public var platform: PlatformID
    public var accepted: Int
    public var rejected: Int
    /// Accepted rows by kind.
    public var kinds: [String: Int]
    /// The first hundred.
    public var rejects: [Reject]
    public var unknownFields: [String]
    /// Accepted rows that came late.
    public var late: Int
    public var snapshot: Snapshot?
    /// SHA-256 of the body as it was sent.
    public var digest: Digest
    /// The place of its entry in the public log; nil in the sandbox.
    public var logIndex: Int?
    /// The key whose signature the request carried; nil when it carried none.
    public var signedBy: String?
    public var receivedAt: Instant

    public static let listedRejects = 100

    public init(
        batch: String?, round: RoundID, platform: PlatformID, reading: BatchReading, snapshot: Snapshot?,
        digest: Digest, logIndex: Int?, signedBy: String? = nil, receivedAt: Instant
    ) {
        self.batch = batch
        self.round = round
        self.platform = platform
        self.accepted = reading.accepted
        self.rejected = reading.rejects.count
        self.kinds = reading.rowsByKind.reduce(into: [:]) { $0[$1.key.name] = $1.value }
        self.rejects = reading.rejects.prefix(BatchReceipt.listedRejects).map(Reject.init)
        self.unknownFields = reading.unknownFields
        self.late = reading.lateRows
        self.snapshot = snapshot
        self.digest = digest
        self.logIndex = logIndex
        self.signedBy = signedBy
        self.receivedAt = receivedAt
    }
}

/// A batch on its way to the store.
public struct NewBatch: Sendable {
    /// The part of a snapshot that a batch is.
    public struct SnapshotPart: Sendable {
        public var kind: RecordKind
        public var date: CivilDay
        /// The batch is the last one.
        public var completes: Bool

        public init(kind: RecordKind, date: CivilDay, completes: Bool) {
            self.kind = kind
            self.date = date
            self.completes = completes
        }
    }

    public var id: String
    public var round: RoundID
    public var platform: PlatformID
    public var key: String
    public var idempotencyKey: String
    /// SHA-256 over the address and the body's digest: what makes two requests the same.
    public var requestDigest: Digest
    /// SHA-256 of the body as it was sent.
    public var contentDigest: Digest
    public var reading: BatchReading
    public var lateReason: String?
    public var snapshot: SnapshotPart?
    /// The key that signed the request.
    public var signingKey: String?
    /// Cuts days, for the difference that a completed snapshot makes.
    public var cutter: DayCutter
    public var receivedAt: Instant

    public init(
        id: String, round: RoundID, platform: PlatformID, key: String, idempotencyKey: String, requestDigest: Digest,
        contentDigest: Digest, reading: BatchReading, lateReason: String?, snapshot: SnapshotPart?,
        signingKey: String? = nil,
        cutter: DayCutter, receivedAt: Instant
    ) {
        self.id = id
        self.round = round
        self.platform = platform
        self.key = key
        self.idempotencyKey = idempotencyKey
        self.requestDigest = requestDigest
        self.contentDigest = contentDigest
        self.reading = reading
        self.lateReason = lateReason
        self.snapshot = snapshot
        self.signingKey = signingKey
        self.cutter = cutter
        self.receivedAt = receivedAt
    }
}

/// A batch as lists show it.
public struct BatchSummary: Sendable, Hashable {
    public var id: String
    public var round: RoundID
    public var platform: PlatformID
    public var key: String
    public var accepted: Int
    public var rejected: Int
    /// Accepted rows by kind.
    public var kinds: [String: Int]
    public var late: Int
    public var lateReason: String?
    /// Kind and date of the snapshot it belongs to.
    public var snapshot: String?
    /// The place of its entry in the public log.
    public var logIndex: Int
    public var receivedAt: Instant
    public var voidedAt: Instant?
    public var voidReason: String?

    public init(
        id: String, round: RoundID, platform: PlatformID, key: String, accepted: Int, rejected: Int,
        kinds: [String: Int], late: Int, lateReason: String?, snapshot: String?, logIndex: Int, receivedAt: Instant,
        voidedAt: Instant?, voidReason: String?
    ) {
        self.id = id
        self.round = round
        self.platform = platform
        self.key = key
        self.accepted = accepted
        self.rejected = rejected
        self.kinds = kinds
        self.late = late
        self.lateReason = lateReason
        self.snapshot = snapshot
        self.logIndex = logIndex
        self.receivedAt = receivedAt
        self.voidedAt = voidedAt
        self.voidReason = voidReason
    }
}

/// Accepted rows of one kind on one day, voided batches left out; nil day for stocks and lists.
public struct DayCoverage: Sendable, Hashable {
    public var day: CivilDay?
    public var kind: RecordKind
    public var rows: Int

    public init(day: CivilDay?, kind: RecordKind, rows: Int) {
        self.day = day
        self.kind = kind
        self.rows = rows
    }
}
