import ArgumentParser
import Foundation
import Match
import Vocabulary
import Wording

/// `heng code`: is this a credit code, and if not, why.
struct CodeCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "code", abstract: "Check unified social credit codes (GB 32100, GB 11714), with the reason.",
        discussion: """
            Full-width characters, small letters, spaces and hyphens are forgiven, nothing else is. Codes one slip away
            are shown to compare with, never taken. Exit status: 0 all valid, 1 at least one is not.
            """)

    @Argument(help: "Codes; - reads one a line from standard input.")
    var codes: [String]
    @Option(help: "table, json or csv; table on a terminal, else json.")
    var format: DataFormat?
    @Option(help: "Language of what people read: zh or en.")
    var lang = "zh"

    /// One code's answer, the JSON of `docs/cli.md`.
    struct Answer: Encodable {
        let given: String
        let code: String?
        let valid: Bool
        let gb32100: Bool
        let gb11714: Bool
        let faults: [Fault]
        let near: [String]
        let message: String

        struct Fault: Encodable {
            let code: String
            let values: [String: String]
            let message: String
        }
    }

    func run() async throws {
        try await Terminal.reporting(lang) {
            let catalogue = Catalogue.of(Terminal.language(lang))
            let answers = try given().map { answer($0, catalogue) }
            switch DataFormat.chosen(format) {
            case .json: PlainTable.print(try PlainTable.json(answers))
            case .csv:
                let rows = answers.map { ["\($0.given)", "\($0.valid)", $0.near.joined(separator: " "), $0.message] }
                PlainTable.print(([["code", "valid", "near", "message"]] + rows).map(DelimitedText.line).joined())
            case .table:
                let header = ["code", "valid", "explanation"].map { catalogue.text("match.column.\($0)") }
                let rows = answers.map {
                    [$0.given, catalogue.text($0.valid ? "match.valid" : "match.invalid"), $0.message]
                }
                PlainTable.print(PlainTable.text([header] + rows))
            }
            if answers.contains(where: { !$0.valid }) { throw ExitCode(1) }
        }
    }

    private func given() throws -> [String] {
        guard codes == ["-"] else { return codes }
        let text = String(decoding: try PlainTable.bytes(of: "-"), as: UTF8.self)
        return text.split(whereSeparator: \.isNewline).map(String.init)
    }

    private func answer(_ text: String, _ catalogue: Catalogue) -> Answer {
        let check = CompanyCode.check(text)
        let faults = check.faults.map {
            Answer.Fault(code: $0.code, values: $0.values, message: catalogue.text($0.code, $0.values))
        }
        let near = CodeRepair.oneSlip(from: text).map(\.text)
        var sentences = faults.map(\.message)
        if !near.isEmpty { sentences.append(catalogue.text("match.code_near", ["near": near.joined(separator: ", ")])) }
        if let code = check.code {
            let values = ["region": code.region.rawValue, "organisation": code.organisationCode]
            sentences = [catalogue.text("match.code_good", values)]
        }
        return Answer(
            given: text, code: check.code?.text, valid: check.code != nil, gb32100: check.satisfiesGB32100,
            gb11714: check.satisfiesGB11714, faults: faults, near: near, message: sentences.joined(separator: " "))
    }
}
