import ArgumentParser
import Collect
import Foundation
import Vocabulary
import Wording

/// `heng count`: exact distinct counts of NDJSON port records.
struct CountCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "count",
        abstract: "Count records and different identifiers in port records (NDJSON, .pb; plain, .gz, .zst; - stdin).")

    @Argument(help: "Files of records; - is standard input.")
    var files: [String]
    @Option(help: "Columns to count by: any of platform, kind, month, day.")
    var by = "platform,kind"
    @Option(help: "Only this month (2025-11) or day (2025-11-03).")
    var window: String?
    @Option(help: "Zone in which days and months are cut.")
    var zone = "Asia/Shanghai"
    @Option(help: "Memory of the whole process; identifiers beyond it go to a temporary file.")
    var memory = "512MiB"
    @Option(help: "table, json or csv; a table on a terminal, json otherwise.")
    var format: CountReport.Format?
    @Option(help: "Language of what is printed: zh or en.")
    var lang = "zh"

    func validate() throws {
        if CountGrouping(by) == nil { throw ValidationError("--by takes platform, kind, month, day") }
        if MemorySize(memory) == nil {
            throw ValidationError("--memory takes a size such as 512MiB or 1GiB, from 16MiB")
        }
        if DayCutter(zoneName: zone) == nil { throw ValidationError("--zone: no such zone: \(zone)") }
        if let window, CivilMonth(window) == nil, CivilDay(window) == nil {
            throw ValidationError("--window takes 2025-11 or 2025-11-03")
        }
    }

    func run() async throws {
        try await Terminal.reporting(lang) {
            guard let grouping = CountGrouping(by), let size = MemorySize(memory),
                let cutter = DayCutter(zoneName: zone)
            else { return }
            var generator = SystemRandomNumberGenerator()
            var context = RecordContext(platform: nil, seed: KeySeed(from: &generator), cutter: cutter)
            context.keyFamily = .universal
            let days = window.flatMap { text in
                CivilDay(text).map { $0...$0 } ?? CivilMonth(text)?.days
            }
            let counting = FileCounting(
                settings: DistinctCounter.Settings(
                    context: context, grouping: grouping, window: days, memory: size.bytes))
            let result = try counting.count(files)
            let report = CountReport(grouping: grouping, counts: result.counts)
            print(report.text(format ?? (isatty(STDOUT_FILENO) == 1 ? .table : .json)), terminator: "")
            try complain(result)
        }
    }

    /// Lists what was not taken on standard error; exit status 1 when there is any.
    private func complain(_ result: FileCounting.Result) throws {
        let catalogue = Catalogue.of(Terminal.language(lang))
        for (file, fault) in result.faults {
            let reason = catalogue.text(fault.code.textKey, fault.values)
            Terminal.write(
                catalogue.text(
                    "collect.count.fault",
                    ["file": file, "line": "\(fault.line)", "code": fault.code.rawValue, "reason": reason]) + "\n")
        }
        if !result.unknownFields.isEmpty {
            let names = result.unknownFields.sorted().joined(separator: ", ")
            Terminal.write(catalogue.text("collect.count.unknown_fields", ["names": names]) + "\n")
        }
        guard result.faultCount > 0 else { return }
        Terminal.write(catalogue.text("collect.count.faults", ["count": "\(result.faultCount)"]) + "\n")
        throw ExitCode(1)
    }
}

/// `512MiB`, `1GiB`, `64MB`, or bytes.
struct MemorySize {
    let bytes: Int

    /// Nil for anything else and below 16 MiB.
    init?(_ text: String) {
        let units = [
            ("KiB", 1 << 10), ("MiB", 1 << 20), ("GiB", 1 << 30), ("KB", 1_000), ("MB", 1_000_000),
            ("GB", 1_000_000_000), ("B", 1), ("", 1),
        ]
        guard let (suffix, factor) = units.first(where: { text.hasSuffix($0.0) }),
            let number = Int(text.dropLast(suffix.count)), number > 0
        else { return nil }
        let (product, isTooLarge) = number.multipliedReportingOverflow(by: factor)
        guard !isTooLarge, product >= 16 << 20 else { return nil }
        bytes = product
    }
}
