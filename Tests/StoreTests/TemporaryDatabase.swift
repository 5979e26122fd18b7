import Foundation
import GRDB
import Store
import Trust
import Vocabulary

/// A database of its own for one test, in a folder that goes with it.
final class TemporaryDatabase: Sendable {
    let folder: URL
    let database: AuditedDatabase

    init() throws {
        folder = FileManager.default.temporaryDirectory.appending(path: "heng-store-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        database = try AuditedDatabase(path: folder.appending(path: "heng.sqlite").path)
    }

    deinit { try? FileManager.default.removeItem(at: folder) }

    var path: String { folder.appending(path: "heng.sqlite").path }

    /// What somebody with the file in hand could do to it.
    func tamper(_ sql: String) throws {
        let queue = try DatabaseQueue(path: path)
        try queue.write { try $0.execute(sql: sql) }
        try queue.close()
    }

    /// An entry that changes nothing.
    static func entry(_ number: Int, indicator: IndicatorID? = nil) -> AuditEntry {
        AuditEntry(
            "test.happened", actor: .account("tester"), at: Instant(seconds: Int64(number)),
            subject: AuditSubject(round: "r1", platform: "p1", indicator: indicator, key: "number:\(number)"),
            reason: number % 2 == 0 ? "第 \(number) 次" : nil, payload: ["number": .number(Double(number))],
            salt: [UInt8](repeating: UInt8(truncatingIfNeeded: number), count: 16))
    }

    /// Leaves entries in order.
    func leave(_ numbers: some Sequence<Int>, indicator: IndicatorID? = nil) async throws {
        for number in numbers { try await database.write(Self.entry(number, indicator: indicator)) { _ in } }
    }
}
