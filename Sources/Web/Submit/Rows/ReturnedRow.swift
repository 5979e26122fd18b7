import Review
import Scheme
import Submit
import Vocabulary
import Wording

/// A row that was sent back, as the company mends it: why, what stands in it, and what is wrong with it now.
struct ReturnedRow: Sendable, Decodable {
    /// Unique on the page.
    let key: String
    let title: String
    /// The reason in one word of the fixed list, and in the reviewer's own.
    let reasonCode: String
    let reason: String
    let href: String
    let fields: [Field]
    let save: String
    let remove: String
    let mayEdit: Bool
    /// The company has taken the row out.
    let isRemoved: Bool
    let gone: String

    struct Field: Sendable, Decodable {
        let id: String
        let name: String
        let label: String
        let value: String
        let error: String?
        let isRequired: Bool
        /// Codes to choose from; nil for a typed field.
        let selection: FormField.Selection?
    }
}

/// Puts returned rows into the shape in which the form shows them.
struct ReturnedRowBuilder: Sendable {
    let indicator: Indicator
    let scheme: IndicatorScheme
    let reader: ItemListReader?
    let language: Language
    let base: String

    /// More are mended in the table below.
    static let most = 50

    func rows(_ lock: RowLock, _ present: [ListedRow], mayEdit: Bool) -> [ReturnedRow] {
        guard let returned = lock.returned else { return [] }
        let known = present.reduce(into: [Int: ListedRow]()) { $0[$1.number] = $1 }
        return returned.rows.sorted().prefix(Self.most).map { row($0, known[$0], returned, mayEdit) }
    }

    private func say(_ key: String, _ values: [String: String] = [:]) -> String {
        Catalogue.of(language).text("submit.rows.\(key)", values)
    }

    private func row(_ number: Int, _ row: ListedRow?, _ returned: CellReturn, _ mayEdit: Bool) -> ReturnedRow {
        let findings = row.map { reader?.findings(number, $0.fields) ?? [] } ?? []
        return ReturnedRow(
            key: "\(indicator.id)-\(number)", title: say("title", ["row": "\(number)"]),
            reasonCode: Catalogue.of(language).text("web.queue.reason.\(returned.reasonCode.rawValue)"),
            reason: returned.reason, href: "\(base)/rows/\(number)",
            fields: row.map { row in
                indicator.items.map { field in
                    let value = row.fields[field.id] ?? ""
                    return ReturnedRow.Field(
                        id: "row-\(indicator.id)-\(number)-\(field.id)", name: field.id, label: field.title[language],
                        value: value,
                        error: findings.first { $0.column == field.id && $0.severity == .error }.map {
                            RowFindingText($0, of: indicator, in: scheme, language).message
                        }, isRequired: field.isRequired, selection: selection(field, value))
                }
            } ?? [], save: say("save"), remove: say("remove"), mayEdit: mayEdit && row != nil, isRemoved: row == nil,
            gone: say("gone"))
    }

    private func selection(_ field: ItemField, _ value: String) -> FormField.Selection? {
        guard case .choice = field.kind, let dictionary = ItemListReader.dictionary(of: field, in: scheme) else {
            return nil
        }
        var options = [("", Catalogue.of(language).text("submit.page.choose"))]
        options += dictionary.entries.map { ($0.code, $0.title[language]) }
        // What was typed and is no code stays to be seen.
        if !value.isEmpty, !options.contains(where: { $0.0 == value }) { options.append((value, value)) }
        return FormField.Selection(
            options: options.map { Choice.Option(value: $0.0, title: $0.1, isSelected: $0.0 == value) })
    }
}
