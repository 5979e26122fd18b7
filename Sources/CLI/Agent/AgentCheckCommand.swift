import ArgumentParser
import Collect
import Foundation
import Scheme
import Vocabulary
import Wording

/// `heng agent check`: every rule of the port on files, without a server.
struct AgentCheckCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "check", abstract: "Check files of records by every rule of the port, without sending anything.")

    @Argument(help: "Files of records: NDJSON (plain, .gz, .zst), or CSV and XLSX with --map.")
    var files: [String]
    @Option(help: "The edition's scheme, whose dictionaries and dates hold.")
    var scheme: String
    @Option(help: "The platform that the rows belong to; a row that names another is rejected.")
    var platform = "own"
    @Option(help: "Column map of CSV and XLSX files.")
    var map: String?
    @Option(help: "Language of what is printed: zh or en.")
    var lang = "zh"

    func run() async throws {
        try await Terminal.reporting(lang) {
            let catalogue = Catalogue.of(Terminal.language(lang))
            let scheme = try SchemeFile.scheme(self.scheme)
            let map = try self.map.map { try ColumnMap(file: $0) }
            var rejected = 0
            for file in files { rejected += try await check(file, map, scheme, catalogue) }
            if rejected > 0 { throw ExitCode(1) }
        }
    }

    private func check(
        _ file: String, _ map: ColumnMap?, _ scheme: IndicatorScheme, _ catalogue: Catalogue
    ) async throws -> Int {
        var cutter = BatchCutter(name: file)
        var sum = (accepted: 0, rejected: 0)
        var unknown: Set<String> = []
        func pass(_ batch: BatchCutter.Batch) throws {
            let reading = try BatchReader.read(Array(batch.body), context: try context(scheme))
            sum.accepted += reading.accepted
            sum.rejected += reading.rejects.count
            unknown.formUnion(reading.unknownFields)
            for fault in reading.rejects {
                let reason = catalogue.text(fault.code.textKey, fault.values)
                Terminal.write(
                    catalogue.text(
                        "agent.rejected",
                        [
                            "file": file, "row": "\(batch.firstLine + fault.line - 1)", "code": fault.code.rawValue,
                            "message": reason,
                        ]) + "\n")
            }
        }
        try await RecordLines.read(file, map: map) { line, text in
            if let batch = cutter.add(line, text) { try pass(batch) }
        }
        if let batch = cutter.finish() { try pass(batch) }
        if !unknown.isEmpty {
            let names = unknown.sorted().joined(separator: ", ")
            Terminal.write(catalogue.text("collect.count.unknown_fields", ["names": names]) + "\n")
        }
        Terminal.write(
            catalogue.text(
                "agent.checked", ["file": file, "accepted": "\(sum.accepted)", "rejected": "\(sum.rejected)"]) + "\n")
        return sum.rejected
    }

    /// The rules of a round that closes on the scheme's cut-off; being late is nothing that a file can know.
    private func context(_ scheme: IndicatorScheme) throws -> RecordContext {
        var generator = SystemRandomNumberGenerator()
        let now = Instant(milliseconds: Int64(Date().timeIntervalSince1970 * 1000))
        guard let cutOff = scheme.calendar?.cutOff.value else {
            throw Failure("collect.calendar_missing", ["scheme": scheme.id.rawValue])
        }
        var context = try RecordContext(
            scheme: scheme, platform: PlatformID(platform), cutOff: cutOff, seed: KeySeed(from: &generator), now: now)
        context.onTimeFrom = nil
        return context
    }
}
