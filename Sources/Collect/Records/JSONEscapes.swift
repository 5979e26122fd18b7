/// The slow path of strings: escapes and multi-byte UTF-8.
enum JSONEscapes {
    /// Passes over one escape; false when it is none, or a surrogate without its other half.
    static func skip(_ base: UnsafePointer<UInt8>, _ count: Int, _ at: inout Int) -> Bool {
        guard at + 1 < count else { return false }
        switch base[at + 1] {
        case 0x22, 0x5c, 0x2f, 0x62, 0x66, 0x6e, 0x72, 0x74:
            at += 2
            return true
        case 0x75:
            guard let unit = unit(base, count, at) else { return false }
            at += 6
            if unit & 0xfc00 == 0xdc00 { return false }
            if unit & 0xfc00 == 0xd800 {
                guard let low = self.unit(base, count, at), low & 0xfc00 == 0xdc00 else { return false }
                at += 6
            }
            return true
        default: return false
        }
    }

    /// The four hexadecimal digits of `\uXXXX` at `at`.
    private static func unit(_ base: UnsafePointer<UInt8>, _ count: Int, _ at: Int) -> UInt32? {
        guard at + 6 <= count, base[at] == 0x5c, base[at + 1] == 0x75 else { return nil }
        var value: UInt32 = 0
        for i in 2..<6 {
            let byte = base[at + i]
            switch byte {
            case 0x30...0x39: value = value << 4 | UInt32(byte - 0x30)
            case 0x41...0x46: value = value << 4 | UInt32(byte - 0x37)
            case 0x61...0x66: value = value << 4 | UInt32(byte - 0x57)
            default: return nil
            }
        }
        return value
    }

    /// Passes over one multi-byte sequence of UTF-8; false for stray, overlong, surrogate and out-of-range ones.
    ///
    /// Source: Unicode Standard, table 3-7, "Well-Formed UTF-8 Byte Sequences".
    static func skipMultibyte(_ base: UnsafePointer<UInt8>, _ count: Int, _ at: inout Int) -> Bool {
        let first = base[at]
        let length: Int
        var lowest: UInt8 = 0x80
        var highest: UInt8 = 0xbf
        switch first {
        case 0xc2...0xdf: length = 2
        case 0xe0...0xef:
            length = 3
            if first == 0xe0 { lowest = 0xa0 }
            if first == 0xed { highest = 0x9f }
        case 0xf0...0xf4:
            length = 4
            if first == 0xf0 { lowest = 0x90 }
            if first == 0xf4 { highest = 0x8f }
        default: return false
        }
        guard at + length <= count, base[at + 1] >= lowest, base[at + 1] <= highest else { return false }
        for i in 2..<max(2, length) where base[at + i] & 0xc0 != 0x80 { return false }
        at += length
        return true
    }

    /// Writes the decoded string and returns its length; the source was checked by the scanner.
    static func decode(_ source: UnsafeBufferPointer<UInt8>, into out: UnsafeMutablePointer<UInt8>) -> Int {
        guard let base = source.baseAddress else { return 0 }
        var at = 0
        var used = 0
        while at < source.count {
            let byte = source[at]
            if byte != 0x5c {
                out[used] = byte
                at += 1
                used += 1
                continue
            }
            if source[at + 1] == 0x75 {
                var scalar = unit(base, source.count, at) ?? 0
                at += 6
                if scalar & 0xfc00 == 0xd800, let low = unit(base, source.count, at) {
                    scalar = 0x10000 + (scalar & 0x3ff) << 10 + low & 0x3ff
                    at += 6
                }
                for unit in UTF8.encode(Unicode.Scalar(scalar) ?? "\u{fffd}").map(Array.init) ?? [] {
                    out[used] = unit
                    used += 1
                }
            } else {
                out[used] = plain(source[at + 1])
                at += 2
                used += 1
            }
        }
        return used
    }

    private static func plain(_ letter: UInt8) -> UInt8 {
        switch letter {
        case 0x62: return 0x08
        case 0x66: return 0x0c
        case 0x6e: return 0x0a
        case 0x72: return 0x0d
        case 0x74: return 0x09
        default: return letter
        }
    }
}
