/// What stopped the work: a stable dotted code, the values its text names, and the cause underneath.
///
/// The code (`submit.deadline_passed`) is the key of its text in both string catalogues and the last part of the
/// RFC 9457 problem type; a code without a text fails a test.
public struct Failure: Error, Sendable, Equatable {
    /// Dotted, lower case, stable across releases: `room.what_happened`.
    public let code: String
    /// The named places of the text: `["limit": "16 MiB"]`.
    public let values: [String: String]
    /// The faults in the data that led here, when there is more than one thing to say.
    public let findings: [Finding]
    /// What an underlying library said; for the log, never shown to a person as the message.
    public let cause: String?

    public init(_ code: String, _ values: [String: String] = [:], findings: [Finding] = [], cause: (any Error)? = nil) {
        self.code = code
        self.values = values
        self.findings = findings
        self.cause = cause.map { String(describing: $0) }
    }
}

/// A fault in data, collected and shown together with the others; it stops nothing by itself.
public struct Finding: Sendable, Hashable, Codable {
    public enum Severity: String, Sendable, Codable, CaseIterable, Comparable {
        case note, warning, error

        private var order: Int { self == .note ? 0 : self == .warning ? 1 : 2 }
        public static func < (a: Severity, b: Severity) -> Bool { a.order < b.order }
    }

    public let severity: Severity
    /// Stable dotted code, the key of the text in both catalogues.
    public let code: String
    /// Where: `line 12 › sections[0].groups[1]`, `row 7, column code`.
    public let place: String
    /// The named places of the text.
    public let values: [String: String]

    public init(_ severity: Severity, _ code: String, at place: String = "", _ values: [String: String] = [:]) {
        self.severity = severity
        self.code = code
        self.place = place
        self.values = values
    }
}
