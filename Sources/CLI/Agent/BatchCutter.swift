import Foundation
import Trust
import Vocabulary

/// Cuts a file's records into batches that are the same at every run, so that a push that broke off goes on exactly
/// where the receipts end and a batch sent twice is counted once.
struct BatchCutter {
    struct Batch: Sendable {
        /// From 0 in the file.
        let number: Int
        let firstLine: Int
        let lastLine: Int
        let rows: Int
        let body: Data
        /// `heng-agent-` and the digest of file name, number and body, shortened: the idempotency key.
        let key: String
    }

    static let rows = 10_000
    static let bytes = 8 << 20

    let name: String
    private var number = 0
    private var firstLine = 0
    private var lastLine = 0
    private var count = 0
    private var body = Data()

    /// - Parameter name: What tells this file from others with the same content, such as a second month that repeats.
    init(name: String) { self.name = name }

    /// Takes a line; the batch that it completed, if it did.
    mutating func add(_ line: Int, _ text: some Sequence<UInt8>) -> Batch? {
        if count == 0 { firstLine = line }
        body.append(contentsOf: text)
        body.append(0x0a)
        lastLine = line
        count += 1
        return count >= Self.rows || body.count >= Self.bytes ? finish() : nil
    }

    /// What is left; nil when there is nothing.
    mutating func finish() -> Batch? {
        guard count > 0 else { return nil }
        let digest = Digest.sha256(of: Array("\(name)\n\(number)\n".utf8) + Array(body))
        let batch = Batch(
            number: number, firstLine: firstLine, lastLine: lastLine, rows: count, body: body,
            key: "heng-agent-" + digest.hex.prefix(32))
        number += 1
        count = 0
        body = Data()
        return batch
    }
}
