import Vocabulary

/// A strict JSON reader (RFC 8259) that refuses what RFC 8785 cannot spell: equal names, lone surrogates, numbers
/// beyond a double.
struct CanonicalReader {
    private let bytes: [UInt8]
    private var at = 0
    private var depth = 0
    private static let depthLimit = 512

    init(_ bytes: [UInt8]) { self.bytes = bytes }

    mutating func document() throws -> CanonicalJSON {
        let result = try value()
        skipSpace()
        guard at == bytes.count else { throw fault() }
        return result
    }

    private func fault() -> Failure { Failure("trust.json_unreadable", ["byte": "\(at)"]) }

    private mutating func skipSpace() {
        while at < bytes.count, [0x20, 0x09, 0x0A, 0x0D].contains(bytes[at]) { at += 1 }
    }

    private mutating func take(_ byte: UInt8) -> Bool {
        guard at < bytes.count, bytes[at] == byte else { return false }
        at += 1
        return true
    }

    private mutating func expect(_ word: StaticString, _ value: CanonicalJSON) throws -> CanonicalJSON {
        for byte in word.description.utf8 { guard take(byte) else { throw fault() } }
        return value
    }

    private mutating func value() throws -> CanonicalJSON {
        skipSpace()
        guard at < bytes.count else { throw fault() }
        switch bytes[at] {
        case UInt8(ascii: "{"): return try nested { try $0.object() }
        case UInt8(ascii: "["): return try nested { try $0.array() }
        case UInt8(ascii: "\""): return .string(try string())
        case UInt8(ascii: "t"): return try expect("true", .bool(true))
        case UInt8(ascii: "f"): return try expect("false", .bool(false))
        case UInt8(ascii: "n"): return try expect("null", .null)
        default: return try number()
        }
    }

    private mutating func nested(_ read: (inout CanonicalReader) throws -> CanonicalJSON) throws -> CanonicalJSON {
        guard depth < CanonicalReader.depthLimit else { throw fault() }
        depth += 1
        at += 1
        defer { depth -= 1 }
        return try read(&self)
    }

    private mutating func object() throws -> CanonicalJSON {
        var fields: [String: CanonicalJSON] = [:]
        skipSpace()
        if take(UInt8(ascii: "}")) { return .object(fields) }
        while true {
            skipSpace()
            let name = try string()
            skipSpace()
            guard take(UInt8(ascii: ":")) else { throw fault() }
            let item = try value()
            guard fields.updateValue(item, forKey: name) == nil else { throw fault() }
            skipSpace()
            if take(UInt8(ascii: "}")) { return .object(fields) }
            guard take(UInt8(ascii: ",")) else { throw fault() }
        }
    }

    private mutating func array() throws -> CanonicalJSON {
        var items: [CanonicalJSON] = []
        skipSpace()
        if take(UInt8(ascii: "]")) { return .array(items) }
        while true {
            items.append(try value())
            skipSpace()
            if take(UInt8(ascii: "]")) { return .array(items) }
            guard take(UInt8(ascii: ",")) else { throw fault() }
        }
    }

    private mutating func number() throws -> CanonicalJSON {
        let start = at
        _ = take(UInt8(ascii: "-"))
        let zero = at < bytes.count && bytes[at] == UInt8(ascii: "0")
        guard let count = digits(), !(zero && count > 1) else { throw fault() }
        if take(UInt8(ascii: ".")) { guard digits() != nil else { throw fault() } }
        if take(UInt8(ascii: "e")) || take(UInt8(ascii: "E")) {
            if !take(UInt8(ascii: "+")) { _ = take(UInt8(ascii: "-")) }
            guard digits() != nil else { throw fault() }
        }
        guard let value = Double(String(decoding: bytes[start..<at], as: UTF8.self)), value.isFinite else {
            throw fault()
        }
        return .number(value)
    }

    /// How many digits there were; nil for none.
    private mutating func digits() -> Int? {
        let start = at
        while at < bytes.count, (48...57).contains(bytes[at]) { at += 1 }
        return at == start ? nil : at - start
    }

    private mutating func string() throws -> String {
        guard take(UInt8(ascii: "\"")) else { throw fault() }
        var out: [UInt8] = []
        while at < bytes.count {
            let byte = bytes[at]
            at += 1
            switch byte {
            case UInt8(ascii: "\""):
                guard let text = String(validating: out, as: UTF8.self) else { throw fault() }
                return text
            case UInt8(ascii: "\\"): out += try escape()
            case 0..<0x20: throw fault()
            default: out.append(byte)
            }
        }
        throw fault()
    }

    private mutating func escape() throws -> [UInt8] {
        guard at < bytes.count else { throw fault() }
        let byte = bytes[at]
        at += 1
        switch byte {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): return [byte]
        case UInt8(ascii: "b"): return [0x08]
        case UInt8(ascii: "f"): return [0x0C]
        case UInt8(ascii: "n"): return [0x0A]
        case UInt8(ascii: "r"): return [0x0D]
        case UInt8(ascii: "t"): return [0x09]
        case UInt8(ascii: "u"): return Array(String(Character(try escapedScalar())).utf8)
        default: throw fault()
        }
    }

    /// Behind `\u`: one code unit, or a surrogate pair written as two.
    private mutating func escapedScalar() throws -> Unicode.Scalar {
        let first = try codeUnit()
        if let scalar = Unicode.Scalar(first) { return scalar }
        guard first < 0xDC00, take(UInt8(ascii: "\\")), take(UInt8(ascii: "u")) else { throw fault() }
        let second = try codeUnit()
        guard (0xDC00...0xDFFF).contains(second),
            let scalar = Unicode.Scalar(0x10000 + (UInt32(first) - 0xD800) << 10 + (UInt32(second) - 0xDC00))
        else { throw fault() }
        return scalar
    }

    private mutating func codeUnit() throws -> UInt16 {
        guard at + 4 <= bytes.count,
            let pair = Hexadecimal.bytes(String(decoding: bytes[at..<(at + 4)], as: UTF8.self)), pair.count == 2
        else { throw fault() }
        at += 4
        return UInt16(pair[0]) << 8 | UInt16(pair[1])
    }
}
