import Collect
import Vocabulary
import Wording

/// A rejected row with its sentence.
struct RejectResource: Encodable, Sendable {
    let line: Int
    let code: RowFaultCode
    let message: String
    let values: [String: String]

    init(_ reject: BatchReceipt.Reject, _ language: Language) {
        line = reject.line
        code = reject.code
        message = Catalogue.of(language).text(reject.code.textKey, reject.values)
        values = reject.values
    }
}

/// A receipt as the sender gets it.
struct ReceiptResource: Encodable, Sendable {
    let batch: String?
    let round: RoundID
    let platform: PlatformID
    let accepted: Int
    let rejected: Int
    let kinds: [String: Int]
    let rejects: [RejectResource]
    let unknownFields: [String]
    let late: Int
    let snapshot: BatchReceipt.Snapshot?
    let digest: Digest
    let logIndex: Int?
    let signedBy: String?
    let receivedAt: Instant

    init(_ receipt: BatchReceipt, _ language: Language) {
        batch = receipt.batch
        round = receipt.round
        platform = receipt.platform
        accepted = receipt.accepted
        rejected = receipt.rejected
        kinds = receipt.kinds
        rejects = receipt.rejects.map { RejectResource($0, language) }
        unknownFields = receipt.unknownFields
        late = receipt.late
        snapshot = receipt.snapshot
        digest = receipt.digest
        logIndex = receipt.logIndex
        signedBy = receipt.signedBy
        receivedAt = receipt.receivedAt
    }
}

/// A batch as lists show it.
struct BatchResource: Encodable, Sendable {
    let batch: String
    let key: String
    let accepted: Int
    let rejected: Int
    let kinds: [String: Int]
    let late: Int
    let lateReason: String?
    let snapshot: String?
    let logIndex: Int
    let receivedAt: Instant
    let voidedAt: Instant?
    let voidReason: String?

    init(_ batch: BatchSummary) {
        self.batch = batch.id
        key = batch.key
        accepted = batch.accepted
        rejected = batch.rejected
        kinds = batch.kinds
        late = batch.late
        lateReason = batch.lateReason
        snapshot = batch.snapshot
        logIndex = batch.logIndex
        receivedAt = batch.receivedAt
        voidedAt = batch.voidedAt
        voidReason = batch.voidReason
    }
}

/// A kept batch: what became of it, and its receipt as it was given.
struct StoredBatchResource: Encodable, Sendable {
    let voidedAt: Instant?
    let voidReason: String?
    let lateReason: String?
    let receipt: ReceiptResource

    init(summary: BatchSummary, receipt: ReceiptResource) {
        voidedAt = summary.voidedAt
        voidReason = summary.voidReason
        lateReason = summary.lateReason
        self.receipt = receipt
    }
}

/// What taking a batch back answers.
struct VoidResource: Encodable, Sendable {
    let batch: String
    let voidedAt: Instant
    let reason: String
    let logIndex: Int
}
