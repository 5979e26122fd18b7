extension RecordScanner {
    /// Any JSON value; false when it is not one, with `at` where it stops being one.
    @inline(__always)
    func value(_ at: inout Int, _ token: inout Token, _ isNull: inout Bool, depth: Int) -> Bool {
        guard at < count else { return false }
        switch base[at] {
        case 0x22: return string(&at, &token)
        case 0x2d, 0x30...0x39: return number(&at, &token)
        default: return other(&at, &token, &isNull, depth: depth)
        }
    }

    private func other(_ at: inout Int, _ token: inout Token, _ isNull: inout Bool, depth: Int) -> Bool {
        let start = at
        switch base[at] {
        case 0x74:
            token.kind = .yes
            return word(&at, "true")
        case 0x66:
            token.kind = .no
            return word(&at, "false")
        case 0x6e:
            isNull = true
            return word(&at, "null")
        case 0x7b, 0x5b:
            token.kind = base[at] == 0x7b ? .object : .array
            guard container(&at, depth: depth) else { return false }
            token.start = Int32(truncatingIfNeeded: start)
            token.length = Int32(truncatingIfNeeded: at - start)
            return true
        default: return false
        }
    }

    private func word(_ at: inout Int, _ text: StaticString) -> Bool {
        guard at + text.utf8CodeUnitCount <= count else { return false }
        for i in 0..<text.utf8CodeUnitCount where base[at + i] != text.utf8Start[i] { return false }
        at += text.utf8CodeUnitCount
        return true
    }

    /// An object or array of any content, checked and passed over.
    private func container(_ at: inout Int, depth: Int) -> Bool {
        guard depth < RecordScanner.deepestNesting else { return false }
        let isObject = base[at] == 0x7b
        let close: UInt8 = isObject ? 0x7d : 0x5d
        at += 1
        skipBlanks(&at)
        if at < count, base[at] == close {
            at += 1
            return true
        }
        var token = Token.empty
        var isNull = false
        while true {
            if isObject {
                guard at < count, base[at] == 0x22, string(&at, &token) else { return false }
                skipBlanks(&at)
                guard at < count, base[at] == 0x3a else { return false }
                at += 1
                skipBlanks(&at)
            }
            guard value(&at, &token, &isNull, depth: depth + 1) else { return false }
            skipBlanks(&at)
            guard at < count else { return false }
            if base[at] == close {
                at += 1
                return true
            }
            guard base[at] == 0x2c else { return false }
            at += 1
            skipBlanks(&at)
        }
    }

    /// A number by the grammar of RFC 8259: no leading zeros, no plus sign, no bare point.
    @inline(__always)
    func number(_ at: inout Int, _ token: inout Token) -> Bool {
        let start = at
        if base[at] == 0x2d { at &+= 1 }
        guard at < count, isDigit(base[at]) else { return false }
        if base[at] == 0x30 { at &+= 1 } else { digits(&at) }
        if at < count, base[at] == 0x2e {
            at &+= 1
            guard at < count, isDigit(base[at]) else { return false }
            digits(&at)
        }
        if at < count, base[at] | 0x20 == 0x65 {
            at &+= 1
            if at < count, base[at] == 0x2b || base[at] == 0x2d { at &+= 1 }
            guard at < count, isDigit(base[at]) else { return false }
            digits(&at)
        }
        token.kind = .number
        token.start = Int32(truncatingIfNeeded: start)
        token.length = Int32(truncatingIfNeeded: at &- start)
        return true
    }

    @inline(__always) private func isDigit(_ byte: UInt8) -> Bool { byte &- 0x30 < 10 }

    @inline(__always)
    private func digits(_ at: inout Int) { while at < count, isDigit(base[at]) { at &+= 1 } }

    /// A string with its quotes; escapes and UTF-8 are checked, eight bytes at a time while they are plain ASCII.
    ///
    /// In a word the lowest marked byte is a true quote, backslash, control or non-ASCII byte; higher marks may be
    /// borrows, which is why only the lowest is looked at.
    @inline(__always)
    func string(_ at: inout Int, _ token: inout Token) -> Bool {
        guard at < count, base[at] == 0x22 else { return false }
        at &+= 1
        let start = at
        token.kind = .string
        token.isEscaped = false
        let raw = UnsafeRawPointer(base)
        while true {
            while at &+ 8 <= count {
                let word = UInt64(littleEndian: raw.loadUnaligned(fromByteOffset: at, as: UInt64.self))
                let quotes = (word ^ 0x2222_2222_2222_2222) &- 0x0101_0101_0101_0101
                let slashes = (word ^ 0x5c5c_5c5c_5c5c_5c5c) &- 0x0101_0101_0101_0101
                let controls = word &- 0x2020_2020_2020_2020
                let marks = (word | quotes | slashes | controls) & 0x8080_8080_8080_8080
                if marks != 0 {
                    at &+= marks.trailingZeroBitCount &>> 3
                    break
                }
                at &+= 8
            }
            guard at < count else { return false }
            let byte = base[at]
            if byte == 0x22 {
                token.start = Int32(truncatingIfNeeded: start)
                token.length = Int32(truncatingIfNeeded: at &- start)
                at &+= 1
                return true
            }
            if byte == 0x5c {
                token.isEscaped = true
                guard JSONEscapes.skip(base, count, &at) else { return false }
            } else if byte >= 0x80 {
                guard JSONEscapes.skipMultibyte(base, count, &at) else { return false }
            } else if byte < 0x20 {
                return false
            } else {
                at &+= 1
            }
        }
    }
}
