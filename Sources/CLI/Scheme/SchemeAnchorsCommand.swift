import ArgumentParser
import Scheme
import Score
import Vocabulary
import Wording

/// `heng scheme anchors`: floors and targets proposed from a trial field.
struct SchemeAnchorsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "anchors", abstract: "Propose floors and targets: the 10th and 95th percentile of a trial field.")

    @Argument(help: "The scheme file.")
    var file: String
    @Option(help: "The trial field (CSV, as for heng score).")
    var values: String
    @Option(help: "table or json; table on a terminal, else json.")
    var format: SchemeFormat?
    @Option(help: "Language: zh or en.")
    var lang = "zh"

    func run() async throws {
        try await Terminal.reporting(lang) {
            let language = Terminal.language(lang)
            let scheme = try SchemeFile.scheme(file)
            let field = ValuesFile(reading: try SchemeFile.bytes(values), scheme: scheme)
            guard field.isUsable else {
                throw Failure("score.command_values_wrong", ["path": values], findings: field.findings)
            }
            var columns: [IndicatorID: [Double?]] = [:]
            for indicator in scheme.indicators {
                columns[indicator.id] = field.units.map { $0.values[indicator.id.rawValue]?.number }
            }
            let proposals = AnchorProposal.proposals(for: scheme, values: columns)
            switch format ?? SchemeFormat.standard {
            case .table: SchemeFile.write(table(proposals, scheme, language))
            case .json: SchemeFile.write(try SchemeFormat.json(proposals))
            }
            Terminal.say(language, "scheme.command_anchors", ["units": "\(field.units.count)"])
        }
    }

    private func table(_ proposals: [AnchorProposal], _ scheme: IndicatorScheme, _ language: Language) -> String {
        let catalogue = Catalogue.of(language)
        let names = ["number", "indicator", "count", "tenth", "median", "ninety_fifth", "now", "proposed"]
        var rows = [names.map { catalogue.text("scheme.column_\($0)") }]
        for item in proposals {
            let proposed = item.proposedFloor.flatMap { low in
                item.proposedTarget.map { "\(AnchorNumber.text(low)) → \(AnchorNumber.text($0))" }
            }
            rows.append([
                "\(item.number)", scheme.indicator(item.indicator)?.title[language] ?? "", "\(item.count)",
                AnchorNumber.text(item.tenth), AnchorNumber.text(item.median), AnchorNumber.text(item.ninetyFifth),
                "\(AnchorNumber.text(item.floor)) → \(AnchorNumber.text(item.target))",
                proposed ?? catalogue.text("scheme.no_proposal"),
            ])
        }
        return AlignedTable.text(rows, leftAligned: [1])
    }
}

/// Figures of a proposal for people: whole where they are, else two digits after the point.
enum AnchorNumber {
    static func text(_ value: Double) -> String {
        if value == value.rounded(), abs(value) < 1e15 { return String(Int(value)) }
        return ExactDecimal(rounding: value, places: 2)?.description ?? value.description
    }
}

/// Rows under each other, columns aligned; the first row is the header.
enum AlignedTable {
    static func text(_ rows: [[String]], leftAligned: Set<Int>) -> String {
        guard let header = rows.first else { return "" }
        let widths = header.indices.map { column in rows.map { TerminalWidth.of($0[column]) }.max() ?? 0 }
        return rows.map { row in
            row.enumerated().map { column, cell in
                let space = String(repeating: " ", count: widths[column] - TerminalWidth.of(cell))
                return leftAligned.contains(column) ? cell + space : space + cell
            }.joined(separator: "  ") + "\n"
        }.joined()
    }
}
