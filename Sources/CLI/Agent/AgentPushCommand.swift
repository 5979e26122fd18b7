import ArgumentParser
import Foundation
import Vocabulary
import Wording

/// `heng agent push`: sends files, and goes on where it was cut off.
struct AgentPushCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "push",
        abstract: "Send records: NDJSON (plain, .gz, .zst), or CSV and XLSX with --map. Run again after a cut.")

    @Argument(help: "Files of records.")
    var files: [String]
    @OptionGroup var connection: AgentConnection
    @Option(help: "Column map of CSV and XLSX files.")
    var map: String?
    @Option(help: "Reason for rows that come late.")
    var lateReason: String?
    @Flag(help: "Have every row checked with a sandbox key; nothing is kept.")
    var sandbox = false

    func run() async throws {
        try await Terminal.reporting(connection.lang) {
            let push = FilePush(
                client: try connection.client(), map: try map.map { try ColumnMap(file: $0) }, lateReason: lateReason,
                isSandbox: sandbox, language: Terminal.language(connection.lang))
            var rejected = 0
            for file in files { rejected += try await push.send(file) }
            if rejected > 0 { throw ExitCode(1) }
        }
    }
}

/// One file on its way.
struct FilePush: Sendable {
    let client: PortClient
    let map: ColumnMap?
    let lateReason: String?
    let isSandbox: Bool
    let language: Language

    /// Sends what has no receipt yet.
    /// - Returns: rejected rows, over all batches of the file.
    func send(_ file: String) async throws -> Int {
        let journal = isSandbox ? nil : try ReceiptJournal(beside: file)
        var cutter = BatchCutter(name: (file as NSString).lastPathComponent)
        var sum = (sent: 0, known: 0, accepted: 0, rejected: 0)
        func pass(_ batch: BatchCutter.Batch) async throws {
            let receipt: ReceiptJournal.Receipt
            if let known = journal?.receipts[batch.key] {
                receipt = known
                sum.known += 1
            } else {
                receipt = try await send(batch)
                try journal?.keep(receipt, for: batch)
                sum.sent += 1
                complain(file, batch, receipt)
            }
            sum.accepted += receipt.accepted
            sum.rejected += receipt.rejected
        }
        try await RecordLines.read(file, map: map) { line, text in
            if let batch = cutter.add(line, text) { try await pass(batch) }
        }
        if let batch = cutter.finish() { try await pass(batch) }
        Terminal.say(
            language, "agent.pushed",
            [
                "file": file, "batches": "\(sum.sent)", "known": "\(sum.known)", "accepted": "\(sum.accepted)",
                "rejected": "\(sum.rejected)",
            ])
        return sum.rejected
    }

    private func send(_ batch: BatchCutter.Batch) async throws -> ReceiptJournal.Receipt {
        let tag = language == .zhHans ? "zh" : "en"
        var query = "?lang=\(tag)"
        if let reason = lateReason?.addingPercentEncoding(withAllowedCharacters: .alphanumerics) {
            query += "&lateReason=\(reason)"
        }
        let answer = try await client.ask(
            "POST", (isSandbox ? "/port/v1/sandbox/batches" : "/port/v1/batches") + query, body: batch.body,
            headers: ["Content-Type": "application/x-ndjson", "Idempotency-Key": batch.key])
        return try answer.decode(ReceiptJournal.Receipt.self)
    }

    /// Every listed reject with its line in the file, not in the batch.
    private func complain(_ file: String, _ batch: BatchCutter.Batch, _ receipt: ReceiptJournal.Receipt) {
        for reject in receipt.rejects {
            Terminal.say(
                language, "agent.rejected",
                [
                    "file": file, "row": "\(batch.firstLine + reject.line - 1)", "code": reject.code,
                    "message": reject.message,
                ])
        }
    }
}
