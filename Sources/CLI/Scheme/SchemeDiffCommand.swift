import ArgumentParser
import Scheme
import Vocabulary
import Wording

/// `heng scheme diff`: what changed between two versions, value by value.
struct SchemeDiffCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "diff", abstract: "Print what changed between two scheme files, value by value.")

    @Argument(help: "The earlier file.")
    var old: String
    @Argument(help: "The later file.")
    var new: String
    @Option(help: "table or json; table on a terminal, else json.")
    var format: SchemeFormat?
    @Option(help: "Language: zh or en.")
    var lang = "zh"

    private struct Row: Encodable {
        var kind: SchemeDifference.Kind
        var path: String
        var indicator: String?
        var old: String?
        var new: String?
        var oldLine: Int?
        var newLine: Int?
    }

    func run() async throws {
        try await Terminal.reporting(lang) {
            let language = Terminal.language(lang)
            let (before, after) = (try SchemeFile.bytes(old), try SchemeFile.bytes(new))
            let difference = try SchemeDifference(
                old: String(decoding: before, as: UTF8.self), new: String(decoding: after, as: UTF8.self),
                oldName: old, newName: new)
            let titles = SchemeReader.read(bytes: after).scheme ?? SchemeReader.read(bytes: before).scheme
            switch format ?? SchemeFormat.standard {
            case .table:
                for change in difference.changes { SchemeFile.write(line(change, titles, language) + "\n") }
            case .json:
                let rows = difference.changes.map {
                    Row(
                        kind: $0.kind, path: $0.path, indicator: $0.indicator?.rawValue, old: $0.old, new: $0.new,
                        oldLine: $0.oldLine, newLine: $0.newLine)
                }
                SchemeFile.write(try SchemeFormat.json(rows))
            }
            Terminal.say(language, "scheme.command_changes", ["count": "\(difference.changes.count)"])
        }
    }

    private func line(
        _ change: SchemeDifference.Change, _ scheme: IndicatorScheme?, _ language: Language
    ) -> String {
        let catalogue = Catalogue.of(language)
        var place = change.path
        if let id = change.indicator, let title = scheme?.indicator(id)?.title[language],
            let range = place.range(of: "indicators[\(id)]")
        {
            place = "\(title)\(place[range.upperBound...])"
        }
        let values = ["place": place, "old": change.old ?? "", "new": change.new ?? ""]
        return catalogue.text("scheme.command_change_\(change.kind.rawValue)", values)
    }
}
