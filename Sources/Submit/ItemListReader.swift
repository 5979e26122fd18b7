import Scheme
import Vocabulary

/// Reads an item list against the columns that the scheme asks for, and says of every row what is wrong with it.
///
/// One reader serves one indicator; it keeps nothing between lists.
public struct ItemListReader: Sendable {
    /// More rows than this are refused: a list of that length is no list of one platform's customers.
    public static let mostRows = 200_000

    public let indicator: Indicator
    private let scheme: IndicatorScheme
    private let readers: [ItemFieldReader]
    private let rules: ItemRowRules

    /// - Parameter applicant: whose list it is, so that its own code among customers, other holders and certificates
    ///   that have run out are remarked; nil remarks none of them.
    /// - Throws: `submit.no_list` when the indicator asks for none; `submit.certificate_pattern`.
    public init(indicator: Indicator, scheme: IndicatorScheme, applicant: Applicant? = nil) throws(Failure) {
        guard !indicator.items.isEmpty else { throw Failure("submit.no_list", ["indicator": indicator.id.rawValue]) }
        self.indicator = indicator
        self.scheme = scheme
        self.rules = ItemRowRules(indicator: indicator, applicant: applicant)
        var readers: [ItemFieldReader] = []
        for field in indicator.items { readers.append(try ItemFieldReader(field: field, scheme: scheme)) }
        self.readers = readers
    }

    /// Reads a table whose first row names the columns: the field's title in either language, or its id.
    ///
    /// - Throws: `submit.too_many_rows`.
    public func read(_ table: DelimitedText) throws(Failure) -> ItemReading {
        var remarks: [RowFinding] = []
        var rejected: [RowFinding] = []
        for finding in table.findings where finding.severity == .error {
            rejected.append(RowFinding(row: Self.row(of: finding), column: "", finding.code, finding.values))
        }
        guard !table.header.isEmpty else {
            return ItemReading(accepted: [], duplicates: [], rejected: rejected, remarks: [], rowCount: 0)
        }
        let columns = columns(of: table.header, remarks: &remarks)
        for field in indicator.items where field.isRequired && !columns.values.contains(field.id) {
            rejected.append(RowFinding(row: 1, column: field.id, "submit.row.column_missing"))
        }
        if rejected.contains(where: { $0.row == 1 }) {
            return ItemReading(
                accepted: [], duplicates: [], rejected: rejected, remarks: remarks, rowCount: table.rows.count)
        }
        var collector = Collector(rejected: rejected, remarks: remarks)
        guard table.rows.count <= Self.mostRows else { throw tooManyRows(table.rows.count) }
        for row in table.rows {
            var fields: [String: String] = [:]
            for (index, text) in row.fields.enumerated() {
                if let id = columns[index], !text.isEmpty { fields[id] = text }
            }
            if !fields.isEmpty { read(row.number, fields, into: &collector) }
        }
        return collector.reading
    }

    /// Reads rows that are keyed by field id, numbered from 1.
    ///
    /// - Throws: `submit.too_many_rows`.
    public func read(rows: [[String: String]]) throws(Failure) -> ItemReading {
        guard rows.count <= Self.mostRows else { throw tooManyRows(rows.count) }
        var collector = Collector(rejected: [], remarks: [])
        let known = Set(indicator.items.map(\.id))
        for (index, fields) in rows.enumerated() {
            for column in fields.keys.sorted() where !known.contains(column) {
                collector.remarks.append(
                    RowFinding(row: index + 1, column: column, "submit.row.column_unknown", severity: .warning))
            }
            read(index + 1, fields, into: &collector)
        }
        return collector.reading
    }

    // MARK: - One row

    private struct Collector {
        var accepted: [ItemRow] = []
        var duplicates: [RowFinding] = []
        var rejected: [RowFinding]
        var remarks: [RowFinding]
        var rowByKey: [String: Int] = [:]
        var rowCount = 0
        var repeated: [ItemRow] = []
        var refused: [ItemRow] = []

        var reading: ItemReading {
            ItemReading(
                accepted: accepted, duplicates: duplicates, rejected: rejected.sorted { $0.row < $1.row },
                remarks: remarks, rowCount: rowCount, repeated: repeated, refused: refused)
        }
    }

    /// One row by itself: its fields in the form in which they are kept, and what is wrong with them.
    struct Examined {
        /// Good fields in their stored form, wrong ones as they were typed; empty ones absent.
        let fields: [String: String]
        let faults: [RowFinding]
        /// Remarks that refuse nothing.
        let remarks: [RowFinding]
        /// The key fields folded and joined; empty when the row has none or is faulty.
        let key: String
    }

