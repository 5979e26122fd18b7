import Vocabulary
import Wording

/// The annex of the notice, indicators and how they are marked, as Markdown; figures of ours carry a mark that the foreword explains.
public struct MethodMarkdown: Sendable {
    let method: Method
    let language: Language

    public init(_ method: Method, _ language: Language) {
        self.method = method
        self.language = language
    }

    private func say(_ key: String, _ values: [String: String] = [:]) -> String {
        Catalogue.of(language).text("publish.annex.\(key)", values)
    }

    public func text() -> String {
        var lines = ["# \(say("title"))", "", method.title, ""]
        let values = [
            "ours": String(method.ownValues), "all": String(method.allValues), "mark": mark, "digest": method.digest,
        ]
        lines += ["> \(say(method.ownValues == 0 ? "confirmed" : "ours", values))", "", say("digest", values), ""]
        lines += overview()
        for section in method.sections { lines += self.section(section) }
        lines += ["## \(say("conventions"))", ""]
        lines += method.conventions.map { "- **\($0.title)**\(ours($0.isOurs)) \(cell($0.text))" } + [""]
        if let rubric = method.rubric { lines += self.rubric(rubric) }
        lines += dictionaries()
        return lines.joined(separator: "\n") + "\n"
    }

    private var mark: String { say("mark") }
    private func ours(_ isOurs: Bool) -> String { isOurs ? mark : "" }
    /// A pipe would end a table's cell, a line break its row.
    private func cell(_ text: String) -> String {
        text.replacing("|", with: "\\|").replacing("\n", with: " ")
    }

    private func row(_ cells: [String]) -> String { "| " + cells.map(cell).joined(separator: " | ") + " |" }

    private func table(_ header: [String], _ rows: [[String]]) -> [String] {
        [row(header), row(header.map { _ in "---" })] + rows.map(row) + [""]
    }

    private func overview() -> [String] {
        let rows = method.sections.flatMap { section in
            section.groups.map { [section.title, $0.title, "\($0.indicators.count)", $0.points] }
        }
        return ["## \(say("overview"))", ""]
            + table([say("section"), say("group"), say("count"), say("points")], rows)
    }

    private func section(_ section: MethodSection) -> [String] {
        var lines = ["## \(say("heading", ["title": section.title, "points": section.points]))", ""]
        for group in section.groups {
            lines += ["### \(say("heading", ["title": group.title, "points": group.points]))", ""]
            let header = ["number", "indicator", "mode", "window", "unit", "points", "rule"].map { say($0) }
            lines += table(
                header,
                group.indicators.map { item in
                    [
                        "\(item.number)", item.title, item.mode, item.window + ours(item.windowIsOurs), item.unit,
                        item.points + ours(item.pointsAreOurs), item.rule + ours(item.ruleIsOurs),
                    ]
                })
            for item in group.indicators {
                lines.append("**\(item.number). \(item.title)** \(item.definition)")
                lines += item.details.isEmpty ? [""] : [""] + item.details.map { "- \($0)" } + [""]
            }
        }
        return lines
    }

    private func rubric(_ rubric: MethodRubric) -> [String] {
        let rows = rubric.lines.map { [$0.title, $0.points + ours($0.isOurs)] + $0.steps }
        return ["## \(say("rubric"))", ""] + table([say("rubric_line"), say("points")] + rubric.bands, rows)
    }

    /// Long dictionaries are counted, not printed; they stand in the file.
    private func dictionaries() -> [String] {
        let lines = method.dictionaries.map { dictionary in
            let list = dictionary.entries.joined(
                separator: Catalogue.of(language).text("publish.method.word_separator"))
            let count = say("entries", ["count": "\(dictionary.entries.count)"])
            let text = dictionary.entries.count > 80 ? count : list
            return "- **\(dictionary.title)**\(ours(dictionary.isOurs)) \(text)"
        }
        return ["## \(say("dictionaries"))", ""] + lines
    }
}
