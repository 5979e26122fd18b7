import Paper
import Review
import Scheme
import Vocabulary
import Wording

/// The experts' sheets as they are printed and exported; nothing of it is redacted, and nothing hidden is in it.
public struct ExpertMarkSheets: Sendable {
    /// One expert's sheet for one case.
    public struct Line: Sendable, Hashable {
        public let expert: AccountID
        public let expertName: String
        public let employer: String
        public let platform: PlatformID
        public let platformName: String
        public let indicator: IndicatorID
        public let indicatorNumber: Int
        public let indicatorTitle: LocalizedText
        /// 1, or 2 after a discussion.
        public let sitting: Int
        /// One for each line of the rubric; empty for an overall mark.
        public let criteria: [ExactDecimal]
        public let mark: ExactDecimal
        public let comment: String
        public let at: Instant
        /// Whether it is this sheet that enters the settlement.
        public let counts: Bool
    }

    public let rubric: [RubricLine]
    /// By indicator, platform, expert, sitting; only of cases whose marks may be seen.
    public let lines: [Line]

    init(_ known: ExpertRound, pool: [AccountID: Expert]) {
        rubric = known.scheme.expertMarking?.rubric ?? []
        lines = known.indicators.flatMap { indicator in
            known.participations.flatMap { one -> [Line] in
                guard let standing = known.standings[known.cell(one.platform, indicator.id)] else { return [] }
                let counting = Set(standing.stage == .ready ? standing.counting : [])
                return standing.seen(by: "", readsMarks: true).map { sheet in
                    Line(
                        expert: sheet.expert, expertName: pool[sheet.expert]?.name ?? sheet.expert.rawValue,
                        employer: pool[sheet.expert]?.employer ?? "", platform: one.platform, platformName: one.name,
                        indicator: indicator.id, indicatorNumber: indicator.number, indicatorTitle: indicator.title,
                        sitting: sheet.sitting, criteria: sheet.criteria, mark: sheet.mark, comment: sheet.comment,
                        at: sheet.at, counts: counting.contains(sheet))
                }
            }
        }
    }

    /// One sheet of all lines; sittings and marks are numbers, moments are moments, everything else is text.
    func workbook(_ language: Language) -> Workbook {
        let rows = table(language)
        let figures = Set(7..<(9 + rubric.count))
        let moments = MomentFormat(zoneName: nil, language)
        let cells = rows.enumerated().map { index, row in
            row.enumerated().map { column, text -> Workbook.Cell in
                if text.isEmpty { return .empty }
                if index > 0, column == 10 + rubric.count { return moments.cell(lines[index - 1].at) }
                guard index > 0, column == 0 || figures.contains(column), let number = ExactDecimal(text) else {
                    return .text(text)
                }
                return .number(number)
            }
        }
        let title = Catalogue.of(language).text("web.experts.sheet.title")
        return Workbook(sheets: [Workbook.Sheet(name: title, rows: cells, headerRows: 1)])
    }

    /// Head and rows as texts.
    func table(_ language: Language) -> [[String]] {
        let catalogue = Catalogue.of(language)
        func say(_ key: String) -> String { catalogue.text("web.experts.sheet.\(key)") }
        let moments = MomentFormat(zoneName: nil, language)
        let head =
            ["number", "indicator", "platform_id", "platform", "account", "expert", "employer", "sitting"].map(say)
            + rubric.map { $0.title[language] } + ["mark", "comment", "at", "counts"].map(say)
        return [head]
            + lines.map { line in
                let criteria = rubric.indices.map { $0 < line.criteria.count ? line.criteria[$0].description : "" }
                return [
                    "\(line.indicatorNumber)", line.indicatorTitle[language], line.platform.rawValue, line.platformName,
                    line.expert.rawValue, line.expertName, line.employer, "\(line.sitting)",
                ] + criteria + [
                    line.mark.description, line.comment, moments.minute(line.at), say(line.counts ? "yes" : "no"),
                ]
            }
    }
}
