import Foundation
import Vocabulary

/// A JSON value that has exactly one spelling: the JSON Canonicalization Scheme, RFC 8785.
///
/// Numbers are IEEE 754 doubles, as the scheme demands; what must stay exact (points, values) goes in as a string.
public enum CanonicalJSON: Sendable, Hashable {
    case null
    case bool(Bool)
    /// Finite; infinities and NaN have no spelling and are written as `null`.
    case number(Double)
    case string(String)
    case array([CanonicalJSON])
    case object([String: CanonicalJSON])

    /// The canonical spelling, UTF-8.
    public var bytes: [UInt8] {
        var out: [UInt8] = []
        CanonicalWriter.write(self, into: &out)
        return out
    }

    /// The canonical spelling.
    public var text: String { String(decoding: bytes, as: UTF8.self) }

    /// The plain decimal text as a string: `"12.50"` stays apart from `"12.5"`.
    public init(_ value: ExactDecimal) { self = .string(value.description) }

    /// What the value's own `Encodable` says. Throws: `trust.json_unencodable`.
    public init(encoding value: some Encodable) throws {
        do {
            let encoder = JSONEncoder()
            encoder.outputFormatting = .sortedKeys
            try self.init(parsing: Array(encoder.encode(value)))
        } catch { throw Failure("trust.json_unencodable", cause: error) }
    }

    /// Reads any JSON text, canonical or not. Throws: `trust.json_unreadable` with the place.
    public init(parsing bytes: some Sequence<UInt8>) throws {
        var reader = CanonicalReader(Array(bytes))
        self = try reader.document()
    }

    public subscript(name: String) -> CanonicalJSON? {
        guard case .object(let fields) = self else { return nil }
        return fields[name]
    }
}

extension CanonicalJSON: ExpressibleByStringLiteral, ExpressibleByIntegerLiteral, ExpressibleByBooleanLiteral,
    ExpressibleByArrayLiteral, ExpressibleByDictionaryLiteral, ExpressibleByNilLiteral
{
    public init(stringLiteral value: String) { self = .string(value) }
    public init(integerLiteral value: Int) { self = .number(Double(value)) }
    public init(booleanLiteral value: Bool) { self = .bool(value) }
    public init(arrayLiteral elements: CanonicalJSON...) { self = .array(elements) }
    public init(nilLiteral: ()) { self = .null }
    /// The last of two equal names counts.
    public init(dictionaryLiteral elements: (String, CanonicalJSON)...) {
        self = .object(Dictionary(elements) { _, later in later })
    }
}
