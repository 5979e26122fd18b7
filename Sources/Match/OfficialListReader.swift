import Foundation
import Trust
import Vocabulary

/// Reads official lists, registers and files of names from CSV, with a finding for every row that needs a look.
///
/// Columns are found by their usual headings in Chinese and English; up to five lines of title may stand above the
/// header. A code that fails its checks is kept as printed and never used; the codes one slip away are offered in the
/// finding. A row equal to an earlier one is left out.
public struct OfficialListReader: Sendable {
    /// A list and what was noticed while reading it.
    public struct Reading: Sendable {
        public var list: OfficialList
        /// In order of rows; with an error-level finding in the header there are no rows.
        public var findings: [Finding]
        /// The headers that carry nothing for us, in order.
        public var unusedColumns: [String]
    }

    private let mapping: ListMapping?
    private let limits: DelimitedText.Limits

    /// - Parameter mapping: nil to find the columns by their headings.
    public init(mapping: ListMapping? = nil, limits: DelimitedText.Limits = .init(rows: 200_000)) {
        self.mapping = mapping
        self.limits = limits
    }

    /// Reads a list.
    public func read(_ bytes: [UInt8], header: ListHeader) -> Reading {
        let digest = Digest.sha256(of: bytes)
        let (table, mapping, findings) = open(bytes)
        var collector = RowCollector(mapping: mapping)
        if mapping.isUsable { for row in table.rows { collector.take(row) } }
        let list = OfficialList(
            id: OfficialListReader.id(header, digest), header: header, digest: digest, rows: collector.rows)
        let unused = table.header.enumerated().filter { index, name in
            !name.isEmpty && !mapping.indexes.values.contains(index)
                && !ColumnTables.shared.ignored.contains(NormalisedName(title: name).key)
        }
        return Reading(list: list, findings: findings + collector.findings, unusedColumns: unused.map(\.element))
    }

    /// Reads a file of names to look for: company, code, former names and codes, platform and its aliases.
    public func readSubjects(_ bytes: [UInt8]) -> (subjects: [MatchSubject], findings: [Finding]) {
        let (table, mapping, opening) = open(bytes)
        guard mapping.isUsable else { return ([], opening) }
        var findings = opening
        var subjects: [MatchSubject] = []
        for row in table.rows {
            let name = mapping.text(.company, row.fields) ?? ""
            let check = mapping.text(.code, row.fields).map { CompanyCode.check($0) }
            if let check, check.code == nil { findings.append(RowCollector.damaged(check, row: row.number)) }
            guard !name.isEmpty || check?.code != nil else {
                findings.append(Finding(.error, "match.list_no_name", at: "row \(row.number)"))
                continue
            }
            let formerCodes = RowCollector.split(mapping.text(.formerCodes, row.fields))
            subjects.append(
                MatchSubject(
                    id: "\(row.number)", code: check?.code, name: name,
                    formerCodes: formerCodes.compactMap { CompanyCode.check($0).code },
                    formerNames: RowCollector.split(mapping.text(.formerNames, row.fields)),
                    platform: mapping.text(.platform, row.fields),
                    platformAliases: RowCollector.split(mapping.text(.platformAliases, row.fields))))
        }
        return (subjects, findings)
    }

    /// The table from its header on; without a recognisable header an error and no rows.
    private func open(_ bytes: [UInt8]) -> (DelimitedText, ListMapping, [Finding]) {
        let first = DelimitedText(utf8: bytes, limits: limits)
        if let mapping { return (first, mapping, first.findings) }
        var table = first
        for headerRow in 1...6 {
            if headerRow > 1 { table = DelimitedText(utf8: bytes, headerRow: headerRow, limits: limits) }
            let mapping = ListMapping(header: table.header)
            if mapping.isUsable { return (table, mapping, table.findings) }
            if table.header.isEmpty { break }
        }
        let none = ListMapping(indexes: [:])
        // A file that could not be read as a table at all has said so already.
        if first.header.isEmpty { return (first, none, first.findings) }
        let columns = first.header.joined(separator: ", ")
        return (first, none, [Finding(.error, "match.list_no_columns", at: "row 1", ["columns": columns])])
    }

    /// 16 hexadecimal digits of SHA-256 over the header and the file's digest.
    static func id(_ header: ListHeader, _ digest: Digest) -> ListID {
        let parts =
            [
                header.title, header.issuer, header.document, header.batch ?? "", header.date.description,
                header.indicator?.rawValue ?? "", header.award ?? "", digest.hex,
            ] + (header.negative.map { [$0.rawValue] } ?? [])
        let text = parts.map { "\($0.utf8.count):\($0)" }.joined()
        return ListID(String(Digest.sha256(of: Array(text.utf8)).hex.prefix(16)))
    }
}
