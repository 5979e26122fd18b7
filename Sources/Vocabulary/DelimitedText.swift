/// A table read from comma-separated text (RFC 4180) with the place of every fault.
///
/// UTF-8 with or without byte-order mark; CRLF, LF and CR ends; quotes doubled inside quotes; line breaks inside
/// quotes. Records without any text are passed over but counted, so that `Row.number` is the row that a spreadsheet
/// shows (the header is row 1). A record with a fault is left out of `rows` and stands in `findings` instead; nothing
/// is repaired silently. Fields are delivered as written, not trimmed.
public struct DelimitedText: Sendable {
    /// One record of the table.
    public struct Row: Sendable, Hashable {
        /// The spreadsheet's row, from 1, the header included.
        public let number: Int
        /// The line of the text in which the record begins, from 1.
        public let line: Int
        /// As many as the header has; a shorter record is filled up with empty fields.
        public let fields: [String]
    }

    /// The most that is read; beyond it the reader stops with a finding.
    public struct Limits: Sendable {
        public var rows: Int
        public var columns: Int
        public var fieldBytes: Int

        public init(rows: Int = 1_000_000, columns: Int = 1000, fieldBytes: Int = 65_536) {
            self.rows = rows
            self.columns = columns
            self.fieldBytes = fieldBytes
        }
    }

    /// The first record, trimmed of white space; empty when the text has none.
    public private(set) var header: [String] = []
    /// The good records after the header, in order.
    public private(set) var rows: [Row] = []
    /// In order of rows. Codes: `match.table_*`, texts in both catalogues; place: `row 7, column 3`.
    public private(set) var findings: [Finding] = []

    /// Reads a table whose first record names its columns.
    public init(_ text: String, delimiter: Character = ",", limits: Limits = Limits()) {
        self.init(utf8: Array(text.utf8), delimiter: delimiter, limits: limits)
    }

    /// Reads a table whose first record names its columns.
    ///
    /// - Parameters:
    ///   - bytes: the whole file. Bytes that are no UTF-8 are a finding, with the row (Excel writes GBK unless it is
    ///     asked for "CSV UTF-8").
    ///   - delimiter: one ASCII character.
    ///   - headerRow: the row of the header; rows above it (a title) are passed over.
    public init(utf8 bytes: [UInt8], delimiter: Character = ",", headerRow: Int = 1, limits: Limits = Limits()) {
        var reader = DelimitedReader(bytes: bytes, delimiter: delimiter.asciiValue ?? 44, limits: limits)
        var isFirst = true
        while let record = reader.next() {
            if record.number < headerRow || (record.isBlank && record.fault == nil) { continue }
            if let fault = record.fault {
                findings.append(fault)
                // A damaged header leaves no column to be trusted.
                if isFirst { return }
                continue
            }
            if isFirst {
                isFirst = false
                header = record.fields.map { $0.trimmingWhitespace() }
                noteDuplicateColumns(record)
            } else if rows.count == limits.rows {
                let values = ["limit": "\(limits.rows)"]
                findings.append(Finding(.error, "match.table_too_many_rows", at: "row \(record.number)", values))
                return
            } else {
                accept(record)
            }
        }
        if isFirst { findings.append(Finding(.error, "match.table_empty", at: "row 1")) }
    }

    /// The index of a column by its exact header.
    public func column(_ name: String) -> Int? { header.firstIndex(of: name) }

    private mutating func accept(_ record: DelimitedReader.Record) {
        var fields = record.fields
        while fields.count > header.count, fields.last?.trimmingWhitespace().isEmpty == true { fields.removeLast() }
        let values = ["found": "\(fields.count)", "expected": "\(header.count)"]
        if fields.count > header.count {
            findings.append(Finding(.error, "match.table_too_many_fields", at: "row \(record.number)", values))
            return
        }
        if fields.count < header.count {
            findings.append(Finding(.note, "match.table_too_few_fields", at: "row \(record.number)", values))
            fields += Array(repeating: "", count: header.count - fields.count)
        }
        rows.append(Row(number: record.number, line: record.line, fields: fields))
    }

    private mutating func noteDuplicateColumns(_ record: DelimitedReader.Record) {
        var seen: Set<String> = []
        for (index, name) in header.enumerated() where !name.isEmpty && !seen.insert(name).inserted {
            let place = "row \(record.number), column \(index + 1)"
            findings.append(Finding(.error, "match.table_duplicate_column", at: place, ["column": name]))
        }
    }
}

// MARK: - Writing

extension DelimitedText {
    /// One record with its CRLF, quoted only where RFC 4180 asks for it.
    public static func line(_ fields: [String]) -> String {
        fields.map(quoted).joined(separator: ",") + "\r\n"
    }

    private static func quoted(_ field: String) -> String {
        let needsQuotes = field.utf8.contains { $0 == 34 || $0 == 44 || $0 == 10 || $0 == 13 }
        guard needsQuotes else { return field }
        return "\"" + field.split(separator: "\"", omittingEmptySubsequences: false).joined(separator: "\"\"") + "\""
    }
}

extension StringProtocol {
    /// Without white space (the ideographic space included) at both ends.
    public func trimmingWhitespace() -> String {
        var rest = self[...]
        while let first = rest.first, first.isWhitespace { rest.removeFirst() }
        while let last = rest.last, last.isWhitespace { rest.removeLast() }
        return String(rest)
    }
}
