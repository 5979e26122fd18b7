import ArgumentParser
import Foundation
import Scheme
import Vocabulary
import Wording

/// `heng scheme check`: every fault with its line and path.
struct SchemeCheckCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "check", abstract: "Find every fault of a scheme file, with line and key path.",
        discussion: "Exit status: 0 no fault, 1 faults, 2 usage, 3 system.")

    @Argument(help: "The scheme file; - reads standard input.")
    var file: String
    @Option(help: "table or json; table on a terminal, else json.")
    var format: SchemeFormat?
    @Option(help: "Language of the findings: zh or en.")
    var lang = "zh"

    func run() async throws {
        try await Terminal.reporting(lang) {
            let language = Terminal.language(lang)
            let (scheme, findings) = SchemeReader.read(bytes: try SchemeFile.bytes(file))
            switch format ?? SchemeFormat.standard {
            case .table: SchemeFile.write(findings.map { line($0, language) }.joined())
            case .json: SchemeFile.write(try json(findings, language))
            }
            let errors = findings.count { $0.severity == .error }
            let values = [
                "file": file, "errors": "\(errors)", "others": "\(findings.count - errors)",
                "indicators": "\(scheme?.indicators.count ?? 0)", "ours": "\(scheme?.unconfirmed.count ?? 0)",
            ]
            Terminal.say(language, scheme == nil ? "scheme.command_faults" : "scheme.command_sound", values)
            if errors > 0 { throw ExitCode(1) }
        }
    }

    private func line(_ finding: Finding, _ language: Language) -> String {
        let catalogue = Catalogue.of(language)
        let path = finding.values["path"] ?? ""
        let values = ["line": finding.values["line"] ?? "", "path": path, "text": catalogue.text(finding)]
        return catalogue.text(path.isEmpty ? "scheme.command_finding_line" : "scheme.command_finding", values) + "\n"
    }

    private struct Row: Encodable {
        var severity: Finding.Severity
        var code: String
        var line: Int
        var path: String
        var message: String
    }

    private func json(_ findings: [Finding], _ language: Language) throws -> String {
        let catalogue = Catalogue.of(language)
        let rows = findings.map { finding in
            Row(
                severity: finding.severity, code: finding.code, line: Int(finding.values["line"] ?? "") ?? 0,
                path: finding.values["path"] ?? "", message: catalogue.text(finding))
        }
        return try SchemeFormat.json(rows)
    }
}

/// The forms in which the scheme commands print data.
enum SchemeFormat: String, ExpressibleByArgument, CaseIterable {
    case table, json

    static var standard: SchemeFormat { isatty(STDOUT_FILENO) == 1 ? .table : .json }

    static func json(_ value: some Encodable) throws -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        return String(decoding: try encoder.encode(value), as: UTF8.self) + "\n"
    }
}
