/// Writes one line after another into a buffer that has room for them.
struct ProtobufLine {
    private let out: UnsafeMutableBufferPointer<UInt8>
    private(set) var count = 0

    init(_ out: UnsafeMutableBufferPointer<UInt8>) { self.out = out }

    /// A line that no reader takes.
    mutating func malformed() {
        byte(0x3f)
        byte(0x0a)
    }

    /// The line of a message; of one that cannot be read, a malformed line.
    mutating func message(_ bytes: UnsafeBufferPointer<UInt8>) {
        let start = count
        byte(0x7b)
        var hasValues = false
        var wire = ProtobufWire(bytes)
        while !wire.isAtEnd {
            guard field(&wire, start, &hasValues) else {
                count = start
                return malformed()
            }
        }
        if hasValues, !values(bytes, start) {
            count = start
            return malformed()
        }
        byte(0x7d)
        byte(0x0a)
    }

    private mutating func field(_ wire: inout ProtobufWire, _ start: Int, _ hasValues: inout Bool) -> Bool {
        guard let tag = wire.varint(), tag >> 3 > 0, tag >> 3 < 1 << 29 else { return false }
        let number = Int(tag >> 3)
        guard number <= ProtobufFields.all.count else {
            // A field of a later version: left out, and named by its number.
            name("#\(number)", start)
            text("null")
            return wire.skip(tag & 7)
        }
        let field = ProtobufFields.all[number - 1]
        guard tag & 7 == ProtobufFields.wireType(field.form) else { return false }
        if field.form == .values {
            hasValues = true
            return wire.delimited() != nil
        }
        name(field.name, start)
        return value(&wire, field.form)
    }

    private mutating func value(_ wire: inout ProtobufWire, _ form: ProtobufFields.Form) -> Bool {
        switch form {
        case .text: return wire.delimited().map { quoted($0) } != nil
        case .real: return wire.fixed(8).map { text("\(Double(bitPattern: $0))") } != nil
        case .whole: return wire.varint().map { whole(Int64(bitPattern: $0)) } != nil
        case .flag: return wire.varint().map { text($0 == 0 ? "false" : "true") } != nil
        case .kind:
            guard let number = wire.varint() else { return false }
            let kind = UInt8(exactly: number).flatMap(RecordKind.init(rawValue:))
            byte(0x22)
            text(kind?.name ?? "#\(number)")
            byte(0x22)
            return true
        case .values: return false
        }
    }

    /// The members of the map, which may stand anywhere in the message, as one object.
    private mutating func values(_ bytes: UnsafeBufferPointer<UInt8>, _ start: Int) -> Bool {
        name("values", start)
        byte(0x7b)
        let open = count
        var wire = ProtobufWire(bytes)
        while !wire.isAtEnd {
            guard let tag = wire.varint() else { return false }
            guard Int(tag >> 3) == ProtobufFields.values else {
                guard wire.skip(tag & 7) else { return false }
                continue
            }
            guard let entry = wire.delimited(), pair(entry, open) else { return false }
        }
        byte(0x7d)
        return true
    }

    private mutating func pair(_ entry: UnsafeBufferPointer<UInt8>, _ open: Int) -> Bool {
        var wire = ProtobufWire(entry)
        var key = UnsafeBufferPointer<UInt8>(start: nil, count: 0)
        var number = key
        while !wire.isAtEnd {
            guard let tag = wire.varint() else { return false }
            switch tag {
            case 1 << 3 | 2: if let text = wire.delimited() { key = text } else { return false }
            case 2 << 3 | 2: if let text = wire.delimited() { number = text } else { return false }
            default: guard wire.skip(tag & 7) else { return false }
            }
        }
        // Only what a number is made of, so that nothing else gets into the line.
        guard number.count > 0, number.allSatisfy({ $0 &- 0x30 < 10 || "+-.eE".utf8.contains($0) }) else {
            return false
        }
        if count > open { byte(0x2c) }
        quoted(key)
        byte(0x3a)
        for each in number { byte(each) }
        return true
    }

    // MARK: bytes

    /// `ProtobufRows.room` is enough for any message; a byte beyond it would be dropped, never written.
    private mutating func byte(_ value: UInt8) {
        guard count < out.count else { return }
        out[count] = value
        count += 1
    }

    private mutating func text(_ value: String) { for each in value.utf8 { byte(each) } }

    private mutating func name(_ value: StaticString, _ start: Int) {
        if count > start + 1 { byte(0x2c) }
        byte(0x22)
        for index in 0..<value.utf8CodeUnitCount { byte(value.utf8Start[index]) }
        byte(0x22)
        byte(0x3a)
    }

    private mutating func name(_ value: String, _ start: Int) {
        if count > start + 1 { byte(0x2c) }
        byte(0x22)
        text(value)
        byte(0x22)
        byte(0x3a)
    }

    private mutating func quoted(_ bytes: UnsafeBufferPointer<UInt8>) {
        byte(0x22)
        for each in bytes {
            switch each {
            case 0x22, 0x5c:
                byte(0x5c)
                byte(each)
            case ..<0x20:
                text("\\u00")
                byte(each < 0x10 ? 0x30 : 0x31)
                byte((each & 15) < 10 ? 0x30 + (each & 15) : 0x57 + (each & 15))
            default: byte(each)
            }
        }
        byte(0x22)
    }

    private mutating func whole(_ value: Int64) {
        if value < 0 { byte(0x2d) }
        var rest = value.magnitude
        var digits: UInt64 = 0
        var length = 0
        // Up to sixteen digits in one word, four bits each; longer numbers are rare.
        guard rest < 10_000_000_000_000_000 else { return text("\(rest)") }
        repeat {
            digits = digits << 4 | rest % 10
            rest /= 10
            length += 1
        } while rest > 0
        for _ in 0..<length {
            byte(0x30 + UInt8(digits & 15))
            digits >>= 4
        }
    }
}
