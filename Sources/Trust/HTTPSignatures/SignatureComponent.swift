import RawStructuredFieldValues
import Vocabulary

/// One thing that a signature covers: a field by its name in lower case, or a derived component such as `@method`.
///
/// Source: RFC 9421, sections 2.1 and 2.2. The parameters `sf`, `key`, `bs`, `tr` and `req` are refused, not ignored:
/// a signer who used them meant something that was not checked.
public struct SignatureComponent: Sendable, Hashable {
    public var name: String
    /// The `name` parameter of `@query-param`, percent-encoded as in the address.
    public var queryName: String?

    public init(_ name: String, queryName: String? = nil) {
        self.name = name
        self.queryName = queryName
    }

    /// - Throws: `trust.signature_component_unsupported`, `trust.signature_unreadable`.
    init(_ item: Item) throws(Failure) {
        guard case .string(let name) = item.rfc9651BareItem, !name.isEmpty, name == name.lowercased() else {
            throw Failure("trust.signature_unreadable", ["field": "Signature-Input"])
        }
        self.name = name
        for (parameter, value) in item.rfc9651Parameters {
            guard parameter == "name", name == "@query-param", case .string(let query) = value else {
                throw Failure("trust.signature_component_unsupported", ["component": "\(name);\(parameter)"])
            }
            queryName = query
        }
    }

    var item: Item {
        Item(
            bareItem: .string(name),
            parameters: queryName.map { ["name": RFC9651BareItem.string($0)] } ?? [:])
    }

    /// What the message says of the component.
    /// - Throws: `trust.signature_component_missing` when it says nothing or, of a query parameter, says it twice.
    func value(in message: SignedMessage) throws(Failure) -> String {
        let value: String? =
            switch name {
            case "@method": message.method
            case "@authority": Self.authority(message)
            case "@scheme": message.scheme.lowercased()
            case "@path": message.path.isEmpty ? "/" : message.path
            case "@query": "?" + (message.query ?? "")
            case "@request-target": Self.target(message)
            case "@target-uri": "\(message.scheme.lowercased())://\(Self.authority(message))\(Self.target(message))"
            case "@status": message.status.map { "\($0)" }
            case "@query-param": queryName.flatMap { Self.queryValue($0, message.query ?? "") }
            default: name.hasPrefix("@") ? nil : message.field(name)
            }
        guard let value, !value.utf8.contains(0x0a) else {
            throw Failure("trust.signature_component_missing", ["component": shown])
        }
        return value
    }

    var shown: String { queryName.map { "\(name);name=\"\($0)\"" } ?? name }

    private static func target(_ message: SignedMessage) -> String {
        (message.path.isEmpty ? "/" : message.path) + (message.query.map { "?" + $0 } ?? "")
    }

    private static func authority(_ message: SignedMessage) -> String {
        let lower = message.authority.lowercased()
        let standard = message.scheme.lowercased() == "https" ? ":443" : ":80"
        return lower.hasSuffix(standard) ? String(lower.dropLast(standard.count)) : lower
    }

    /// The one value of the name, decoded as a form and encoded anew (RFC 9421, section 2.2.8).
    private static func queryValue(_ name: String, _ query: String) -> String? {
        let found = query.split(separator: "&", omittingEmptySubsequences: true).compactMap { part -> String? in
            let halves = part.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            guard FormEncoding.again(halves[0]) == FormEncoding.again(name[...]) else { return nil }
            return FormEncoding.again(halves.count == 2 ? halves[1] : "")
        }
        return found.count == 1 ? found[0] : nil
    }
}

/// `application/x-www-form-urlencoded` as URL serialises it, for comparing what two programs wrote differently.
enum FormEncoding {
    /// Decoded and percent-encoded anew.
    static func again(_ text: Substring) -> String {
        var bytes: [UInt8] = []
        var rest = Array(text.utf8)[...]
        while let byte = rest.popFirst() {
            if byte == UInt8(ascii: "+") {
                bytes.append(0x20)
            } else if byte == UInt8(ascii: "%"), rest.count >= 2,
                let decoded = Hexadecimal.bytes(String(decoding: rest.prefix(2), as: UTF8.self))
            {
                bytes += decoded
                rest = rest.dropFirst(2)
            } else {
                bytes.append(byte)
            }
        }
        return bytes.map(encoded).joined()
    }

    private static func encoded(_ byte: UInt8) -> String {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "*"), UInt8(ascii: "-"), UInt8(ascii: "."),
            UInt8(ascii: "_"):
            String(UnicodeScalar(byte))
        default: "%" + Hexadecimal.text([byte]).uppercased()
        }
    }
}
