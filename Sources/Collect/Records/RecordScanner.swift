/// What kind of JSON value a field carried.
enum TokenKind: UInt8 {
    case string, number, yes, no, object, array
}

/// Where a field's value stands in the line.
struct Token {
    var start: Int32
    /// Of strings: between the quotes.
    var length: Int32
    var kind: TokenKind
    var isEscaped: Bool
}

/// Reads one NDJSON line after another, strictly by RFC 8259, and notes where the known fields' values stand.
///
/// It allocates once: rows cost no objects. Escapes and UTF-8 are checked on the way; a string with escapes is decoded
/// only when somebody asks for it. A field that stands twice makes the row malformed.
struct RecordScanner: ~Copyable {
    static let longestLine = 256 * 1024
    static let deepestNesting = 16

    /// Fields of the line with a value other than null.
    private(set) var seen = FieldSet(rawValue: 0)
    /// Names that no record knows, without quotes, as they stand in the line; at most a hundred kept.
    private(set) var unknownNames: Set<String> = []

    private let tokens: UnsafeMutablePointer<Token>
    private let scratch: UnsafeMutablePointer<UInt8>
    private var scratchUsed = 0
    /// Fields met, null or not, to notice doubles.
    private var met: UInt64 = 0
    var base: UnsafePointer<UInt8>
    var count = 0

    init() {
        tokens = .allocate(capacity: RecordField.count)
        tokens.initialize(
            repeating: Token(start: 0, length: 0, kind: .string, isEscaped: false), count: RecordField.count)
        scratch = .allocate(capacity: RecordScanner.longestLine)
        base = UnsafePointer(scratch)
    }

    deinit {
        tokens.deallocate()
        scratch.deallocate()
    }

    @inline(__always) func token(_ field: RecordField) -> Token { tokens[Int(field.rawValue)] }

    /// Reads the line; nil when it is one well-formed object. The line must stay in place until the next call.
    mutating func scan(_ line: UnsafeBufferPointer<UInt8>) -> ScanFault? {
        guard let start = line.baseAddress, line.count <= RecordScanner.longestLine else {
            return ScanFault(.rowTooLong)
        }
        base = start
        count = line.count
        seen = FieldSet(rawValue: 0)
        met = 0
        scratchUsed = 0
        var at = 0
        skipBlanks(&at)
        guard at < count, base[at] == 0x7b else { return ScanFault(.rowMalformed, at: at) }
        at &+= 1
        skipBlanks(&at)
        if at < count, base[at] == 0x7d { return ending(at) }
        while true {
            if let fault = member(&at) { return fault }
            skipBlanks(&at)
            guard at < count else { return ScanFault(.rowMalformed, at: at) }
            if base[at] == 0x2c {
                at &+= 1
                skipBlanks(&at)
            } else if base[at] == 0x7d {
                return ending(at)
            } else {
                return ScanFault(.rowMalformed, at: at)
            }
        }
    }

    private func ending(_ brace: Int) -> ScanFault? {
        var at = brace &+ 1
        skipBlanks(&at)
        return at == count ? nil : ScanFault(.rowMalformed, at: at)
    }

    /// `"name" : value`.
    private mutating func member(_ at: inout Int) -> ScanFault? {
        let nameStart = at
        var name = Token(start: 0, length: 0, kind: .string, isEscaped: false)
        guard string(&at, &name) else { return ScanFault(.rowMalformed, at: at) }
        let field = name.isEscaped ? escapedName(name) : plainName(name)
        skipBlanks(&at)
        guard at < count, base[at] == 0x3a else { return ScanFault(.rowMalformed, at: at) }
        at &+= 1
        skipBlanks(&at)
        var value = Token(start: 0, length: 0, kind: .string, isEscaped: false)
        var isNull = false
        guard self.value(&at, &value, &isNull, depth: 0) else { return ScanFault(.rowMalformed, at: at) }
        guard let field else {
            noteUnknown(name)
            return nil
        }
        if met & field.bit != 0 { return ScanFault(.rowMalformed, field, at: nameStart) }
        met |= field.bit
        if !isNull {
            seen = FieldSet(rawValue: seen.rawValue | field.bit)
            tokens[Int(field.rawValue)] = value
        }
        return nil
    }

    @inline(__always)
    private func plainName(_ name: Token) -> RecordField? {
        let length = Int(name.length)
        if length <= 8 {
            var word: UInt64 = 0
            let raw = UnsafeRawPointer(base) + Int(name.start)
            if Int(name.start) &+ 8 <= count {
                word = UInt64(littleEndian: raw.loadUnaligned(as: UInt64.self))
                if length < 8 { word &= (1 &<< UInt64(length &* 8)) &- 1 }
            } else {
                for i in 0..<length { word |= UInt64(base[Int(name.start) &+ i]) &<< UInt64(i &* 8) }
            }
            return RecordField.short(word)
        }
        return longName(UnsafeBufferPointer(start: base + Int(name.start), count: length))
    }

    private func longName(_ bytes: UnsafeBufferPointer<UInt8>) -> RecordField? {
        if bytes.elementsEqual("storage_bytes".utf8) { return .storageBytes }
        if bytes.elementsEqual("model_kind".utf8) { return .modelKind }
        return nil
    }

    private mutating func escapedName(_ name: Token) -> RecordField? {
        let bytes = text(of: name)
        return RecordField.allCases.first { bytes.elementsEqual($0.name.utf8) }
    }

    private mutating func noteUnknown(_ name: Token) {
        guard unknownNames.count < 100, name.length <= 64 else { return }
        let text = String(decoding: text(of: name), as: UTF8.self)
        unknownNames.insert(text)
    }

    /// A known field that the row's kind does not have is left out and named like an unknown one.
    mutating func noteUnused(_ fields: FieldSet, of kind: RecordKind) {
        for field in fields.fields where unknownNames.count < 100 { unknownNames.insert("\(kind.name).\(field.name)") }
    }

    // MARK: values

    /// The bytes of a string, escapes decoded; valid until the next `scan`.
    @inline(__always)
    mutating func text(_ field: RecordField) -> UnsafeBufferPointer<UInt8> { text(of: tokens[Int(field.rawValue)]) }

    @inline(__always)
    mutating func text(of token: Token) -> UnsafeBufferPointer<UInt8> {
        if !token.isEscaped { return UnsafeBufferPointer(start: base + Int(token.start), count: Int(token.length)) }
        return decoded(token)
    }

    /// Decoding never lengthens a string, so that one line's strings fit into the scratch space, each decoded once;
    /// a string asked for more often than the space allows reads as empty, which no rule accepts.
    private mutating func decoded(_ token: Token) -> UnsafeBufferPointer<UInt8> {
        guard scratchUsed + Int(token.length) <= RecordScanner.longestLine else {
            return UnsafeBufferPointer(start: scratch, count: 0)
        }
        let out = scratch + scratchUsed
        let source = UnsafeBufferPointer(start: base + Int(token.start), count: Int(token.length))
        let length = JSONEscapes.decode(source, into: out)
        scratchUsed += length
        return UnsafeBufferPointer(start: out, count: length)
    }

    @inline(__always)
    func skipBlanks(_ at: inout Int) {
        while at < count {
            let byte = base[at]
            if byte != 0x20 && byte != 0x09 && byte != 0x0d { return }
            at &+= 1
        }
    }
}
