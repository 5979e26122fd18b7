import ArgumentParser
import Foundation
import Scheme
import Score
import Vocabulary
import Wording

/// `heng score`: any composite index from a table of values.
struct ScoreCommand: AsyncParsableCommand {
    enum Format: String, ExpressibleByArgument, CaseIterable { case table, json, csv }

    static let configuration = CommandConfiguration(
        commandName: "score", abstract: "Score and rank a table of values by a scheme.",
        discussion: """
            VALUES is wide: first column the unit (or the column that the scheme names), one column per indicator or
            part, empty = missing. Optional INDICATOR.evidence (E0 … E4, E0+, waiting) and INDICATOR.completeness
            (0 … 1) weigh port indicators; without them every factor is 1. Exit status: 0 done, 1 the input is wrong.
            """)

    @Argument(help: "The scheme file.")
    var scheme: String
    @Option(help: "The table of values (CSV, UTF-8); - reads standard input.")
    var values: String
    @Option(help: "table, json or csv; table on a terminal, else json.")
    var format: Format?
    @Option(help: "Language of what people read: zh or en.")
    var lang = "zh"
    @Flag(help: "Count every evidence level and completeness in full.")
    var withoutEvidence = false
    @Option(help: "Seed of the lot drawn among equals of the limited list.")
    var seed: UInt64 = 0
    @Option(help: "Print the score sheet of this unit instead.")
    var sheet: String?

    func run() async throws {
        try await Terminal.reporting(lang) {
            let language = Terminal.language(lang)
            let scheme = try readScheme()
            let file = ValuesFile(reading: try bytes(of: values), scheme: scheme)
            let lasting = file.findings.filter { $0.severity >= .warning }
            guard file.isUsable else {
                throw Failure(
                    "score.command_values_wrong", ["path": values],
                    findings: lasting.filter { $0.severity == .error })
            }
            say(lasting, language)
            let options = ScoringOptions(evidenceCounts: !withoutEvidence, lotSeed: seed)
            let field = ScoreEngine(scheme: scheme, options: options).score(file.units)
            say(field.findings, language)
            if withoutEvidence { Terminal.say(language, "score.command_without_evidence") }
            try write(field, scheme, language)
        }
    }

    private func readScheme() throws -> IndicatorScheme {
        let (read, findings) = SchemeReader.read(bytes: try bytes(of: scheme))
        guard let read else {
            throw Failure(
                "score.command_scheme_wrong", ["path": scheme], findings: findings.filter { $0.severity == .error })
        }
        return read
    }

    private func bytes(of path: String) throws -> [UInt8] {
        do {
            if path == "-" { return Array(try FileHandle.standardInput.readToEnd() ?? Data()) }
            return Array(try Data(contentsOf: URL(filePath: path)))
        } catch {
            throw Failure("score.command_file_unreadable", ["path": path], cause: error)
        }
    }

    private func write(_ field: ScoreField, _ scheme: IndicatorScheme, _ language: Language) throws {
        let document = ScoreDocument(scheme: scheme, field: field)
        let text: String
        if let sheet {
            guard let unit = field.unit(sheet) else { throw Failure("score.command_unit_unknown", ["unit": sheet]) }
            text = SheetText(unit: unit, catalogue: Catalogue.of(language)).text()
        } else {
            switch format ?? (isatty(STDOUT_FILENO) == 1 ? .table : .json) {
            case .table: text = RankingTable(scheme: scheme, field: field, catalogue: Catalogue.of(language)).text()
            case .json: text = document.json()
            case .csv: text = document.csv()
            }
        }
        FileHandle.standardOutput.write(Data(text.utf8))
    }

    /// The first hundred findings, on standard error.
    private func say(_ findings: [Finding], _ language: Language) {
        let catalogue = Catalogue.of(language)
        for finding in findings.prefix(100) { Terminal.write("\(finding.place): \(catalogue.text(finding))\n") }
        if findings.count > 100 {
            Terminal.say(language, "score.command_more_findings", ["count": "\(findings.count - 100)"])
        }
    }
}
