import Paper
import Review
import Scheme
import Vocabulary

/// The drawn rows as a table for judging outside the system, and back.
struct SampleTable: Sendable {
    /// The columns in their order; the file is recognised by their titles in either language.
    enum Column: String, CaseIterable, Sendable {
        case platform, name, indicator, title, row, content, city, papers, version, verdict, reason, note

        /// Without it a row cannot be brought back.
        var isNeeded: Bool { [.platform, .indicator, .row, .version, .verdict].contains(self) }
    }

    let words: SampleWords

    private func title(_ column: Column) -> String { words.say("column.\(column.rawValue)") }

    /// A row of the table, in the order of the columns.
    struct Line: Sendable {
        let row: DrawnRow
        let owner: Participation
        let indicator: Indicator
        /// Masked where they tell of a person.
        let fields: [String: String]
    }

    func cells(_ line: Line) -> [Workbook.Cell] {
        let judgement = line.row.judgement
        return Column.allCases.map { column in
            switch column {
            case .platform: .text(line.owner.platform.rawValue)
            case .name: .text(line.owner.name)
            case .indicator: .text(line.indicator.id.rawValue)
            case .title: .text(words.indicator(line.indicator))
            case .row: .number(ExactDecimal(line.row.number))
            case .content: .text(words.short(line.fields, line.indicator, 20))
            case .city: .text(words.scheme.regionTitle(line.row.office, words.language))
            case .papers: .number(ExactDecimal(line.row.proofCount))
            case .version: .number(ExactDecimal(judgement?.version ?? 0))
            case .verdict: judgement.map { Workbook.Cell.text(words.say($0.verdict.rawValue)) } ?? .empty
            case .reason: judgement?.reasonCode.map { Workbook.Cell.text(words.say("reason.\($0.rawValue)")) } ?? .empty
            case .note: .text(judgement?.note ?? "")
            }
        }
    }

    var header: [Workbook.Cell] { Column.allCases.map { .text(title($0)) } }

    func workbook(_ lines: [Line]) -> Workbook {
        let columns = Column.allCases.map { column -> Workbook.Column in
            switch column {
            case .content: Workbook.Column(width: 60)
            case .verdict: Workbook.Column(width: 12, choices: [words.say("good"), words.say("bad")])
            case .reason:
                Workbook.Column(
                    width: 18,
                    choices: SampleJudgement.ReasonCode.allCases.map { words.say("reason.\($0.rawValue)") })
            case .title, .name, .note: Workbook.Column(width: 24)
            default: Workbook.Column(width: 14)
            }
        }
        return Workbook(sheets: [
            .init(name: words.say("sheet"), rows: [header] + lines.map(cells), columns: columns)
        ])
    }

    /// One row of a file that came back.
    struct Judged: Sendable {
        /// The row in the file, the header being 1.
        let number: Int
        let platform: PlatformID
        let indicator: IndicatorID
        let row: Int
        let version: Int
        let verdict: String
        let reason: String
        let note: String
    }

    /// Rows in which a judgement stands.
    /// - Parameter rows: the header first, as plain text.
    /// - Throws: `sampling.file_empty`; `sampling.file_columns` with the titles that are missing.
    func judged(_ rows: [[String]]) throws(Failure) -> [Judged] {
        guard let head = rows.first?.map({ $0.trimmingWhitespace() }), rows.count > 1 else {
            throw Failure("sampling.file_empty")
        }
        var places: [Column: Int] = [:]
        for column in Column.allCases {
            for language in Language.allCases where places[column] == nil {
                let title = SampleWords(scheme: words.scheme, language: language).say("column.\(column.rawValue)")
                places[column] = head.firstIndex(of: title)
            }
        }
        let missing = Column.allCases.filter { $0.isNeeded && places[$0] == nil }
        guard missing.isEmpty else {
            throw Failure("sampling.file_columns", ["columns": missing.map(title).joined(separator: ", ")])
        }
        return rows.enumerated().dropFirst().compactMap { index, cells in
            func text(_ column: Column) -> String {
                guard let place = places[column], cells.indices.contains(place) else { return "" }
                return cells[place].trimmingWhitespace()
            }
            guard !text(.verdict).isEmpty else { return nil }
            return Judged(
                number: index + 1, platform: PlatformID(text(.platform)), indicator: IndicatorID(text(.indicator)),
                row: Int(text(.row)) ?? 0, version: Int(text(.version)) ?? -1, verdict: text(.verdict),
                reason: text(.reason), note: text(.note))
        }
    }

    /// The verdict that a word means, in either language; nil for any other word.
    func verdict(_ text: String) -> SampleJudgement.Verdict? {
        SampleJudgement.Verdict.allCases.first { verdict in
            verdict.rawValue == text.lowercased()
                || Language.allCases.contains {
                    SampleWords(scheme: words.scheme, language: $0).say(verdict.rawValue).lowercased()
                        == text.lowercased()
                }
        }
    }

    /// The reason that a word means, in either language; nil for any other word.
    func reason(_ text: String) -> SampleJudgement.ReasonCode? {
        SampleJudgement.ReasonCode.allCases.first { code in
            code.rawValue == text.lowercased()
                || Language.allCases.contains {
                    SampleWords(scheme: words.scheme, language: $0).say("reason.\(code.rawValue)").lowercased()
                        == text.lowercased()
                }
        }
    }
}
