/// Comma-separated text (RFC 4180) as rows of fields: quotes, doubled quotes, line breaks within quotes, LF or CRLF,
/// with or without a byte order mark.
struct DelimitedText {
    /// Fields without their quotes; rows that are wholly empty are left out.
    struct Row {
        /// 1 is the header, as a spreadsheet counts.
        let number: Int
        let fields: [String]
    }

    let rows: [Row]
    /// The row whose quote was never closed; the rows before it are whole.
    let openQuoteRow: Int?

    /// Nil when the bytes are no UTF-8.
    init?(_ bytes: some Sequence<UInt8>) {
        var bytes = Array(bytes)
        if bytes.starts(with: [0xef, 0xbb, 0xbf]) { bytes.removeFirst(3) }
        guard String(validating: bytes, as: UTF8.self) != nil else { return nil }
        var reader = Reader()
        reader.read(bytes)
        self.rows = reader.rows
        self.openQuoteRow = reader.isQuoted ? reader.number : nil
    }

    /// The field with quotes where it needs them.
    static func field(_ text: String) -> String {
        let needsQuotes = text.utf8.contains { [10, 13, 34, 44].contains($0) }
        guard needsQuotes else { return text }
        var out = "\""
        for character in text.unicodeScalars {
            if character == "\"" { out += "\"\"" } else { out.unicodeScalars.append(character) }
        }
        return out + "\""
    }

    static func line(_ fields: [String]) -> String { fields.map(field).joined(separator: ",") + "\n" }

    private struct Reader {
        var rows: [Row] = []
        var number = 1
        var isQuoted = false
        private var fields: [String] = []
        private var field: [UInt8] = []
        private var wasQuoted = false

        init() {}

        mutating func read(_ bytes: [UInt8]) {
            var index = 0
            while index < bytes.count {
                let byte = bytes[index]
                index += 1
                if isQuoted {
                    guard byte == 34 else {
                        field.append(byte)
                        continue
                    }
                    if index < bytes.count, bytes[index] == 34 {
                        field.append(34)
                        index += 1
                    } else {
                        isQuoted = false
                    }
                    continue
                }
                switch byte {
                case 34 where field.isEmpty && !wasQuoted:
                    isQuoted = true
                    wasQuoted = true
                case 44: endField()
                case 10: endRow()
                case 13:
                    if index < bytes.count, bytes[index] == 10 { index += 1 }
                    endRow()
                default: field.append(byte)
                }
            }
            if !isQuoted, !field.isEmpty || !fields.isEmpty || wasQuoted { endRow() }
        }

        private mutating func endField() {
            fields.append(String(decoding: field, as: UTF8.self))
            field.removeAll(keepingCapacity: true)
            wasQuoted = false
        }

        private mutating func endRow() {
            endField()
            if fields.contains(where: { !$0.allSatisfy(\.isWhitespace) }) {
                rows.append(Row(number: number, fields: fields))
            }
            fields.removeAll(keepingCapacity: true)
            number += 1
        }
    }
}
