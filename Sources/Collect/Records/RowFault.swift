/// Why a row was not taken. The raw value is the reason code of receipts and reject lists, and the problem type's last
/// part; its texts are `collect.row.CODE` in both catalogues.
public enum RowFaultCode: String, Sendable, Hashable, Codable, CaseIterable {
    case rowMalformed = "row-malformed"
    case rowTooLong = "row-too-long"
    case kindUnknown = "kind-unknown"
    case fieldMissing = "field-missing"
    case fieldInvalid = "field-invalid"
    case platformMismatch = "platform-mismatch"
    case tsFuture = "ts-future"
    case tsTooOld = "ts-too-old"
    case typeUnknown = "type-unknown"
    case codeInvalid = "code-invalid"
    case lateReasonMissing = "late-reason-missing"

    /// The key of the sentence that explains it.
    public var textKey: String { "collect.row.\(rawValue)" }
}

/// One row that was not taken.
public struct RowFault: Sendable, Hashable {
    /// From 1, counting every line of the body, blank ones too.
    public var line: Int
    public var code: RowFaultCode
    /// The named places of the text: `field`, `value`, `choices`, `at`.
    public var values: [String: String]

    public init(line: Int, code: RowFaultCode, values: [String: String] = [:]) {
        self.line = line
        self.code = code
        self.values = values
    }
}

/// A fault inside the hot loop: no strings until somebody asks.
struct ScanFault {
    var code: RowFaultCode
    var field: RecordField?
    /// Byte offset in the line, for malformed rows.
    var at: Int

    @inline(__always)
    init(_ code: RowFaultCode, _ field: RecordField? = nil, at: Int = 0) {
        self.code = code
        self.field = field
        self.at = at
    }
}
