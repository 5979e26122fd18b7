import Foundation
import Vocabulary

/// The receipts of a file, one JSON object a line beside it (`FILE.receipts`): what the platform keeps, and where a push
/// that broke off goes on. Losing it loses nothing: batches have the same keys again.
final class ReceiptJournal {
    struct Receipt: Codable, Sendable {
        struct Reject: Codable, Sendable {
            let line: Int
            let code: String
            let message: String
        }
        let batch: String?
        let accepted: Int
        let rejected: Int
        let rejects: [Reject]
        let logIndex: Int?
        let digest: String
    }

    private struct Line: Codable {
        let key: String
        let firstLine: Int
        let lastLine: Int
        let receipt: Receipt
    }

    private(set) var receipts: [String: Receipt] = [:]
    private let handle: FileHandle

    /// - Throws: `agent.journal_unwritable`.
    init(beside file: String) throws {
        let path = file + ".receipts"
        if let known = try? Data(contentsOf: URL(fileURLWithPath: path)) {
            // A line that was cut off by a crash is passed over; its batch is asked for again.
            for text in known.split(separator: 0x0a) {
                guard let line = try? JSONDecoder().decode(Line.self, from: text) else { continue }
                receipts[line.key] = line.receipt
            }
        }
        if !FileManager.default.fileExists(atPath: path) {
            FileManager.default.createFile(atPath: path, contents: nil, attributes: [.posixPermissions: 0o600])
        }
        guard let handle = FileHandle(forWritingAtPath: path), (try? handle.seekToEnd()) != nil else {
            throw Failure("agent.journal_unwritable", ["file": path])
        }
        self.handle = handle
    }

    /// Keeps a receipt; on disk when it returns.
    func keep(_ receipt: Receipt, for batch: BatchCutter.Batch) throws {
        receipts[batch.key] = receipt
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        // A line feed first ends a line that a crash cut off.
        try handle.write(contentsOf: Data([0x0a]))
        try handle.write(
            contentsOf: encoder.encode(
                Line(key: batch.key, firstLine: batch.firstLine, lastLine: batch.lastLine, receipt: receipt)))
        try handle.write(contentsOf: Data([0x0a]))
        try handle.synchronize()
    }

    deinit { try? handle.close() }
}
