/// What of an HTTP message a signature can cover, without its body (which `Content-Digest` stands for).
///
/// Source: RFC 9421, section 2.
public struct SignedMessage: Sendable, Hashable {
    /// Of a request; nil for a response.
    public var method: String?
    /// `http` or `https`.
    public var scheme: String
    /// Host and port as sent; compared in lower case, without the scheme's own port.
    public var authority: String
    /// As sent, percent-encoded; empty means `/`.
    public var path: String
    /// As sent, without the question mark; nil without one.
    public var query: String?
    /// Of a response.
    public var status: Int?
    /// In the order sent; names in any case.
    public var fields: [Field]

    /// One header line.
    public struct Field: Sendable, Hashable {
        public var name: String
        public var value: String

        public init(_ name: String, _ value: String) {
            self.name = name
            self.value = value
        }
    }

    public init(
        method: String?, scheme: String = "https", authority: String, path: String, query: String? = nil,
        status: Int? = nil, fields: [Field]
    ) {
        self.method = method
        self.scheme = scheme
        self.authority = authority
        self.path = path
        self.query = query
        self.status = status
        self.fields = fields
    }

    /// The lines of a field, trimmed and joined by a comma and a space (RFC 9421, section 2.1); nil without any.
    public func field(_ name: String) -> String? {
        let lines = fields.filter { $0.name.lowercased() == name }.map { Self.trimmed($0.value) }
        return lines.isEmpty ? nil : lines.joined(separator: ", ")
    }

    /// Without space and tab at either end, and with obsolete line folding as one space.
    private static func trimmed(_ value: String) -> String {
        let lines = value.split(whereSeparator: { $0 == "\r\n" || $0 == "\n" || $0 == "\r" })
        return lines.map { line in
            let start = line.drop { $0 == " " || $0 == "\t" }
            let kept = start.reversed().drop { $0 == " " || $0 == "\t" }
            return String(kept.reversed())
        }.joined(separator: " ")
    }
}
