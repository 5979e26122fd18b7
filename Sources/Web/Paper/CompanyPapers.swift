import Paper
import Review
import Scheme
import Submit
import Trust
import Vocabulary
import Wording

/// The company's papers: the application from its frozen version, and the promise.
struct CompanyPapers: Sendable {
    let writer: PaperWriter
    let participation: Participation

    private func say(_ key: String, _ values: [String: String] = [:]) -> String { writer.say(key, values) }

    func declaration(_ content: DeclarationContent, _ paper: PrintedPaper) -> PaperDocument {
        let values = content.declarations.reduce(into: [String: ExactDecimal]()) { all, declaration in
            all.merge(declaration.values) { _, new in new }
        }
        let files = Swift.Dictionary(grouping: content.evidence) { $0.cell.indicator }
        var blocks: [PaperDocument.Block] = [writer.heading(1, say("basics")), writer.identity(participation)]
        var number = 2
        for section in writer.scheme.sections {
            let rows = section.groups.flatMap(\.indicators).flatMap {
                self.rows($0, values, content.listCounts[$0.id], files[$0.id]?.count ?? 0)
            }
            guard !rows.isEmpty else { continue }
            blocks += [writer.heading(number, section.title[writer.language]), .table(table(rows))]
            number += 1
        }
        blocks += [writer.heading(number, say("evidence")), evidence(content.evidence)]
        blocks += [writer.heading(number + 1, say("promise")), .paragraph(say("promise_text"))]
        blocks.append(.signatures([say("legal_person"), say("stamp")], date: say("date")))
        return writer.document(
            .declaration, running: participation.company.name, paper: paper, blocks: blocks)
    }

    func commitment(_ paper: PrintedPaper) -> PaperDocument {
        let values = ["company": participation.company.name, "platform": participation.name]
        var blocks: [PaperDocument.Block] = [.paragraph(say("commitment_1", values))]
        blocks += (2...5).map { .paragraph(say("commitment_\($0)")) }
        blocks.append(.line(participation.company.code.text, .right))
        blocks.append(.signatures([say("legal_person"), say("stamp")], date: say("date")))
        return writer.document(
            .commitment, manner: .letter, running: participation.company.name, paper: paper, blocks: blocks)
    }

    private func rows(
        _ indicator: Indicator, _ values: [String: ExactDecimal], _ listCount: Int?, _ files: Int
    ) -> [[String]] {
        let figures = indicator.declaredFigures(in: writer.scheme).filter {
            $0.source != .marked && $0.source != .borrowed
        }
        let number = "\(indicator.number)"
        let title = indicator.title[writer.language]
        guard !figures.isEmpty else { return [[number, title, "", say("collected"), ""]] }
        return figures.enumerated().map { index, figure in
            let name = figure.id == indicator.id.rawValue ? title : "\(title) \u{00B7} \(figure.title[writer.language])"
            var value = values[figure.id]?.description ?? say("blank")
            if figure.source == .condition, let answer = values[figure.id] {
                value = say(answer == .zero ? "no" : "yes")
            } else if let step = figure.steps.first(where: { $0.at.value == values[figure.id]?.doubleValue }) {
                value = "\(value)\(step.title.map { " \u{00B7} " + $0[writer.language] } ?? "")"
            }
            if figure.source == .list, let listCount { value += say("list_rows", ["count": "\(listCount)"]) }
            return [
                index == 0 ? number : "", name, figure.unit[writer.language], value,
                index == 0 && files > 0 ? "\(files)" : "",
            ]
        }
    }

    private func table(_ rows: [[String]]) -> PaperDocument.Table {
        .init(
            columns: [
                .init(say("number"), weight: 0.5, .center), .init(say("indicator"), weight: 3),
                .init(say("unit"), weight: 0.7, .center), .init(say("declared"), weight: 1.3, .right),
                .init(say("files"), weight: 0.6, .center),
            ], rows: rows)
    }

    private func evidence(_ files: [EvidenceFile]) -> PaperDocument.Block {
        guard !files.isEmpty else { return .paragraph(say("no_evidence")) }
        let rows = files.enumerated().map { index, file in
            let indicator = writer.scheme.indicator(file.cell.indicator)
            return [
                "\(index + 1)", indicator.map { "\($0.number) \($0.title[writer.language])" } ?? "", file.name,
                String(file.digest.hex.prefix(16)),
            ]
        }
        return .table(
            .init(
                columns: [
                    .init(say("number"), weight: 0.5, .center), .init(say("indicator"), weight: 2),
                    .init(say("file"), weight: 2.4), .init(say("file_digest"), weight: 1.5),
                ], rows: rows))
    }
}
