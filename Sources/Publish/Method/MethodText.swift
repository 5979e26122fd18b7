import Vocabulary
import Wording

/// The method as plain text for a terminal.
public struct MethodText: Sendable {
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
        var lines = [method.title, say("digest", ["digest": method.digest])]
        if method.ownValues > 0 {
            let values = ["ours": String(method.ownValues), "all": String(method.allValues), "mark": say("mark")]
            lines.append(say("ours", values))
        }
        for section in method.sections {
            lines += ["", say("heading", ["title": section.title, "points": section.points])]
            for group in section.groups {
                lines.append("  " + say("heading", ["title": group.title, "points": group.points]))
                for item in group.indicators { lines += indicator(item) }
            }
        }
        lines += ["", say("conventions")]
        lines += method.conventions.map { "  \($0.title)\(ours($0.isOurs)) \($0.text)" }
        return lines.joined(separator: "\n") + "\n"
    }

    private func ours(_ isOurs: Bool) -> String { isOurs ? say("mark") : "" }

    private func indicator(_ item: MethodIndicator) -> [String] {
        let head = say(
            "line",
            [
                "number": "\(item.number)", "title": item.title, "points": item.points + ours(item.pointsAreOurs),
                "mode": item.mode, "unit": item.unit, "window": item.window + ours(item.windowIsOurs),
                "id": item.id, "subject": item.subject,
            ])
        return ["    \(head)", "       \(item.definition)", "       \(item.rule)\(ours(item.ruleIsOurs))"]
            + item.details.map { "       \($0)" }
    }
}
