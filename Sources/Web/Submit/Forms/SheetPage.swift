import Review
import Scheme
import Submit
import Vocabulary
import Wording

/// Rows of a list in work, compact: a list of twenty thousand travels in four answers.
struct SheetPage: Encodable, Sendable {
    struct Column: Encodable, Sendable {
        let id: String
        let title: String
        /// `text`, `number`, `year`, `date`, `credit-code`, `country`, `region`, `choice`, `certificate`.
        let kind: String
        let isRequired: Bool
        let isKey: Bool
    }
    struct Row: Encodable, Sendable {
        let number: Int
        let since: Int
        let standing: RowStanding
        let origin: FigureOrigin
        /// In the order of the columns; empty for an empty field.
        let cells: [String]
        /// What is wrong with it, or worth a look.
        let findings: [RowFindingText]
        /// The reader may change or remove the row now.
        let mayEdit: Bool
    }
    /// Rows that were sent back: they alone are open.
    struct Returned: Encodable, Sendable {
        let rows: [Int]
        let reasonCode: CellReturn.ReasonCode
        let reason: String
    }
    struct Conflict: Encodable, Sendable {
        let number: Int
        let field: String
        let yours: String
        let theirs: String
    }

    let indicator: IndicatorID
    let columns: [Column]
    let rows: [Row]
    /// Rows that are gone since the version that was asked about.
    let removed: [Int]
    /// Reference → number of rows that were added.
    let added: [String: Int]
    let conflicts: [Conflict]
    let version: Int
    let good: Int
    let repeated: Int
    let faulty: Int
    /// The declared values that follow from the list.
    let values: [String: ExactDecimal]
    /// New rows are taken.
    let mayAdd: Bool
    /// The list as a whole may be replaced.
    let mayReplace: Bool
    let returned: Returned?
    /// Hand it back as `?after=`; null on the last page.
    let next: Int?

    private enum CodingKeys: String, CodingKey {
        case indicator, columns, rows, removed, added, conflicts, version, good, repeated, faulty, values, mayAdd,
            mayReplace, returned,
            next
    }

    func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(indicator, forKey: .indicator)
        try container.encode(columns, forKey: .columns)
        try container.encode(rows, forKey: .rows)
        try container.encode(removed, forKey: .removed)
        try container.encode(added, forKey: .added)
        try container.encode(conflicts, forKey: .conflicts)
        try container.encode(version, forKey: .version)
        try container.encode(good, forKey: .good)
        try container.encode(repeated, forKey: .repeated)
        try container.encode(faulty, forKey: .faulty)
        try container.encode(values, forKey: .values)
        try container.encode(mayAdd, forKey: .mayAdd)
        try container.encode(mayReplace, forKey: .mayReplace)
        try container.encodeIfPresent(returned, forKey: .returned)
        try container.encode(next, forKey: .next)
    }
}

/// Puts rows into the shape in which pages see them.
struct SheetShaper: Sendable {
    let indicator: Indicator
    let scheme: IndicatorScheme
    let reader: ItemListReader
    let language: Language
    /// Key → the first row that has it.
    let firsts: [String: Int]

    var columns: [SheetPage.Column] {
        indicator.items.map { field in
            SheetPage.Column(
                id: field.id, title: field.title[language], kind: field.kind.name, isRequired: field.isRequired,
                isKey: field.isKey)
        }
    }

    func row(_ row: ListedRow, mayEdit: Bool) -> SheetPage.Row {
        var findings: [RowFinding] = []
        switch row.standing {
        case .faulty:
            findings = reader.findings(row.number, row.fields)
            if findings.isEmpty, let limit = indicator.itemLimit?.value {
                findings = [RowFinding(row: row.number, column: "", "submit.row.above_limit", ["limit": "\(limit)"])]
            }
        case .repeat:
            let first = firsts[row.key].map(String.init) ?? "–"
            let column = indicator.items.first { $0.isKey && row.fields[$0.id] != nil }?.id ?? ""
            findings = [
                RowFinding(
                    row: row.number, column: column, "submit.row.duplicate", ["first": first], severity: .warning)
            ]
        case .good: findings = reader.findings(row.number, row.fields)
        }
        return SheetPage.Row(
            number: row.number, since: row.since, standing: row.standing, origin: row.origin,
            cells: indicator.items.map { row.fields[$0.id] ?? "" },
            findings: findings.map { RowFindingText($0, of: indicator, in: scheme, language) }, mayEdit: mayEdit)
    }
}

extension ItemField.Kind {
    /// The kind's name in the API.
    var name: String {
        switch self {
        case .text: return "text"
        case .number: return "number"
        case .year: return "year"
        case .date: return "date"
        case .creditCode: return "credit-code"
        case .country: return "country"
        case .region: return "region"
        case .choice: return "choice"
        case .certificate: return "certificate"
        }
    }
}
