import Review
import Submit
import Vocabulary
import Wording

/// Fills the page of what filling in costs.
struct BurdenPageBuilder {
    let round: Round
    let lines: [BurdenRoutes.BurdenResource]
    let language: Language

    func page() -> BurdenPage {
        let catalogue = Catalogue.of(language)
        func say(_ key: String, _ values: [String: String] = [:]) -> String {
            catalogue.text("web.burden.\(key)", values)
        }
        func figure(_ value: Int) -> String { FigureFormat.grouped(value) }
        let typed = lines.reduce(0) { $0 + $1.typed }
        let fields = lines.reduce(0) { $0 + $1.typed + $1.copied + $1.prefilled + $1.imported }
        let spared = fields == 0 ? 0 : (fields - typed) * 100 / fields
        let values = [
            "companies": figure(lines.count), "minutes": figure(CompanyBurden.median(lines.map(\.minutes))),
            "files": figure(CompanyBurden.median(lines.map(\.files))), "spared": "\(spared)",
            "returns": figure(lines.reduce(0) { $0 + $1.returns }),
        ]
        return BurdenPage(
            heading: Heading(
                say("title"), kicker: round.title[language], lead: say("lead"),
                acts: [
                    HeadAct(say("excel"), href: "/authority/rounds/\(round.id)/burden.xlsx", isDownload: true)
                ]),
            summary: say("summary", values), isEmpty: lines.isEmpty, none: EmptyState(say("none")),
            lines: lines.sorted { ($1.minutes, $0.name) < ($0.minutes, $1.name) }.map { line in
                BurdenPage.Line(
                    platform: line.name, typed: figure(line.typed), copied: figure(line.copied),
                    prefilled: figure(line.prefilled), imported: figure(line.imported), rows: figure(line.listRows),
                    files: figure(line.files), megabytes: figure((line.fileBytes + 500_000) / 1_000_000),
                    minutes: figure(line.minutes), returns: figure(line.returns))
            })
    }
}
