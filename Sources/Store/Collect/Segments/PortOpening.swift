import Collect
import Foundation
import GRDB
import Synchronization
import Vocabulary

/// Opens the port's folder for writing once in a process: takes it for this process alone, and cuts off what was written
/// and never acknowledged.
final class PortOpening: Sendable {
    private let database: AuditedDatabase
    private let segments: SegmentFolder
    private let sets: SegmentFolder
    private let once = OnceOnly()
    private let lock = Mutex<SegmentFile?>(nil)

    init(database: AuditedDatabase, segments: SegmentFolder, sets: SegmentFolder) {
        self.database = database
        self.segments = segments
        self.sets = sets
    }

    /// Opens the folder unless it is open.
    /// - Throws: `store.folder_in_use` while another process writes into it, `store.segment_unusable`.
    func open() async throws { try await once.run { try await self.recover() } }

    private func recover() async throws {
        let path = segments.path
        do {
            try FileManager.default.createDirectory(
                atPath: path, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
        } catch { throw Failure("store.folder_unusable", ["path": path], cause: error) }
        let file = try SegmentFile(path + "/lock", creating: true, writing: true)
        guard file.lock() else { throw Failure("store.folder_in_use", ["path": path]) }
        let ends = try await database.read { db in
            func ends(_ table: String, _ length: String) throws -> [Int: Int] {
                try Row.fetchAll(
                    db, sql: "SELECT segment, max(place + \(length)) AS end FROM \(table) GROUP BY segment"
                ).reduce(into: [:]) { $0[$1["segment"]] = $1["end"] }
            }
            return (batches: try ends("port_frame", "length"), sets: try ends("port_set", "frame"))
        }
        _ = try segments.recover { ends.batches[$0] ?? SegmentHeader.length }
        _ = try sets.recover { ends.sets[$0] ?? SegmentHeader.length }
        lock.withLock { $0 = file }
    }
}

/// Runs a piece of work until it has succeeded once; those who come meanwhile wait for it.
actor OnceOnly {
    private var running: Task<Void, any Error>?
    private var isDone = false

    func run(_ work: @escaping @Sendable () async throws -> Void) async throws {
        if isDone { return }
        let task = running ?? Task { try await work() }
        running = task
        do {
            try await task.value
            isDone = true
        } catch {
            running = nil
            throw error
        }
    }
}

/// A value that never changes once it is known.
final class Knowledge<Value: Sendable>: Sendable {
    private let kept = Mutex<Value?>(nil)

    var value: Value? { kept.withLock { $0 } }
    func keep(_ value: Value) { kept.withLock { $0 = value } }
}
