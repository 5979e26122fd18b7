import Collect
import Dispatch
import GRDB
import Synchronization
import Trust
import Vocabulary

/// Puts batches on the disk in groups: those that come while one group is written share the next one's write, wait and
/// transaction. The answer leaves after both.
final class BatchCommitter: Sendable {
    /// A batch on its way, with its runs encoded.
    struct Item: Sendable {
        let batch: NewBatch
        let entry: AuditEntry
        let blocks: [[UInt8]]
        let answer: CheckedContinuation<BatchReceipt, any Error>
    }

    /// A batch whose frame is on the disk.
    private struct Framed: Sendable {
        let item: Item
        let frame: SegmentFrame
        let address: FrameAddress
    }

    private struct Waiting: Sendable {
        var unwritten: [Item] = []
        var isWriting = false
        var uncommitted: [Framed] = []
        var isCommitting = false
    }

    private let database: AuditedDatabase
    private let files: RunFiles
    private let waiting = Mutex(Waiting())
    private let writing = DispatchQueue(label: "heng.port.write", qos: .userInitiated)
    private let committing = DispatchQueue(label: "heng.port.commit", qos: .userInitiated)
    /// Bytes of frames in one write.
    private static let largestGroup = 16 << 20

    init(database: AuditedDatabase, files: RunFiles) {
        self.database = database
        self.files = files
    }

    /// Keeps a batch; returns when it is on the disk.
    func commit(_ batch: NewBatch, entry: AuditEntry) async throws -> BatchReceipt {
        let blocks = batch.reading.runs.map { $0.encoded() }
        return try await withCheckedThrowingContinuation { answer in
            let item = Item(batch: batch, entry: entry, blocks: blocks, answer: answer)
            let starts = waiting.withLock { waiting in
                waiting.unwritten.append(item)
                defer { waiting.isWriting = true }
                return !waiting.isWriting
            }
            if starts { writing.async { [self] in writeAll() } }
        }
    }

    private func writeAll() {
        while let group = nextGroup() {
            do {
                var frames: [SegmentFrame] = []
                let addresses = try files.segments.append { segment in
                    let encoded = group.map {
                        SegmentFrame.encode(owner: $0.batch.id, blocks: $0.blocks, segment: segment)
                    }
                    frames = encoded.map(\.frame)
                    return encoded.map(\.bytes)
                }
                let framed = zip(group, zip(frames, addresses)).map {
                    Framed(item: $0, frame: $1.0, address: $1.1)
                }
                let starts = waiting.withLock { waiting in
                    waiting.uncommitted += framed
                    defer { waiting.isCommitting = true }
                    return !waiting.isCommitting
                }
                if starts { committing.async { [self] in commitAll() } }
            } catch {
                for item in group { item.answer.resume(throwing: error) }
            }
        }
    }

    private func nextGroup() -> [Item]? {
        waiting.withLock { waiting in
            var bytes = 0
            let count = waiting.unwritten.prefix { item in
                defer { bytes += item.blocks.reduce(0) { $0 + $1.count } }
                return bytes < BatchCommitter.largestGroup
            }.count
            guard count > 0 else {
                waiting.isWriting = false
                return nil
            }
            defer { waiting.unwritten.removeFirst(count) }
            return Array(waiting.unwritten.prefix(count))
        }
    }

    private func commitAll() {
        while true {
            let group = waiting.withLock { waiting in
                defer { waiting.uncommitted = [] }
                if waiting.uncommitted.isEmpty { waiting.isCommitting = false }
                return waiting.uncommitted
            }
            if group.isEmpty { return }
            do {
                let results = try database.writeGroup(group, entry: { $0.item.entry }) { [files] db, framed in
                    try BatchWriting(database: db, batch: framed.item.batch, files: files).write(
                        framed.frame, at: framed.address)
                }
                for (framed, result) in zip(group, results) { framed.item.answer.resume(with: result) }
            } catch {
                for framed in group { framed.item.answer.resume(throwing: BatchCommitter.stated(error)) }
            }
        }
    }

    /// A full disk says so.
    private static func stated(_ error: any Error) -> any Error {
        guard let error = error as? DatabaseError, error.resultCode == .SQLITE_FULL else { return error }
        return Failure("collect.storage-full", ["retryAfterSeconds": "300"], cause: error)
    }
}
