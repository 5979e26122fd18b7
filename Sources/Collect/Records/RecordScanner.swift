/// What kind of JSON value a field carried.
enum TokenKind: UInt8 {
    case string, number, yes, no, object, array
    /// A number of one to sixteen digits and nothing else, whose value the token carries.
    case integer
}

/// Where a field's value stands in the line.
struct Token {
    var start: Int32
    /// Of strings: between the quotes.
    var length: Int32
    var kind: TokenKind
    var isEscaped: Bool
    /// Of integers only.
    var value: Int64 = 0

    static let empty = Token(start: 0, length: 0, kind: .string, isEscaped: false)

    @inline(__always) var isNumber: Bool { kind == .number || kind == .integer }
}

/// Reads one NDJSON line after another, strictly by RFC 8259, and notes where the known fields' values stand.
///
/// It allocates once: rows cost no objects. Bytes up to `PaddedLines.padding` behind a line may be loaded, never judged. Escapes and UTF-8 are checked on the way; a string with escapes is decoded
/// only when somebody asks for it. A field that stands twice makes the row malformed.
struct RecordScanner: ~Copyable {
    static let longestLine = 256 * 1024
    static let deepestNesting = 16

    /// Fields of the line with a value other than null.
    private(set) var seen = FieldSet(rawValue: 0)
    /// Names that no record knows, without quotes, as they stand in the line; at most a hundred kept.
    private(set) var unknownNames: Set<String> = []

    /// By field; the places above the fields' are for values that nobody asks for.
    let tokens: UnsafeMutablePointer<Token>
    static let places = 64
    private let scratch: UnsafeMutablePointer<UInt8>
    private var scratchUsed = 0
    /// Fields met, null or not, to notice doubles.
    private var met: UInt64 = 0
    var base: UnsafePointer<UInt8>
    var count = 0

    init() {
        tokens = .allocate(capacity: RecordScanner.places)
        tokens.initialize(repeating: .empty, count: RecordScanner.places)
        scratch = .allocate(capacity: RecordScanner.longestLine + PaddedLines.padding)
        scratch.initialize(repeating: 0, count: RecordScanner.longestLine + PaddedLines.padding)
        base = UnsafePointer(scratch)
    }

    deinit {
        tokens.deallocate()
        scratch.deallocate()
    }

    @inline(__always) func token(_ field: RecordField) -> Token { tokens[Int(field.rawValue)] }

    /// Takes over a row whose values a template has put into `tokens`.
    @inline(__always)
    mutating func adopt(_ row: UnsafePointer<UInt8>, length: Int, seen: UInt64) {
        base = row
        count = length
        self.seen = FieldSet(rawValue: seen)
        scratchUsed = 0
    }

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
        var name = Token.empty
        guard string(&at, &name) else { return ScanFault(.rowMalformed, at: at) }
        let field = field(named: name)
        skipBlanks(&at)
        guard at < count, base[at] == 0x3a else { return ScanFault(.rowMalformed, at: at) }
        at &+= 1
        skipBlanks(&at)
        var value = Token.empty
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

    /// The field of a name without its quotes; nil for unknown ones.
    @inline(__always)
    mutating func field(named name: Token) -> RecordField? { name.isEscaped ? escapedName(name) : plainName(name) }

    @inline(__always)
    private func plainName(_ name: Token) -> RecordField? {
        let length = Int(name.length)
        if length <= 8 {
            let raw = UnsafeRawPointer(base) + Int(name.start)
            let word = UInt64(littleEndian: raw.loadUnaligned(as: UInt64.self))
            return RecordField.short(word & ShortText.mask(length))
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
