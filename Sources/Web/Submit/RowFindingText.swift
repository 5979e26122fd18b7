import Scheme
import Submit
import Vocabulary
import Wording

/// A row's finding in the reader's words: the column by its title, the choices by their titles.
struct RowFindingText: Encodable, Sendable {
    let row: Int
    /// The field's id in the API; `columnTitle` is what people read.
    let column: String
    let columnTitle: String
    let severity: Finding.Severity
    let code: String
    let message: String

    init(_ finding: RowFinding, of indicator: Indicator, in scheme: IndicatorScheme, _ language: Language) {
        let field = indicator.items.first { $0.id == finding.column }
        row = finding.row
        column = finding.column
        columnTitle = field?.title[language] ?? finding.column
        severity = finding.severity
        code = finding.code
        var values = finding.values
        values["column"] = values["column"] ?? columnTitle
        if case .choice(let id)? = field?.kind, let dictionary = scheme.dictionary(id) {
            let titles = dictionary.entries.filter(\.isCounted).prefix(12).map { $0.title[language] }
            let more = dictionary.entries.count > 12 ? " …" : ""
            values["allowed"] = titles.joined(separator: language == .zhHans ? "\u{3001}" : ", ") + more
        }
        message = Catalogue.of(language).text(finding.code, values)
    }
}
