import Foundation
import GRDB
import Trust
import Vocabulary

/// The one SQLite file of an installation. Reads are free; a write cannot be made without the audit entry it leaves,
/// and both are committed in one transaction with an fsync before the answer (WAL, `synchronous = FULL`).
public final class AuditedDatabase: Sendable {
    private let pool: DatabasePool

    /// Opens or creates the file and brings it to the newest migration.
    /// - Throws: `store.cannot_open` with the path; `store.migration_changed` when a released migration was edited;
    ///   `store.too_new` when a newer Heng has written the file.
    public init(path: String) throws {
        var configuration = Configuration()
        configuration.foreignKeysEnabled = true
        configuration.maximumReaderCount = 4
        configuration.busyMode = .timeout(10)
        configuration.prepareDatabase { database in
            try database.execute(sql: "PRAGMA synchronous = FULL")
        }
        do {
            pool = try DatabasePool(path: path, configuration: configuration)
        } catch {
            throw Failure("store.cannot_open", ["path": path], cause: error)
        }
        try Migrations.run(on: pool)
    }

    /// Reads in one snapshot.
    public func read<Value: Sendable>(
        _ body: @Sendable @escaping (GRDB.Database) throws -> Value
    ) async throws -> Value {
        try await pool.read(body)
    }

    /// Writes and leaves the entry, both or neither.
    /// - Returns: what the body answered, and the entry's index in the log.
    @discardableResult
    public func write<Value: Sendable>(
        _ entry: AuditEntry, _ body: @Sendable @escaping (GRDB.Database) throws -> Value
    ) async throws -> (value: Value, logIndex: Int) {
        try await pool.write { database in
            let value = try body(database)
            return (value, try AuditLog.append(entry, to: database))
        }
    }

    /// Writes with an entry that is known only once the body has looked (a count of what changed); nil writes nothing
    /// and rolls the body back.
    public func write<Value: Sendable>(
        deciding body: @Sendable @escaping (GRDB.Database) throws -> (value: Value, entries: [AuditEntry])
    ) async throws -> (value: Value, logIndices: [Int]) {
        try await pool.write { database in
            let (value, entries) = try body(database)
            guard !entries.isEmpty else { throw Failure("store.write_without_entry") }
            return (value, try entries.map { try AuditLog.append($0, to: database) })
        }
    }

    /// Writes several things in one transaction and one wait for the disk, each with the entry it leaves, in their order.
    ///
    /// What one of them throws undoes it alone; when the transaction itself fails (a full disk) all are undone.
    /// Blocks: for threads that may wait.
    func writeGroup<Item: Sendable, Value: Sendable>(
        _ items: [Item], entry: (Item) -> AuditEntry, _ body: (GRDB.Database, Item) throws -> Value
    ) throws -> [Result<Value, any Error>] {
        try pool.write { database in
            try items.map { item in
                do {
                    var value: Value?
                    try database.inSavepoint {
                        value = try body(database, item)
                        _ = try AuditLog.append(entry(item), to: database)
                        return .commit
                    }
                    guard let value else { throw Failure("store.write_without_entry") }
                    return .success(value)
                } catch let error as DatabaseError where !database.isInsideTransaction || error.resultCode.isOfDisk {
                    throw error
                } catch {
                    return .failure(error)
                }
            }
        }
    }

    /// Housekeeping that can change no score and leaves no entry: sessions that ran out, caches.
    @discardableResult
    public func housekeeping<Value: Sendable>(
        _ body: @Sendable @escaping (GRDB.Database) throws -> Value
    ) async throws -> Value {
        try await pool.write(body)
    }

    /// Folds the write-ahead log into the file; after it the file alone is a whole backup.
    public func checkpoint() async throws {
        try await pool.writeWithoutTransaction { database in
            _ = try database.checkpoint(.truncate)
        }
    }

    /// Writes the file anew without anything that was deleted, and empties the write-ahead log: after sealing or deleting
    /// what tells of persons.
    public func rewrite() async throws {
        try await pool.writeWithoutTransaction { database in
            try database.execute(sql: "VACUUM")
            _ = try database.checkpoint(.truncate)
        }
    }

    public func close() throws { try pool.close() }

    /// The folder that holds the file.
    var folder: String { URL(fileURLWithPath: pool.path).deletingLastPathComponent().path }
}

extension ResultCode {
    /// The disk is full or broken: no part of the transaction can stand.
    fileprivate var isOfDisk: Bool { [.SQLITE_FULL, .SQLITE_IOERR, .SQLITE_CORRUPT, .SQLITE_NOMEM].contains(self) }
}
