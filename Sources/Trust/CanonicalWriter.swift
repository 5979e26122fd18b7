/// RFC 8785 section 3.2: how values are spelt.
enum CanonicalWriter {
    static func write(_ value: CanonicalJSON, into out: inout [UInt8]) {
        switch value {
        case .null: out += "null".utf8
        case .bool(let flag): out += (flag ? "true" : "false").utf8
        case .number(let number): out += ECMAScriptNumber.text(number).utf8
        case .string(let text): string(text, into: &out)
        case .array(let items):
            out.append(UInt8(ascii: "["))
            for (index, item) in items.enumerated() {
                if index > 0 { out.append(UInt8(ascii: ",")) }
                write(item, into: &out)
            }
            out.append(UInt8(ascii: "]"))
        case .object(let fields):
            out.append(UInt8(ascii: "{"))
            for (index, name) in sorted(fields.keys).enumerated() {
                if index > 0 { out.append(UInt8(ascii: ",")) }
                string(name, into: &out)
                out.append(UInt8(ascii: ":"))
                write(fields[name] ?? .null, into: &out)
            }
            out.append(UInt8(ascii: "}"))
        }
    }

    /// Section 3.2.3: names are ordered by their UTF-16 code units.
    private static func sorted(_ names: some Collection<String>) -> [String] {
        names.sorted { $0.utf16.lexicographicallyPrecedes($1.utf16) }
    }

    /// Section 3.2.2.2: only `"`, `\` and control characters are escaped, the latter in their short form if any.
    private static func string(_ text: String, into out: inout [UInt8]) {
        out.append(UInt8(ascii: "\""))
        for byte in text.utf8 {
            switch byte {
            case 0x08: out += "\\b".utf8
            case 0x09: out += "\\t".utf8
            case 0x0A: out += "\\n".utf8
            case 0x0C: out += "\\f".utf8
            case 0x0D: out += "\\r".utf8
            case 0x22: out += "\\\"".utf8
            case 0x5C: out += "\\\\".utf8
            case 0..<0x20: out += "\\u00\(byte < 16 ? "0" : "")\(String(byte, radix: 16))".utf8
            default: out.append(byte)
            }
        }
        out.append(UInt8(ascii: "\""))
    }
}

/// How ECMAScript spells a double (`Number::toString`), which RFC 8785 section 3.2.2.3 takes over.
enum ECMAScriptNumber {
    /// `1e+21`, `0.000001`, `333333333.3333333`; `null` for what JSON cannot say.
    static func text(_ number: Double) -> String {
        guard number.isFinite else { return "null" }
        guard number != 0 else { return "0" }
        let (digits, point) = shortest(number.magnitude)
        return (number < 0 ? "-" : "") + layOut(digits, point)
    }

    /// The shortest digits that read back as the same double, and where the decimal point stands behind the first one
    /// (`n` of the standard: value = 0.digits × 10^n). Swift prints the same digits, in another layout.
    private static func shortest(_ magnitude: Double) -> (digits: [UInt8], point: Int) {
        var digits: [UInt8] = []
        var point = 0
        var seenPoint = false
        var exponent = ""
        var inExponent = false
        for byte in magnitude.description.utf8 {
            switch byte {
            case UInt8(ascii: "e"): inExponent = true
            case _ where inExponent: exponent.unicodeScalars.append(Unicode.Scalar(byte))
            case UInt8(ascii: "."): seenPoint = true
            default:
                digits.append(byte)
                if !seenPoint { point += 1 }
            }
        }
        point += Int(exponent.hasPrefix("+") ? String(exponent.dropFirst()) : exponent) ?? 0
        while digits.first == UInt8(ascii: "0") {
            digits.removeFirst()
            point -= 1
        }
        while digits.last == UInt8(ascii: "0") { digits.removeLast() }
        return (digits, point)
    }

    private static func layOut(_ digits: [UInt8], _ point: Int) -> String {
        let text = String(decoding: digits, as: UTF8.self)
        let count = digits.count
        if count <= point, point <= 21 { return text + String(repeating: "0", count: point - count) }
        if 0 < point, point <= 21 { return text.prefix(point) + "." + text.dropFirst(point) }
        if -6 < point, point <= 0 { return "0." + String(repeating: "0", count: -point) + text }
        let exponent = point - 1
        let tail = "e" + (exponent < 0 ? "-" : "+") + "\(exponent.magnitude)"
        return count == 1 ? text + tail : text.prefix(1) + "." + text.dropFirst() + tail
    }
}
