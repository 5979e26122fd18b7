import ArgumentParser
import Foundation
import Match
import Vocabulary
import Wording

/// `heng match`: the ladder, with the rule that decided each row.
struct MatchCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "match", abstract: "Match names against an official list, with the rule that decided each row.",
        discussion: """
            Columns are found by their usual headings in Chinese and English (company, code, former name, platform,
            alias …). With --platform a row must also name the platform or one of its aliases. Exit status: 0 done, 1
            one of the files has rows that cannot be used.
            """)

    @Argument(help: "The official list (CSV, UTF-8).")
    var list: String
    @Argument(help: "The names to look for (CSV, UTF-8); - reads standard input.")
    var names: String
    @Flag(help: "The list must also name the platform; the company is the witness.")
    var platform = false
    @Option(help: "table, json or csv; table on a terminal, else json.")
    var format: DataFormat?
    @Option(help: "Language of what people read: zh or en.")
    var lang = "zh"

    /// One name's answer, the JSON of `docs/cli.md`.
    struct Answer: Encodable {
        let row: Int
        let name: String
        let code: String?
        let outcome: MatchDecision.Outcome
        let rule: MatchRule?
        let accepted: [Row]
        let candidates: [Row]
        let explanation: [String]

        struct Row: Encodable {
            let row: Int
            let company: String
            let code: String?
            let platform: String?
            let rule: String
            let similarity: Double?
        }
    }

    func run() async throws {
        try await Terminal.reporting(lang) {
            let catalogue = Catalogue.of(Terminal.language(lang))
            let reader = OfficialListReader()
            let header = ListHeader(
                title: URL(filePath: list).lastPathComponent, issuer: "", document: "",
                date: CivilDay(daysSince1970: 0))
            let reading = reader.read(try PlainTable.bytes(of: list), header: header)
            let (subjects, findings) = reader.readSubjects(try PlainTable.bytes(of: names))
            try stop(list, reading.list.rows.isEmpty, reading.findings)
            try stop(names, subjects.isEmpty, findings)
            say(list, reading.findings, catalogue)
            say(names, findings, catalogue)
            let ladder = MatchLadder(ListIndex(reading.list))
            let answers = subjects.map { answer($0, ladder.decide($0, asksPlatform: platform), catalogue) }
            PlainTable.print(try text(answers, catalogue))
            if (reading.findings + findings).contains(where: { $0.severity == .error }) { throw ExitCode(1) }
        }
    }

    private func stop(_ path: String, _ isEmpty: Bool, _ findings: [Finding]) throws {
        let errors = findings.filter { $0.severity == .error }
        if isEmpty, !errors.isEmpty { throw Failure("match.file_wrong", ["path": path], findings: errors) }
    }

    /// The first hundred findings, on standard error.
    private func say(_ path: String, _ findings: [Finding], _ catalogue: Catalogue) {
        for finding in findings.filter({ $0.severity > .note }).prefix(100) {
            Terminal.write("\(path): \(finding.place): \(catalogue.text(finding))\n")
        }
    }

    private func answer(_ subject: MatchSubject, _ decision: MatchDecision, _ catalogue: Catalogue) -> Answer {
        var statements = decision.accepted.flatMap(\.explanation) + decision.candidates.flatMap(\.explanation)
        statements += [decision.proofStatement].compactMap { $0 }
        return Answer(
            row: Int(subject.id) ?? 0, name: subject.name, code: subject.code?.text, outcome: decision.outcome,
            rule: decision.rule,
            accepted: decision.accepted.map { row($0.row, $0.rule.rawValue, nil) },
            candidates: decision.candidates.map { row($0.row, $0.reason.rawValue, $0.similarity) },
            explanation: statements.map { catalogue.text($0.code, $0.values) })
    }

    private func row(_ row: ListRow, _ rule: String, _ similarity: Double?) -> Answer.Row {
        Answer.Row(
            row: row.number, company: row.company, code: row.code?.text ?? row.damagedCode, platform: row.platform,
            rule: rule, similarity: similarity)
    }

    private func text(_ answers: [Answer], _ catalogue: Catalogue) throws -> String {
        let columns = ["row", "name", "outcome", "rule", "listed", "explanation"]
        switch DataFormat.chosen(format) {
        case .json: return try PlainTable.json(answers)
        case .csv:
            let rows = answers.map { answer in
                [
                    "\(answer.row)", answer.name, answer.outcome.rawValue, answer.rule?.rawValue ?? "",
                    (answer.accepted + answer.candidates).map { "\($0.row)" }.joined(separator: " "),
                    answer.explanation.joined(separator: " "),
                ]
            }
            return ([columns] + rows).map(DelimitedText.line).joined()
        case .table:
            let rows = answers.map { answer in
                [
                    "\(answer.row)", answer.name, catalogue.text("match.outcome.\(answer.outcome.rawValue)"),
                    catalogue.text("match.rule.\(answer.rule?.rawValue ?? "none")"),
                    (answer.accepted + answer.candidates).map { "\($0.row)" }.joined(separator: " "),
                    answer.explanation.first ?? "",
                ]
            }
            return PlainTable.text([columns.map { catalogue.text("match.column.\($0)") }] + rows)
        }
    }
}