    func examine(_ number: Int, _ typed: [String: String]) -> Examined {
        var fields: [String: String] = [:]
        var faults: [RowFinding] = []
        for reader in readers {
            let text = typed[reader.field.id] ?? ""
            do {
                if let value = try reader.read(text) { fields[reader.field.id] = value }
            } catch {
                faults.append(RowFinding(row: number, column: reader.field.id, error.code, error.values))
            }
        }
        let good = fields
        let faulty = Set(faults.map(\.column))
        for id in faulty { fields[id] = typed[id] }
        for field in indicator.items where good[field.id] == nil && !faulty.contains(field.id) {
            let isAsked = field.requiredUnless.map { good[$0] == nil && !faulty.contains($0) } ?? false
            if field.isRequired || isAsked {
                faults.append(RowFinding(row: number, column: field.id, "submit.row.required"))
            }
        }
        faults += rules.faults(number, good).filter { !faulty.contains($0.column) }
        guard faults.isEmpty else { return Examined(fields: fields, faults: faults, remarks: [], key: "") }
        return Examined(
            fields: fields, faults: [], remarks: rules.remarks(number, fields), key: key(of: fields))
    }

    /// The rows with their keys made from their fields; faulty ones have none.
    public func keyed(_ rows: [ListedRow]) -> [ListedRow] {
        rows.map { row in
            var row = row
            row.key = row.standing == .faulty ? "" : key(of: row.fields)
            return row
        }
    }

    /// What is wrong with a row by itself, and what is worth a look; repeats are told by the list.
    public func findings(_ number: Int, _ typed: [String: String]) -> [RowFinding] {
        let row = examine(number, typed)
        return row.faults + row.remarks
    }

    /// The dictionary that a column chooses from; nil for columns without one.
    public static func dictionary(of field: ItemField, in scheme: IndicatorScheme) -> Scheme.Dictionary? {
        ItemFieldReader.dictionary(of: field, in: scheme)
    }

    /// The key fields folded and joined; empty when all of them are empty or the list has none.
    func key(of fields: [String: String]) -> String {
        let parts = indicator.items.filter(\.isKey).map { TypedText.folded(fields[$0.id] ?? "") }
        return parts.contains { !$0.isEmpty } ? parts.joined(separator: "\u{1F}") : ""
    }

    private func read(_ number: Int, _ typed: [String: String], into collector: inout Collector) {
        collector.rowCount += 1
        let row = examine(number, typed)
        guard row.faults.isEmpty else {
            collector.rejected += row.faults
            collector.refused.append(ItemRow(number: number, fields: row.fields))
            return
        }
        if !row.key.isEmpty {
            if let first = collector.rowByKey[row.key] {
                let column = indicator.items.first { $0.isKey && row.fields[$0.id] != nil }?.id ?? ""
                collector.duplicates.append(
                    RowFinding(
                        row: number, column: column, "submit.row.duplicate", ["first": "\(first)"], severity: .warning))
                collector.repeated.append(ItemRow(number: number, fields: row.fields))
                return
            }
            collector.rowByKey[row.key] = number
        }
        if let limit = indicator.itemLimit?.value, collector.accepted.count >= limit {
            collector.rejected.append(
                RowFinding(row: number, column: "", "submit.row.above_limit", ["limit": "\(limit)"]))
            collector.refused.append(ItemRow(number: number, fields: row.fields))
            return
        }
        collector.remarks += row.remarks
        collector.accepted.append(ItemRow(number: number, fields: row.fields))
    }

    // MARK: - The header

    /// Column index → field id.
    private func columns(of header: [String], remarks: inout [RowFinding]) -> [Int: String] {
        var names: [String: String] = [:]
        for field in indicator.items {
            for name in [field.id, field.title.zh, field.title.en] { names[TypedText.folded(name)] = field.id }
        }
        var columns: [Int: String] = [:]
        for (index, name) in header.enumerated() where !name.isEmpty {
            var folded = TypedText.folded(name)
            while folded.hasSuffix("*") { folded.removeLast() }
            if let id = names[folded] {
                columns[index] = id
            } else {
                remarks.append(
                    RowFinding(row: 1, column: name, "submit.row.column_unknown", ["given": name], severity: .warning))
            }
        }
        return columns
    }

    private func tooManyRows(_ count: Int) -> Failure {
        Failure("submit.too_many_rows", ["count": "\(count)", "limit": "\(Self.mostRows)"])
    }

    /// `row 7, column 3` → 7.
    private static func row(of finding: Finding) -> Int {
        let digits = finding.place.drop { !$0.isNumber }.prefix { $0.isNumber }
        return Int(digits) ?? 1
    }
}

extension ItemListReader {
    /// The empty table that a company fills in: one row with the titles, readable by Excel (byte-order mark, CRLF).
    public static func template(_ indicator: Indicator, language: Language) -> String {
        "\u{FEFF}" + DelimitedText.line(indicator.items.map { $0.title[language] })
    }

    /// The list as a table with titles; a cell that a spreadsheet would run as a formula is preceded by `'`.
    public static func table(_ rows: [ItemRow], of indicator: Indicator, language: Language) -> String {
        var out = template(indicator, language: language)
        for row in rows {
            out += DelimitedText.line(
                indicator.items.map { field in
                    let text = row.fields[field.id] ?? ""
                    let isNumber = ExactDecimal(text) != nil
                    return "=+-@\t".contains(text.first ?? " ") && !isNumber ? "'" + text : text
                })
        }
        return out
    }
}
