/// The byte machine behind `DelimitedText`: one record at a time, each with the first fault found in it.
struct DelimitedReader {
    struct Record {
        var number: Int
        var line: Int
        var fields: [String] = []
        var fault: Finding?
        var isBlank: Bool { fields.allSatisfy { $0.allSatisfy(\.isWhitespace) } }
    }

    private let bytes: [UInt8]
    private let delimiter: UInt8
    private let limits: DelimitedText.Limits
    private var at: Int
    private var line = 1
    private var number = 0
    private var record = Record(number: 0, line: 0)

    private static let quote: UInt8 = 34
    private static let lineFeed: UInt8 = 10
    private static let carriageReturn: UInt8 = 13

    init(bytes: [UInt8], delimiter: UInt8, limits: DelimitedText.Limits) {
        self.bytes = bytes
        self.delimiter = delimiter
        self.limits = limits
        self.at = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
    }

    /// The next record; nil at the end of the text.
    mutating func next() -> Record? {
        guard at < bytes.count else { return nil }
        number += 1
        record = Record(number: number, line: line)
        while true {
            if at < bytes.count, bytes[at] == Self.quote { readQuoted() } else { readPlain() }
            guard at < bytes.count, bytes[at] == delimiter else { break }
            at += 1
            if record.fields.count == limits.columns {
                fault("match.table_too_many_fields", ["found": "> \(limits.columns)", "expected": "\(limits.columns)"])
            }
        }
        passLineEnd()
        return record
    }

    /// Up to the next delimiter or line end; a quote inside is a fault.
    private mutating func readPlain() {
        let start = at
        while at < bytes.count, bytes[at] != delimiter, !isLineEnd(bytes[at]) {
            if bytes[at] == Self.quote { fault("match.table_stray_quote") }
            at += 1
        }
        append(bytes[start..<at])
    }

    /// From an opening quote to its partner; text between the partner and the delimiter is a fault.
    private mutating func readQuoted() {
        let openedAt = line
        var content: [UInt8] = []
        at += 1
        var isClosed = false
        while at < bytes.count {
            let byte = bytes[at]
            at += 1
            if byte == Self.quote {
                guard at < bytes.count, bytes[at] == Self.quote else {
                    isClosed = true
                    break
                }
                at += 1
            } else if byte == Self.lineFeed || (byte == Self.carriageReturn && !isNext(Self.lineFeed)) {
                line += 1
            }
            if content.count <= limits.fieldBytes { content.append(byte) }
        }
        if !isClosed { fault("match.table_unterminated_quote", ["line": "\(openedAt)"]) }
        let start = at
        while at < bytes.count, bytes[at] != delimiter, !isLineEnd(bytes[at]) { at += 1 }
        if at > start { fault("match.table_text_after_quote") }
        append(content[...])
    }

    private mutating func append(_ content: ArraySlice<UInt8>) {
        if content.count > limits.fieldBytes {
            fault("match.table_field_too_long", ["limit": "\(limits.fieldBytes)"])
        } else if content.contains(0) {
            fault("match.table_zero_byte")
        }
        guard record.fields.count < limits.columns else { return }
        if let text = String(validating: content, as: UTF8.self) {
            record.fields.append(text)
        } else {
            fault("match.table_not_utf8")
            record.fields.append(String(decoding: content, as: UTF8.self))
        }
    }

    /// Only the first fault of a record is kept; the others usually follow from it.
    private mutating func fault(_ code: String, _ values: [String: String] = [:]) {
        guard record.fault == nil else { return }
        let place = "row \(record.number), column \(record.fields.count + 1)"
        record.fault = Finding(.error, code, at: place, values)
    }

    private mutating func passLineEnd() {
        guard at < bytes.count else { return }
        if bytes[at] == Self.carriageReturn {
            at += 1
            if at < bytes.count, bytes[at] == Self.lineFeed { at += 1 }
        } else if bytes[at] == Self.lineFeed {
            at += 1
        }
        line += 1
    }

    private func isLineEnd(_ byte: UInt8) -> Bool { byte == Self.lineFeed || byte == Self.carriageReturn }
    private func isNext(_ byte: UInt8) -> Bool { at < bytes.count && bytes[at] == byte }
}
